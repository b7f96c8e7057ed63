import type { FlowLog, FlowLogDestination } from '../vpc/flow-log.ts';

export type ReadableDestination = Exclude<FlowLogDestination, { kind: 'unreadable' }>;

/** A flow log whose records we can go and read (FLOW-86). */
export type ReadableFlowLog = FlowLog & { readonly destination: ReadableDestination };

export function isReadable(log: FlowLog): log is ReadableFlowLog {
  return log.destination.kind !== 'unreadable';
}

export function nameOf(destination: ReadableDestination): string {
  return destination.kind === 's3' ? destination.bucket : destination.logGroup;
}
