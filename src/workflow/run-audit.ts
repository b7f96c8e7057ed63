import type { AuditFamily } from '../audit/audit-fault.ts';
import { AUDIT_FAMILIES, auditSnapshot } from '../audit/audit-snapshot.ts';
import type { AuditHistory, Mute } from '../audit/audit-history.ts';
import { blindSpotsOf, isNews, readNews, type AuditNews, type AuditRunResult } from '../audit/audit-news.ts';
import type { AuditWorld } from '../audit/audit-rule.ts';
import type { Expectation } from '../audit/expectations/expectation.ts';
import type { PlannedAudit } from '../audit/planned-audit.ts';
import type { Prices } from '../audit/prices.ts';
import { rememberFindings } from '../audit/remember-findings.ts';
import type { UnreadPlace } from '../explain/audit-footer.ts';
import type { Thread } from '../explain/document.ts';
import { explainAudit } from '../explain/explain-audit.ts';
import { explainFault } from '../explain/explain-fault.ts';
import { plainText } from '../explain/plain-text.ts';
import { secretsOfNetwork } from '../explain/secrets.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { collectAudited } from './collect-audited.ts';
import { measureTraffic } from './measure-traffic.ts';
import { lookAtEndpoints } from './look-at-endpoints.ts';
import type { Collect, CollectNetwork, CollectionCost, FindTraffic } from './sources.ts';

/** Where an audit takes from what it judges. */
export interface AuditSources {
  readonly collectNetwork: CollectNetwork;
  /** Reads the flow logs of NAT gateways. Absent: a recorded network has none. */
  readonly collect?: Collect;
  /** Looks for the traffic of interface endpoints. Absent: a recorded network has no records. */
  readonly findTraffic?: FindTraffic;
  /** What people wrote that must be reachable. Absent: nobody wrote anything. */
  readonly readExpectations: (audit: PlannedAudit) => Promise<readonly Expectation[] | undefined>;
  readonly prices?: Prices;
  readonly now: () => EpochSeconds;
}

export interface AuditResult extends AuditRunResult {
  readonly unread: readonly UnreadPlace[];
  readonly cost: CollectionCost;
}

/** Collect, parse, judge. Throws `ExpectedError` when nothing could be read. */
export async function runAudit(audit: PlannedAudit, sources: AuditSources, signal: AbortSignal): Promise<AuditResult> {
  const { collectNetwork, readExpectations, prices } = sources;
  const expectations = await readExpectations(audit);
  const { snapshots, unread, cost } = await collectAudited(audit, collectNetwork, { signal, onStep: () => undefined });
  const snapshot = parseSnapshot(snapshots);
  const now = takenAt(snapshot) ?? sources.now();
  const families = familiesOf(audit, expectations);
  const measured = families.includes('endpoints') ? await measure(snapshot, { audit, sources, now, signal }) : {};
  const world = {
    snapshot,
    now,
    ...measured,
    ...(expectations !== undefined && { expectations }),
    ...(prices !== undefined && { prices }),
  };
  const report = auditSnapshot(world, families);
  const blindSpots = [...blindSpotsOf(report.gaps), ...unread.map(({ place }) => `everything in ${place}`)];
  return { report, snapshot, unread, blindSpots, now, cost };
}

interface Auditing {
  readonly audit: PlannedAudit;
  readonly sources: AuditSources;
  readonly now: EpochSeconds;
  readonly signal: AbortSignal;
}

/** What only records tell. */
async function measure(
  snapshot: Snapshot,
  { audit, sources: { collect, findTraffic }, now, signal }: Auditing,
): Promise<Pick<AuditWorld, 'traffic' | 'endpointUses'>> {
  const asking = { askedBy: `audit-${audit.name}`, now, signal };
  const traffic = collect && (await measureTraffic(snapshot, { ...asking, collect }));
  const endpointUses = findTraffic && (await lookAtEndpoints(snapshot, { ...asking, findTraffic }));
  return { ...(traffic !== undefined && { traffic }), ...(endpointUses !== undefined && { endpointUses }) };
}

/** A recorded network is judged as of its day: what was about to expire then has not yet. */
function takenAt({ scopes }: Snapshot): EpochSeconds | undefined {
  const times = scopes.flatMap((scope) => scope.takenAt ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Without expectations nothing is expected, and no digest should say that it was looked for. */
function familiesOf({ scope }: PlannedAudit, expectations: unknown): readonly AuditFamily[] {
  const { families = AUDIT_FAMILIES } = scope;
  return expectations === undefined ? families.filter((family) => family !== 'expectations') : families;
}

interface Before {
  readonly history: AuditHistory | undefined;
  readonly mutes: readonly Mute[];
  /** Somebody waits for this run: it is told even when nothing changed. */
  readonly isAsked: boolean;
}

export interface AuditEdition {
  /** Absent: there is nothing to say. */
  readonly thread?: Thread;
  /** To be kept once the thread stands in the channel. */
  readonly history: AuditHistory;
  readonly news: AuditNews;
}

/** What to say of a result beside what was said before, and what to keep in mind. */
export function editAudit(audit: PlannedAudit, result: AuditResult, { history, mutes, isAsked }: Before): AuditEdition {
  const news = readNews(result, history, mutes);
  const thread = isAsked || isTold(news, history, result.now) ? digestOf({ audit, result, news, history }) : undefined;
  const postedAt = thread === undefined ? history?.postedAt : result.now;
  return {
    ...(thread !== undefined && { thread }),
    history: {
      ranAt: result.now,
      judgedAt: result.now,
      ...(postedAt !== undefined && { postedAt }),
      findings: rememberFindings({
        result,
        news,
        previous: history?.findings ?? [],
        titleOf: (finding) => plainText(explainFault(finding, result.snapshot).title),
      }),
      blindSpots: result.blindSpots,
    },
    news,
  };
}

/** Silent when nothing changed, but for a sign of life, and one that a trouble has passed. */
function isTold(news: AuditNews, history: AuditHistory | undefined, now: EpochSeconds): boolean {
  return isNews(news) || isDue(history, now) || history?.trouble !== undefined;
}

interface Digested {
  readonly audit: PlannedAudit;
  readonly result: AuditResult;
  readonly news: AuditNews;
  readonly history: AuditHistory | undefined;
}

function digestOf({ audit, result, news, history }: Digested): Thread {
  const { report, snapshot, unread, now } = result;
  const since = history?.judgedAt;
  const digest = {
    ...(audit.origin !== 'once' && { name: audit.name }),
    news,
    now,
    unread,
    families: report.families,
    scopes: snapshot.scopes,
    gaps: report.gaps,
    ...(since !== undefined && { since }),
  };
  return {
    ...explainAudit(digest, (finding) => explainFault(finding, snapshot)),
    secrets: () => secretsOfNetwork(snapshot, report, news, history?.findings),
  };
}

/** Half a day less than a week, so that a weekly audit that runs a second early keeps its day. */
const HEARTBEAT_SECONDS = 6.5 * 86_400;

/** Whether the channel has not heard of this audit for a week. */
export function isDue(history: AuditHistory | undefined, now: EpochSeconds): boolean {
  return history?.postedAt === undefined || now - history.postedAt >= HEARTBEAT_SECONDS;
}
