import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../failure/expected-error.ts';
import { asExpected, isTimeUp, type Asking } from './call-aws.ts';
import type { CallName } from './calls.ts';

/** One look at a query that AWS works on. */
export interface QueryLook {
  readonly isRunning: boolean;
}

/** A query that was started. */
export interface StartedQuery<Look extends QueryLook> {
  readonly call: CallName;
  /** Throws `ExpectedError` when AWS gave up on it. */
  readonly look: (asking: Asking) => Promise<Look>;
  /** Whether what was seen of it is to do, though it still runs. */
  readonly isEnough: (look: Look) => boolean;
  readonly stop: (asking: Asking) => Promise<unknown>;
}

/** The rate of these calls is shared with everybody in the account: 5 a second at worst (API-45). */
const SHORTEST_PAUSE = 300;
const LONGEST_PAUSE = 2_000;

/** Nobody waits for it, and what is not stopped goes on to be charged for. */
const STOP_MILLISECONDS = 2_000;

/**
 * Looks at a query until it is over, less and less often. One that is not wanted any more is stopped, be it that time is
 * up, that the asker withdrew or that AWS refuses to tell; when time is up the last look is answered, running still.
 */
export async function awaitQuery<Look extends QueryLook>(asking: Asking, query: StartedQuery<Look>): Promise<Look> {
  let latest: Look | undefined;
  try {
    for (let looks = 1; ; looks += 1) {
      latest = (await lookOnce({ ...asking, round: asking.round + looks }, query)) ?? latest;
      if (latest !== undefined && (!latest.isRunning || query.isEnough(latest))) break;
      await pause(asking, query.call, looks);
    }
  } catch (error) {
    if (latest === undefined || !isTimeUp(asking)) {
      await stop(asking, query);
      throw error;
    }
  }
  if (latest.isRunning) await stop(asking, query);
  return latest;
}

/** `undefined`: AWS is too busy to say. It will be asked again. */
async function lookOnce<Look extends QueryLook>(
  asking: Asking,
  { look }: StartedQuery<Look>,
): Promise<Look | undefined> {
  try {
    return await look(asking);
  } catch (error) {
    if (error instanceof ExpectedError && error.failure.kind === 'throttled') return undefined;
    throw error;
  }
}

async function pause(asking: Asking, call: CallName, looks: number): Promise<void> {
  const milliseconds = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 1.5 ** (looks - 1));
  try {
    await sleep(milliseconds, undefined, { signal: asking.signal });
  } catch (error) {
    throw asExpected(error, asking, call);
  }
}

/** With a time of its own, for that of the question is over. Whether it worked changes nothing of the answer. */
async function stop<Look extends QueryLook>(asking: Asking, query: StartedQuery<Look>): Promise<void> {
  const signal = AbortSignal.timeout(STOP_MILLISECONDS);
  try {
    await query.stop({ ...asking, signal, cancelled: signal });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
  }
}
