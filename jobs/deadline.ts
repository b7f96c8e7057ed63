import type { Interruption } from '../src/queue/queue.ts';

export interface Deadline {
  /** Aborted as `out-of-time` when the time is over. */
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

export function startDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort('out-of-time' satisfies Interruption), milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
