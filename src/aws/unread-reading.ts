import type { LogReading } from '../engine/diagnosis.ts';
import type { Failure } from '../failure/failure.ts';
import { nameOf, type ReadableDestination } from './readable-destination.ts';

/** Why nothing of a log could be read. `cause` is the SDK's own error. */
export function unreadReading(failure: Failure, destination: ReadableDestination, cause: unknown): LogReading {
  if (isUnsupportedClass(cause)) return { kind: 'unreadable-destination', type: 'INFREQUENT_ACCESS log group' };
  if (failure.kind === 'missing-permission') return { kind: 'refused', action: failure.action };
  if (failure.kind === 'no-such-resource') return { kind: 'destination-missing', what: nameOf(destination) };
  return { kind: 'unreachable', detail: failure.kind === 'unreachable' ? failure.detail : failure.kind };
}

/**
 * Log groups of the Infrequent Access class can be read by Insights only (API-47): CloudWatch Logs then calls the
 * operation invalid, not the input.
 */
export function isUnsupportedClass(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'InvalidOperationException';
}
