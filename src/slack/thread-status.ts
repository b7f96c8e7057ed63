import type { WebClient } from '@slack/web-api';
import type { ThreadPlace } from './read-parent.ts';

const LONGEST_STATUS = 100;

/**
 * Shows "vpc-why is …" under the thread until the next message. False where Slack does not take it: a status is a
 * courtesy. https://docs.slack.dev/reference/methods/assistant.threads.setStatus/
 */
export async function showStatus(client: WebClient, place: ThreadPlace, doing: string): Promise<boolean> {
  const status = doing.length > LONGEST_STATUS ? `${doing.slice(0, LONGEST_STATUS - 1)}…` : doing;
  try {
    await client.assistant.threads.setStatus({ channel_id: place.channelId, thread_ts: place.threadTs, status });
    return true;
  } catch {
    return false;
  }
}
