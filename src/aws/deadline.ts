import { setMaxListeners } from 'node:events';

/** The signal, or time being up. Node warns of more than ten listeners; here each call under way is one. */
export function withDeadline(signal: AbortSignal, milliseconds: number): AbortSignal {
  const both = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  setMaxListeners(0, both);
  return both;
}
