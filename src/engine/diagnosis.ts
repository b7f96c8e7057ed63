import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { Gap } from '../vpc/gap.ts';
import type { AccountId, NetworkInterfaceId, Region } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { FlowGroup, Reading } from '../flowlog/observations.ts';
import type { FlowTimeline } from './flow-timeline.ts';
import type { Finding, InterfaceOwner } from './finding.ts';
import type { WhyRejectedQuestion } from './question.ts';

/** The answer to "why was this rejected?" as data: everything that will be said, and nothing said yet. */
export interface Diagnosis {
  readonly question: WhyRejectedQuestion;
  readonly target: DiagnosisTarget;
  readonly window: TimeWindow;
  readonly coverage: Coverage;
  readonly reading: Reading;
  /** Most telling first: blocked before was-blocked before undetermined, then by rejected records. */
  readonly findings: readonly Finding[];
  /** Findings beyond the number that is told, with the rejected records behind them. */
  readonly omitted?: { readonly findings: number; readonly rejected: number };
  /** Flows beyond the number that is judged, with the rejected records behind them. */
  readonly unjudged?: { readonly flows: number; readonly rejected: number };
  /** How the flow of the first finding fared over the window. */
  readonly timeline?: FlowTimeline;
  readonly noise: Noise;
  /** Gaps that touch the whole answer, not one finding. */
  readonly gaps: readonly Gap[];
  readonly configReadAt?: EpochSeconds;
}

export interface DiagnosisTarget {
  readonly id: NetworkInterfaceId;
  readonly accountId: AccountId;
  readonly region: Region;
  readonly interface: NetworkInterface;
  readonly owner: InterfaceOwner;
  /** A human name: the instance's or interface's `Name` tag, a load balancer's name. Escape before showing. */
  readonly name?: string;
  readonly vpcName?: string;
  readonly subnetName?: string;
}

/** What the flow logs can show of this interface (FLOW-84, FLOW-85). */
export interface Coverage {
  readonly logs: readonly LogCoverage[];
  readonly sees: { readonly accept: boolean; readonly reject: boolean };
  /** Records newer than this may not have been delivered yet (FLOW-54). */
  readonly freshUntil?: EpochSeconds;
  /** Fields a diagnosis wants and no readable log has, by AWS's names. */
  readonly missingFields: readonly string[];
}

export interface LogCoverage {
  readonly log: FlowLog;
  readonly reading: LogReading;
}

/** What became of reading one log. */
export type LogReading =
  | {
      readonly kind: 'read';
      readonly records: number;
      /** Set when it was asked about by a query in place of being read. */
      readonly query?: LogQuery;
    }
  | { readonly kind: 'delivery-failed'; readonly error?: string }
  | { readonly kind: 'destination-missing'; readonly what: string }
  | { readonly kind: 'refused'; readonly action: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'unreadable-destination'; readonly type: string }
  | { readonly kind: 'not-needed' };

/** One query in place of reading a log, and what AWS charges for it. */
export interface LogQuery {
  readonly service: 'logs-insights' | 'athena';
  /** Bytes that there were to read, as estimated before. Absent: logs of this class can only be queried (API-47). */
  readonly size?: number;
  /** Bytes that it scanned, by which it is charged. */
  readonly scanned: number;
  readonly cost: number;
  /** What the cost is estimated with. */
  readonly price: { readonly amount: number; readonly currency: string; readonly per: 'GB' | 'TB' };
}

/** Blocked as intended: internet background scanning (T-11), unsolicited traffic at a NAT gateway (T-53). */
export interface Noise {
  readonly records: number;
  readonly sources: number;
  readonly ports: readonly { readonly port: number; readonly records: number }[];
  readonly groups: readonly FlowGroup[];
}
