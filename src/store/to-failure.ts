import { ExpectedError } from '../failure/expected-error.ts';

/** A store that has not answered by then would hold up whoever asks how we are. */
const PING_MS = 1_000;

/** The store's answer; throws `ExpectedError` (`unreachable`) when there is none. */
export async function orUnreachable<Answer>(asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ExpectedError({ kind: 'unreachable', service: 'the store', detail }, { cause });
  }
}

/** The same, within a second. */
export async function orUnreachableSoon(asking: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PING_MS} ms`)), PING_MS);
  });
  try {
    await orUnreachable(Promise.race([asking, over]));
  } finally {
    clearTimeout(timer);
  }
}
