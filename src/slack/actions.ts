import type { App, BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import type { AnswerAction, Document } from '../explain/document.ts';
import { explainOldButton } from '../explain/explain-press.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { ACTION_PREFIX, readActionId } from '../render/buttons.ts';
import type { ButtonSeal } from './button-seal.ts';
import type { EntryDesk } from './entry-desk.ts';
import { ephemeralMessage } from './ephemeral-message.ts';
import { explainTrouble } from './take-text.ts';
import { tellDirectly } from './tell-asker.ts';

/** A genuine button was pressed below an answer. */
export interface Press {
  readonly action: AnswerAction;
  readonly questionId: string;
  readonly teamId: string;
  readonly channelId: string;
  /** The thread of the answer: the one it stands in, or the one below it. */
  readonly threadTs: string;
  readonly userId: string;
  readonly at: EpochSeconds;
}

/** Does what the button says and tells what was done. Harmless when pressed twice. Throws `ExpectedError`. */
export type PressButton = (press: Press) => Promise<Document>;

export interface ActionDesk extends EntryDesk {
  readonly press: PressButton;
  readonly seal: ButtonSeal;
}

/** Takes clicks on the buttons below answers: acknowledged at once, told to whoever pressed. */
export function registerActions(app: App, desk: ActionDesk): void {
  app.action<BlockAction<ButtonAction>>(OURS, async ({ action, body, ack, respond, client }) => {
    await ack();
    const document = await answerPress(action, body, desk);
    await tell({ document, userId: body.user.id, respond, client }, desk);
  });
}

const OURS = new RegExp(`^${ACTION_PREFIX}`);

async function answerPress(action: ButtonAction, body: BlockAction, desk: ActionDesk): Promise<Document> {
  const at = desk.now();
  const { channelId, threadTs } = placeOf(body);
  const teamId = body.team?.id ?? '';
  const pressed = readActionId(action.action_id);
  const opened = desk.seal.open(action.value ?? '', teamId, at);
  if (opened.kind === 'forged') desk.report('a button was pressed that is none of ours', new Error(action.action_id));
  if (opened.kind !== 'genuine' || pressed === undefined || channelId === undefined || threadTs === undefined)
    return explainOldButton();
  const { questionId } = opened;
  try {
    return await desk.press({ action: pressed, questionId, teamId, channelId, threadTs, userId: body.user.id, at });
  } catch (error) {
    return explainTrouble(desk, error);
  }
}

function placeOf({ channel, container, message }: BlockAction): { channelId?: string; threadTs?: string } {
  const threadTs: unknown = message?.['thread_ts'] ?? message?.ts ?? container['message_ts'];
  return {
    ...(channel !== undefined && { channelId: channel.id }),
    ...(typeof threadTs === 'string' && { threadTs }),
  };
}

interface News {
  readonly document: Document;
  readonly userId: string;
  readonly respond: RespondFn;
  readonly client: App['client'];
}

/** `response_url` may have expired, or been used up: then a direct message. */
async function tell({ document, userId, respond, client }: News, desk: ActionDesk): Promise<void> {
  try {
    await respond({ response_type: 'ephemeral', replace_original: false, ...ephemeralMessage(document) });
  } catch {
    await tellDirectly(client, { userId, document }, desk);
  }
}
