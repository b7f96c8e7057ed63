import type { WebClient } from '@slack/web-api';
import type { Document } from '../explain/document.ts';
import type { EntryDesk } from './entry-desk.ts';
import { ephemeralMessage } from './ephemeral-message.ts';

export interface News {
  readonly userId: string;
  readonly document: Document;
}

export interface NewsInPlace extends News {
  readonly channelId: string;
  readonly threadTs?: string;
}

/**
 * Tells the asker alone, where they asked; a direct message follows where the bot is not in the channel.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
export async function tellAsker(client: WebClient, news: NewsInPlace, desk: Pick<EntryDesk, 'report'>): Promise<void> {
  const { channelId: channel, threadTs, userId: user } = news;
  const place = { channel, user, ...(threadTs !== undefined && { thread_ts: threadTs }) };
  try {
    await client.chat.postEphemeral({ ...place, ...ephemeralMessage(news.document) });
  } catch {
    await tellDirectly(client, news, desk);
  }
}

/** The last resort; what fails here is reported, since nobody hears of it otherwise. */
export async function tellDirectly(
  client: WebClient,
  { userId, document }: News,
  desk: Pick<EntryDesk, 'report'>,
): Promise<void> {
  try {
    await client.chat.postMessage({ channel: userId, ...ephemeralMessage(document) });
  } catch (error) {
    desk.report('an asker could not be told of their question', error);
  }
}
