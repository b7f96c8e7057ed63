import type { Audience } from './asker.ts';
import type { Accounts } from './policy.ts';

/** One line of the log for each question, answer and refusal: who, where, what, about which accounts, and what came of it. */
export interface AccessEvent {
  readonly event: 'question' | 'answer' | 'refusal';
  readonly teamId: string;
  /** Absent: a schedule of the configuration file. */
  readonly userId?: string;
  readonly channelId: string;
  readonly kind: string;
  readonly text: string;
  /** `command`, `mention`, `button`, `schedule`. */
  readonly via: string;
  readonly accounts: Accounts;
  readonly audience?: Audience;
  /** `taken`, `answered`, a kind of failure, or the reason of a refusal. */
  readonly outcome: string;
  readonly questionId?: string;
}

/** The fixed text of the line, to find them by. */
export const ACCESS_LINE = 'access';

const LONGEST_TEXT = 200;

/** The fields of the line. Text is what people typed, and cut. */
export function accessLine({ text, ...event }: AccessEvent): { readonly access: AccessEvent } {
  return { access: { ...event, text: Array.from(text).slice(0, LONGEST_TEXT).join('') } };
}
