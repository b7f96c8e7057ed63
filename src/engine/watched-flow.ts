import type { Change } from '../changes/change.ts';
import type { FlowGroup, Observations } from '../flowlog/observations.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { formatAddress } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Protocol } from '../net/protocol.ts';
import type { AccountId, NetworkInterfaceId, Region } from '../vpc/ids.ts';
import type { Diagnosis } from './diagnosis.ts';

/** A flow that somebody waits for: what its records are known by, and how it stood when the waiting began. */
export interface WatchedFlow {
  readonly interfaceId: NetworkInterfaceId;
  readonly accountId: AccountId;
  readonly region: Region;
  /** Of the packets that were rejected, as the interface sees them. */
  readonly direction: Direction;
  readonly protocol: Protocol;
  /** Canonical text of the other end's address. */
  readonly remote: string;
  readonly servicePort?: number;
  readonly lastRejected: EpochSeconds;
}

/** The flow of the first finding, when records show that a rule rejected it: else there is nothing to wait for. */
export function watchedFlowOf({ target, findings }: Diagnosis): WatchedFlow | undefined {
  const [finding] = findings;
  const group = finding?.group;
  const rejected = finding === undefined ? undefined : group?.[finding.flow.direction].rejected;
  if (finding === undefined || group === undefined || rejected === undefined) return undefined;
  if (finding.verdict === 'not-a-rule') return undefined;
  return {
    interfaceId: target.id,
    accountId: target.accountId,
    region: target.region,
    direction: finding.flow.direction,
    protocol: group.protocol,
    remote: formatAddress(group.remote),
    ...(group.servicePort !== undefined && { servicePort: group.servicePort }),
    lastRejected: rejected.lastSeen,
  };
}

/** What newer records say of a watched flow. */
export type FlowNews =
  | {
      /** Accepted, and not rejected since. */
      readonly kind: 'accepted';
      /** The first accept, as far as its interval tells, no earlier than the last reject. */
      readonly at: EpochSeconds;
      readonly records: number;
      /** Absent: CloudTrail tells of none, or not yet. */
      readonly openedBy?: Change;
    }
  /** Still rejected, or rejected again after an accept. */
  | { readonly kind: 'rejected'; readonly last: EpochSeconds; readonly records: number }
  /** Nobody tried, or nothing was delivered yet. */
  | { readonly kind: 'silent' };

/**
 * Holds new records against the flow. An accept counts only when it is younger than every reject: with ten-minute
 * aggregation both may stand in one interval (T-65), and then the next interval decides.
 */
export function followFlow({ groups }: Observations, flow: WatchedFlow): FlowNews {
  const tallies = groups.filter((group) => isOf(flow, group)).map((group) => group[flow.direction]);
  const accepts = tallies
    .flatMap(({ accepted }) => accepted ?? [])
    .filter(({ lastSeen }) => lastSeen > flow.lastRejected);
  const rejects = tallies
    .flatMap(({ rejected }) => rejected ?? [])
    .filter(({ lastSeen }) => lastSeen > flow.lastRejected);
  const last = Math.max(...rejects.map(({ lastSeen }) => lastSeen), flow.lastRejected);
  if (accepts.some(({ lastSeen }) => lastSeen > last)) {
    const first = Math.min(...accepts.map(({ firstSeen }) => firstSeen));
    return { kind: 'accepted', at: Math.max(first, last), records: recordsOf(accepts) };
  }
  return rejects.length === 0 ? { kind: 'silent' } : { kind: 'rejected', last, records: recordsOf(rejects) };
}

function isOf(flow: WatchedFlow, { protocol, remote, servicePort }: FlowGroup): boolean {
  return protocol === flow.protocol && formatAddress(remote) === flow.remote && servicePort === flow.servicePort;
}

function recordsOf(tallies: readonly { readonly records: number }[]): number {
  return tallies.reduce((sum, { records }) => sum + records, 0);
}
