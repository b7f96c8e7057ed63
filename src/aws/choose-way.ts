import type { FlowLogDestination } from '../vpc/flow-log.ts';
import type { LargeLogs } from './large-logs.ts';

/** What is known of a log before it is read. */
export interface KnownLog {
  readonly kind: Exclude<FlowLogDestination['kind'], 'unreadable'>;
  /** What there is to read. Absent: nobody can tell before. */
  readonly bytes?: number;
  /** Of a class that refuses to be read (API-47). */
  readonly isOnlyQueried?: boolean;
}

export type Way = 'read' | 'ask-insights';

/** Whether a log is read, or asked about by a query: what is configured for it, and how much there is (API-52). */
export function chooseWay({ kind, bytes = 0, isOnlyQueried = false }: KnownLog, largeLogs: LargeLogs | undefined): Way {
  const insights = largeLogs?.insights;
  if (kind !== 'cloud-watch-logs' || insights === undefined) return 'read';
  return isOnlyQueried || bytes >= insights.fromBytes ? 'ask-insights' : 'read';
}
