import type { Gap } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { AuditFinding, AuditObject, AuditReport } from './audit-finding.ts';
import type { AuditRule } from './audit-rule.ts';
import { AUDIT_RULES } from './audit-rules.ts';
import { SEVERITY_RANK } from './audit-snapshot.ts';
import { isGapOf } from './needed-members.ts';

/** What is kept of a finding until the next run. Whoever keeps it may keep more: its title, when it was first seen. */
export interface StoredFinding extends Pick<AuditFinding, 'id' | 'severity' | 'objects' | 'measure'> {
  /** Of its fault: which rule would find it again. */
  readonly kind: string;
}

export interface AuditChanges<Stored extends StoredFinding> {
  readonly new: readonly AuditFinding[];
  readonly worse: readonly KnownFinding<Stored>[];
  /** The same as before, or better. */
  readonly unchanged: readonly KnownFinding<Stored>[];
  readonly resolved: readonly ResolvedFinding<Stored>[];
  /** Neither found nor ruled out this time: to be kept as they are. */
  readonly unknown: readonly Stored[];
}

interface KnownFinding<Stored> {
  readonly previous: Stored;
  readonly current: AuditFinding;
}

interface ResolvedFinding<Stored> {
  readonly previous: Stored;
  /** `gone`: the object itself is not there any more, deleted or forgotten by the API (PEER-3). */
  readonly because: 'fixed' | 'gone';
}

/** This run beside the last one, by the ids of the findings. */
export function compareAudits<Stored extends StoredFinding>(
  previous: readonly Stored[],
  current: AuditReport,
  snapshot: Snapshot,
): AuditChanges<Stored> {
  const before = new Map(previous.map((finding) => [finding.id, finding]));
  const now = new Set(current.findings.map(({ id }) => id));
  const known = current.findings.flatMap((finding) => {
    const earlier = before.get(finding.id);
    return earlier === undefined ? [] : [{ previous: earlier, current: finding }];
  });
  const vanished = previous.filter(({ id }) => !now.has(id));
  const isUnknown = (finding: StoredFinding): boolean => isUnjudged(finding, current, snapshot);
  return {
    new: current.findings.filter(({ id }) => !before.has(id)),
    worse: known.filter(isWorse),
    unchanged: known.filter((pair) => !isWorse(pair)),
    resolved: vanished
      .filter((finding) => !isUnknown(finding))
      .map((finding) => ({ previous: finding, because: isGone(finding, snapshot) ? 'gone' : 'fixed' })),
    unknown: vanished.filter(isUnknown),
  };
}

function isWorse({ previous, current }: KnownFinding<StoredFinding>): boolean {
  return (
    SEVERITY_RANK[current.severity] > SEVERITY_RANK[previous.severity] ||
    (current.measure ?? 0) > (previous.measure ?? current.measure ?? 0)
  );
}

/** Silence about a finding says something only where its rule ran and could read what it needs. */
function isUnjudged({ kind, objects }: StoredFinding, report: AuditReport, snapshot: Snapshot): boolean {
  const rule = AUDIT_RULES.find((each) => each.kind === kind);
  if (rule === undefined) return false;
  if (!report.families.includes(rule.family)) return true;
  const gaps = report.gaps.filter((gap) => isGapOf(rule.needs, gap) || gap.fact === rule.restsOn);
  return objects.some((object) => !wasRead(object, rule, snapshot) || gaps.some((gap) => hides(gap, object)));
}

function wasRead({ accountId, region }: AuditObject, { needs }: AuditRule, { scopes }: Snapshot): boolean {
  const there = scopes.filter(
    (scope) =>
      (accountId === undefined || scope.accountId === accountId) && (region === undefined || scope.region === region),
  );
  return there.length > 0 && there.every(({ collected }) => needs.every((member) => collected.has(member)));
}

function hides(gap: Gap, { id, vpcId, accountId, region }: AuditObject): boolean {
  if (gap.about !== undefined) return gap.about === id || gap.about === vpcId;
  return isSameOrUnsaid(gap.accountId, accountId) && isSameOrUnsaid(gap.region, region);
}

function isSameOrUnsaid(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function isGone({ objects: [{ id }] }: StoredFinding, snapshot: Snapshot): boolean {
  const [prefix = ''] = id.split('-');
  const isThere = THERE.get(prefix);
  return isThere !== undefined && !isThere(snapshot, id);
}

/** Objects whose absence from the snapshot can be seen. */
const THERE: ReadonlyMap<string, (snapshot: Snapshot, id: string) => boolean> = new Map([
  ['pcx', ({ peerings }, id) => has(peerings, id)],
  ['vpc', ({ vpcs }, id) => has(vpcs, id)],
  ['subnet', ({ subnets }, id) => has(subnets, id)],
  ['rtb', ({ routeTables }, id) => has(routeTables, id)],
  ['vpce', ({ endpoints }, id) => has(endpoints, id)],
  ['sg', ({ securityGroups }, id) => has(securityGroups, id)],
  ['acl', ({ networkAcls }, id) => has(networkAcls, id)],
  ['eni', ({ interfaces }, id) => has(interfaces, id)],
  ['fl', ({ flowLogs }, id) => flowLogs.some((log) => log.id === id)],
]);

function has(items: ReadonlyMap<string, unknown>, id: string): boolean {
  return items.has(id);
}
