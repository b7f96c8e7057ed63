import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { EpochSeconds } from '../lang/time.ts';

/** What stands in a button of ours: which answer it belongs to, for whom, until when. */
interface Button {
  readonly questionId: string;
  readonly teamId: string;
}

export interface ButtonSeal {
  readonly seal: (button: Button, now: EpochSeconds) => string;
  /** `expired` is ours but too old; `forged` was not made by us, or for another team. */
  readonly open: (value: string, teamId: string, now: EpochSeconds) => OpenedButton;
}

type OpenedButton =
  | { readonly kind: 'genuine'; readonly questionId: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'forged' };

/** As long as answers are remembered. */
const GOOD_FOR_SECONDS = 7 * 86_400;

/**
 * Seals the values of buttons with a key that only holders of the bot's token have. Slack signs the click; the seal says
 * that the button is ours, whatever message it was found in.
 */
export function createButtonSeal(botToken: string): ButtonSeal {
  const key = createHash('sha256').update(`vpc-why buttons ${botToken}`).digest();
  const mark = (questionId: string, teamId: string, until: string): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([questionId, teamId, until]))
      .digest('base64url');
  return {
    seal: ({ questionId, teamId }, now) => {
      const until = String(now + GOOD_FOR_SECONDS);
      return [questionId, until, mark(questionId, teamId, until)].join('.');
    },
    open: (value, teamId, now) => {
      const [questionId = '', until = '', found = '', surplus] = value.slice(0, LONGEST_VALUE).split('.');
      const isOurs = surplus === undefined && isEqual(found, mark(questionId, teamId, until));
      if (!isOurs) return { kind: 'forged' };
      return Number(until) < now ? { kind: 'expired' } : { kind: 'genuine', questionId };
    },
  };
}

const LONGEST_VALUE = 200;

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
