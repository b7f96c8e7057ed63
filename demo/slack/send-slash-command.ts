import { fieldsOf } from './fields-of.ts';
import { postSigned, type SignedRequest } from './post-signed.ts';

export interface SlashCommandRequest extends SignedRequest {
  /** What stands behind `/vpc`. */
  readonly text: string;
  readonly channelId: string;
  readonly userId: string;
  readonly teamId?: string;
  readonly command?: string;
  readonly responseUrl?: string;
  /** Slack's is new for every command; equal requests of one second are taken for a replay. */
  readonly triggerId?: string;
}

/** What Slack shows the asker at once: the body of the acknowledgement. */
export interface Acknowledgement {
  readonly status: number;
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** Sends what Slack would send when somebody types the command, signed as Slack signs. */
export async function sendSlashCommand(request: SlashCommandRequest): Promise<Acknowledgement> {
  const type = 'application/x-www-form-urlencoded';
  return readAcknowledgement(
    await postSigned(request, { path: '/slack/commands', type, body: slashCommandBody(request) }),
  );
}

/** The fields of https://docs.slack.dev/interactivity/implementing-slash-commands. */
export function slashCommandBody(request: Omit<SlashCommandRequest, 'botUrl' | 'signingSecret'>): string {
  return new URLSearchParams({
    team_id: request.teamId ?? 'T000000001',
    team_domain: 'demo',
    channel_id: request.channelId,
    channel_name: 'incidents',
    user_id: request.userId,
    user_name: 'dana',
    command: request.command ?? '/vpc',
    text: request.text,
    response_url: request.responseUrl ?? 'http://127.0.0.1:9/response',
    trigger_id: request.triggerId ?? '1.2.3',
    api_app_id: 'A000000001',
  }).toString();
}

async function readAcknowledgement(response: Response): Promise<Acknowledgement> {
  const body = await response.text();
  const { text, blocks } = fieldsOf(body.startsWith('{') ? JSON.parse(body) : { text: body });
  return {
    status: response.status,
    text: typeof text === 'string' ? text : '',
    blocks: Array.isArray(blocks) ? blocks : [],
  };
}
