import { setTimeout as sleep } from 'node:timers/promises';
import { CALL_BUDGET_MS } from './slack-limits.ts';
import { slackTrouble, toSlackFailure, type SlackTrouble } from './to-failure.ts';

const FIRST_PAUSE_MS = 300;
const MOST_TRIES = 6;

export interface CallRules<Result> {
  /**
   * Asked before a call that may have been carried out is made again: what it brings counts as the result.
   * Without it the call is taken to be harmless twice.
   */
  readonly found?: () => Promise<Result | undefined>;
}

/**
 * One call to Slack, tried again while that can help: after `Retry-After`, and after silence. Ends within
 * `CALL_BUDGET_MS`. Throws the error of the last try as an `ExpectedError`; a refusal is thrown at once.
 */
export async function callSlack<Result>(call: () => Promise<Result>, rules: CallRules<Result> = {}): Promise<Result> {
  const deadline = Date.now() + CALL_BUDGET_MS;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const trouble = slackTrouble(error);
      const pause = pauseBefore(attempt, trouble);
      if (pause === undefined || Date.now() + pause > deadline) throw toSlackFailure(error);
      await sleep(pause);
      const found = trouble?.kind === 'unanswered' ? await rules.found?.() : undefined;
      if (found !== undefined) return found;
    }
  }
}

/** Milliseconds to wait before the next try; `undefined` when there is none. */
function pauseBefore(attempt: number, trouble: SlackTrouble | undefined): number | undefined {
  if (trouble === undefined || trouble.kind === 'refused' || attempt >= MOST_TRIES) return undefined;
  return trouble.kind === 'rate-limited' ? trouble.retryAfterSeconds * 1000 : FIRST_PAUSE_MS * 2 ** (attempt - 1);
}
