import type { NonEmpty } from '../../lang/non-empty.ts';
import type { FlowLog } from '../../vpc/flow-log.ts';
import type { FlowLogId } from '../../vpc/ids.ts';

/** Faults of flow-log coverage. */
export type FlowLogFault = { readonly family: 'flow-logs' } &
  /** The widest object of which nothing is recorded, and how many interfaces in use it holds. */
  (
    | {
        readonly kind: 'flow-log-missing';
        readonly resource: 'vpc' | 'subnet' | 'network-interface';
        readonly interfaces: number;
      }
    | { readonly kind: 'flow-log-not-delivered'; readonly log: FlowLog }
    /** No other log records the other action of these interfaces (FLOW-85). */
    | {
        readonly kind: 'flow-log-one-action';
        readonly log: FlowLog;
        readonly missing: 'ACCEPT' | 'REJECT';
        readonly interfaces: number;
      }
    | { readonly kind: 'flow-log-lacks-fields'; readonly log: FlowLog; readonly fields: NonEmpty<string> }
    | { readonly kind: 'flow-log-slow'; readonly log: FlowLog }
    | { readonly kind: 'flow-log-kept-for-ever'; readonly logGroup: string; readonly logs: NonEmpty<FlowLogId> }
    | { readonly kind: 'flow-log-destination-gone'; readonly log: FlowLog; readonly logGroup: string }
  );
