import type { EpochSeconds } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Diagnosis, DiagnosisTarget } from './diagnosis.ts';
import { trackedIds } from './eras.ts';
import type { Finding, FindingVerdict } from './finding.ts';
import { compileInterfaceFilters } from './interface-filters.ts';
import { namesReason } from './names-reason.ts';

/** What to ask CloudTrail about. */
export interface WantedChanges {
  /** The most telling first. */
  readonly objectIds: readonly string[];
  /** How far back every change should be known. */
  readonly since: EpochSeconds;
  /** What will not be asked about, and why. */
  readonly gaps: readonly Gap[];
}

/** Each costs half a second of what AWS grants to everybody in the account. */
const MOST_OBJECTS = 6;
/** Whose hand closed the way did it before the first reject. */
const BEFORE_SECONDS = 3_600;

const ASKING: ReadonlySet<FindingVerdict> = new Set(['blocked', 'was-blocked', 'undetermined']);

/** Where findings rest on rejects, which may have met other rules than today's (FLOW-109). */
export function wantsChanges({ findings, target }: Diagnosis, snapshot: Snapshot): WantedChanges | undefined {
  const first = Math.min(...findings.filter(restsOnRules).flatMap(firstRejects));
  if (!Number.isFinite(first)) return undefined;
  const filters = compileInterfaceFilters(snapshot, target.id);
  const blamed = new Set(findings.flatMap(({ blockedBy }) => blockedBy.flatMap(idsOf)));
  const ids = trackedIds(filters, snapshot).toSorted((a, b) => Number(blamed.has(b)) - Number(blamed.has(a)));
  const own = ids.filter((id) => ownerOf(id, snapshot, target) === target.accountId);
  return {
    objectIds: own.slice(0, MOST_OBJECTS),
    since: first - BEFORE_SECONDS,
    gaps: ids
      .filter((id) => !own.slice(0, MOST_OBJECTS).includes(id))
      .map((about): Gap => ({ fact: 'configuration-changes', about, because: 'not-collected' })),
  };
}

function restsOnRules(finding: Finding): boolean {
  return ASKING.has(finding.verdict) && !namesReason(finding);
}

function firstRejects({ group, flow }: Finding): readonly EpochSeconds[] {
  const rejected = group?.[flow.direction].rejected;
  return rejected === undefined ? [] : [rejected.firstSeen];
}

function idsOf(blocker: Finding['blockedBy'][number]): readonly string[] {
  if (blocker.kind === 'security-group') return blocker.ids;
  return blocker.kind === 'network-acl' ? [blocker.id] : [];
}

/** What others own is changed in their account, and told only to them (SG-42, NACL-33). */
function ownerOf(id: string, snapshot: Snapshot, target: DiagnosisTarget): string {
  const { networkAcls, securityGroups, vpcs } = snapshot;
  const acl = [...networkAcls.values()].find((each) => each.id === id);
  const group = [...securityGroups.values()].find((each) => each.id === id);
  const owner = acl === undefined ? group?.accountId : vpcs.get(acl.vpcId)?.accountId;
  return owner ?? target.accountId;
}
