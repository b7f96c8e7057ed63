import { isNonEmpty } from '../lang/non-empty.ts';
import { once } from '../lang/once.ts';
import { looksLikeScan } from '../flowlog/noise.ts';
import type { FlowGroup } from '../flowlog/observations.ts';
import { rejectedDirections, rejectedRecordsOf } from '../flowlog/rejected.ts';
import { lostRecords } from './coverage.ts';
import { decideGroup } from './decide-group.ts';
import { decide } from './decision-table/decide.ts';
import type { Scene } from './decision-table/situation.ts';
import { configurationGaps } from './configuration-gaps.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Finding } from './finding.ts';
import { filtersToday } from './filters-today.ts';
import { timelineOf } from './flow-timeline.ts';
import { distinctGaps } from './find-gap.ts';
import { blastRadius } from './fix/blast-radius.ts';
import { fixForAll } from './fix/fix-for-all.ts';
import { refusalsOf, type Refusals } from './fix/refusals.ts';
import { matchesFilter, namesFlow } from './matches-filter.ts';
import { mergeFindings } from './merge-findings.ts';
import { isNoise, summariseNoise } from './summarise-noise.ts';
import { orderFindings, rejectedRecords } from './order-findings.ts';
import { setScene, type DiagnosisInput } from './scene.ts';
import { anyFlow, situateSilence } from './situate-silence.ts';
import { targetOf } from './target-of.ts';

/**
 * Why traffic of one interface was rejected: its records, one group of equal flows after the other, held against its
 * rules by the decision table (DEC-1). Never empty: where nothing was rejected, that is the finding.
 */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const scene = setScene(input);
  const groups = mostTellingFirst(relevantGroups(scene));
  const decided = groups.slice(0, MOST_JUDGED).flatMap((group) => decideGroup(scene, group));
  const unjudged = groups.slice(MOST_JUDGED);
  const noise = decided.filter((finding) => isNoise(scene, finding));
  const told = decided.filter((finding) => !isNoise(scene, finding));
  const findings = orderFindings(mergeFindings(isNonEmpty(told) ? told : silenceFindings(scene)));
  const shown = findings.slice(0, MOST_FINDINGS);
  const omitted = findings.slice(MOST_FINDINGS);
  const refusals = once(() => refusalsIn(scene));
  return {
    question: input.question,
    target: targetOf(scene),
    window: input.observations.window,
    coverage: scene.coverage,
    reading: input.observations.reading,
    findings: shown.map((finding) => withFix(scene, finding, refusals)),
    ...(omitted.length > 0 && { omitted: summaryOf(omitted) }),
    ...(unjudged.length > 0 && { unjudged: { flows: unjudged.length, rejected: rejectedIn(unjudged) } }),
    noise: summariseNoise(noise),
    gaps: distinctGaps([...configurationGaps(scene, findings), ...lostRecords(input.observations)]),
    ...timelineOfFirst(input, findings),
    ...readAt(scene),
  };
}

/** More than anybody reads; the rest is counted. */
const MOST_FINDINGS = 20;

/** Rejected traffic that was asked about; a flow asked for by name is looked at even where all of it was accepted. */
function relevantGroups({ observations, filter, owner }: Scene): readonly FlowGroup[] {
  const asked = observations.groups.filter((group) => matchesFilter(group, filter));
  const rejected = asked.filter((group) => rejectedDirections(group).length > 0);
  if (isNonEmpty(rejected)) return rejected;
  return namesFlow(filter) || owner.kind === 'nat-gateway' ? asked : [];
}

/** Each takes some 30 µs and 4 KB, and whoever scans the interface makes as many as he likes. */
const MOST_JUDGED = 10_000;

/** Most rejects first, as they come. Where not all can be judged, those with the shape of a scan are left to the last. */
function mostTellingFirst(groups: readonly FlowGroup[]): readonly FlowGroup[] {
  if (groups.length <= MOST_JUDGED) return groups;
  return [...groups.filter((group) => !looksLikeScan(group)), ...groups.filter(looksLikeScan)];
}

function rejectedIn(groups: readonly FlowGroup[]): number {
  return groups.reduce((sum, group) => sum + rejectedRecordsOf(group), 0);
}

function silenceFindings(scene: Scene): readonly Finding[] {
  return situateSilence(scene).flatMap((situation): readonly Finding[] => {
    const decided = decide(situation);
    if (decided === undefined) return [];
    const { asked } = situation;
    if (asked === undefined) return [{ ...decided, flow: anyFlow(scene) }];
    return [{ ...decided, filters: filtersToday(asked.answers), flow: asked.flow }];
  });
}

function withFix(scene: Scene, finding: Finding, refusals: () => Refusals | undefined): Finding {
  if (finding.verdict !== 'blocked') return finding;
  const { snapshot, changes } = scene;
  const interfaceId = scene.interface.id;
  const fix = fixForAll({ snapshot, interfaceId, finding, changes });
  if (fix === undefined) return finding;
  const records = refusals();
  const evidence = { snapshot, interfaceId, ...(records !== undefined && { records }) };
  return { ...finding, fix: { ...fix, radius: blastRadius(fix, finding, evidence) } };
}

/** Absent where no log shows rejects. */
function refusalsIn({ snapshot, interface: { id }, observations, coverage }: Scene): Refusals | undefined {
  return coverage.sees.reject ? refusalsOf({ snapshot, interfaceId: id, of: 'question', observations }) : undefined;
}

/** Only the first finding is drawn. */
function timelineOfFirst({ observations }: DiagnosisInput, [first]: readonly Finding[]): Pick<Diagnosis, 'timeline'> {
  const timeline = first === undefined ? undefined : timelineOf(observations, first);
  return timeline === undefined ? {} : { timeline };
}

function summaryOf(findings: readonly Finding[]): NonNullable<Diagnosis['omitted']> {
  return {
    findings: findings.length,
    rejected: findings.reduce((sum, finding) => sum + rejectedRecords(finding), 0),
  };
}

/** The oldest of what was read: everything said holds from then on. */
function readAt({ snapshot }: Scene): Pick<Diagnosis, 'configReadAt'> {
  const times = snapshot.scopes.flatMap(({ takenAt }) => takenAt ?? []);
  return times.length === 0 ? {} : { configReadAt: Math.min(...times) };
}
