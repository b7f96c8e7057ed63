import { ANSWER_ACTIONS, type AnswerAction } from '../explain/document.ts';

export const BUTTON_WORDS: Readonly<Record<AnswerAction, string>> = {
  watch: 'Watch until fixed',
  evidence: 'Show evidence',
  picture: 'Picture',
  again: 'Ask again',
};

/** The block of an answer's buttons, told from those that others add. */
export const BUTTONS_BLOCK = 'vpc_why_answer';

/** What Slack sends back with a click: this and the action. */
export const ACTION_PREFIX = 'vpc_why_';

/** `undefined` for a button that is none of an answer's. */
export function readActionId(actionId: string): AnswerAction | undefined {
  return ANSWER_ACTIONS.find((action) => actionId === `${ACTION_PREFIX}${action}`);
}
