import type { EpochSeconds } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { AuditFinding, AuditReport } from './audit-finding.ts';
import type { AuditHistory, Mute, RememberedFinding } from './audit-history.ts';
import { compareAudits } from './compare-audits.ts';

/** The worst so many are kept in mind; more are no to-do list. */
export const MOST_FINDINGS = 2_000;

/** What a channel should hear of this run, and what it knows already. */
export interface AuditNews {
  readonly new: readonly AuditFinding[];
  /** Known, and heard of again because a mute has ended. */
  readonly back: readonly AuditFinding[];
  readonly worse: readonly AuditFinding[];
  readonly unchanged: readonly AuditFinding[];
  readonly resolved: readonly { readonly finding: RememberedFinding; readonly because: 'fixed' | 'gone' }[];
  readonly muted: readonly AuditFinding[];
  /** Neither found nor ruled out. */
  readonly unknown: readonly RememberedFinding[];
  /** Too many to keep in mind: neither told nor remembered. */
  readonly leftOut: number;
  /** Places that AWS denied this time and not before. */
  readonly newBlindSpots: readonly string[];
}

export interface AuditRunResult {
  readonly report: AuditReport;
  readonly snapshot: Snapshot;
  readonly now: EpochSeconds;
  /** Where AWS refused us, as `blindSpotsOf` names it. */
  readonly blindSpots: readonly string[];
}

/** This run beside what was told before. */
export function readNews(
  { report, snapshot, now, blindSpots }: AuditRunResult,
  history: Pick<AuditHistory, 'findings' | 'blindSpots'> | undefined,
  mutes: readonly Mute[],
): AuditNews {
  const changes = compareAudits(history?.findings ?? [], report, snapshot);
  const muted = new Set(mutes.filter(({ until }) => until > now).map(({ findingId }) => findingId));
  const isHeard = ({ id }: AuditFinding): boolean => !muted.has(id);
  const known = [...changes.worse, ...changes.unchanged].filter(({ current }) => isHeard(current));
  const back = new Set(known.filter(({ previous }) => previous.muted).map(({ current }) => current));
  const isNoReturn = (finding: AuditFinding): boolean => isHeard(finding) && !back.has(finding);
  const kept = new Set(report.findings.slice(0, MOST_FINDINGS));
  const seenBefore = new Set(history?.blindSpots);
  return {
    new: changes.new.filter((finding) => isHeard(finding) && kept.has(finding)),
    back: [...back],
    worse: changes.worse.map(({ current }) => current).filter(isNoReturn),
    unchanged: changes.unchanged.map(({ current }) => current).filter(isNoReturn),
    resolved: changes.resolved.map(({ previous, because }) => ({ finding: previous, because })),
    muted: report.findings.filter((finding) => !isHeard(finding)),
    unknown: changes.unknown,
    leftOut: report.findings.length - kept.size,
    newBlindSpots: blindSpots.filter((spot) => !seenBefore.has(spot)),
  };
}

/** A first run without findings is no news, though somebody will want to know that it ran. */
export function isNews({ new: fresh, back, worse, resolved, newBlindSpots }: AuditNews): boolean {
  return [fresh, back, worse, resolved, newBlindSpots].some(({ length }) => length > 0);
}

/** `ec2:DescribeRouteTables in 222222222222 eu-west-1`: what a role does not let us see. */
export function blindSpotsOf(gaps: readonly Gap[]): readonly string[] {
  const denied = gaps.filter(({ because }) => because === 'access-denied');
  return [...new Set(denied.map(nameOf))].toSorted().slice(0, MOST_BLIND_SPOTS);
}

const MOST_BLIND_SPOTS = 500;

function nameOf({ action, fact, accountId, region }: Gap): string {
  const place = [accountId, region].filter((part) => part !== undefined).join(' ');
  return place === '' ? (action ?? fact) : `${action ?? fact} in ${place}`;
}
