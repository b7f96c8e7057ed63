import { fieldsOf } from './fields-of.ts';
import type { PostedMessage } from './read-channel.ts';
import { sendInteraction } from './send-interaction.ts';

export interface ButtonPress {
  readonly botUrl: string;
  readonly signingSecret: string;
  readonly message: PostedMessage;
  /** `vpc_why_watch`. */
  readonly actionId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly teamId?: string;
  /** What a forger would change. */
  readonly value?: string;
  /** Where what only the presser sees is sent to. */
  readonly responseUrl: string;
}

/** Sends what Slack would send when somebody presses a button of a message. */
export async function pressButton(press: ButtonPress): Promise<number> {
  const { status } = await sendInteraction({ ...press, payload: pressPayload(press) });
  return status;
}

/** The fields of https://docs.slack.dev/reference/interaction-payloads/block_actions-payload. */
function pressPayload(press: Omit<ButtonPress, 'botUrl' | 'signingSecret'>): Readonly<Record<string, unknown>> {
  const { message, actionId, channelId, userId, teamId = 'T000000001', responseUrl } = press;
  const button = buttonsOf(message).find((each) => each['action_id'] === actionId) ?? {};
  return {
    type: 'block_actions',
    team: { id: teamId, domain: 'demo' },
    user: { id: userId, username: 'dana', team_id: teamId },
    api_app_id: 'A000000001',
    container: { type: 'message', message_ts: message.ts, channel_id: channelId, is_ephemeral: false },
    trigger_id: `1.2.${Math.random()}`,
    channel: { id: channelId, name: 'incidents' },
    message: {
      type: 'message',
      ts: message.ts,
      text: message.text,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    response_url: responseUrl,
    actions: [
      {
        type: 'button',
        action_id: actionId,
        block_id: 'vpc_why_answer',
        value: press.value ?? button['value'],
        action_ts: String(Date.now() / 1000),
      },
    ],
  };
}

/** The buttons of a message as it stands. */
export function buttonsOf({ blocks }: PostedMessage): readonly Record<string, unknown>[] {
  return blocks.flatMap(({ type, elements }) =>
    type === 'actions' && Array.isArray(elements) ? elements.map(fieldsOf) : [],
  );
}
