import { ExpectedError } from '../failure/expected-error.ts';

/** The store's answer; throws `ExpectedError` (`unreachable`) when there is none in time. */
export async function orUnreachable<Answer>(asking: Promise<Answer>, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([asking, over]);
  } catch (cause) {
    throw unreachable(cause);
  } finally {
    clearTimeout(timer);
  }
}

/** Whatever a store does not do may be done the next time: a connection comes back, a disk is given room. */
export function unreachable(cause: unknown): ExpectedError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ExpectedError({ kind: 'unreachable', service: 'the store', detail }, { cause });
}

/** A store that has not answered by then would hold up whoever asks how we are. */
export const PING_MS = 1_000;
