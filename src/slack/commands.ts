import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import { setTimeout as sleep } from 'node:timers/promises';
import { explainTakingLonger } from '../explain/explain-acknowledgement.ts';
import type { Document } from '../explain/document.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { ephemeralMessage, type EphemeralMessage } from './ephemeral-message.ts';
import { ACKNOWLEDGE_WITHIN_MS } from './slack-limits.ts';
import { takeText } from './take-text.ts';
import { tellDirectly } from './tell-asker.ts';

/** Answers `/vpc …`: at once with an acknowledgement that only the asker sees; the answer itself comes from a worker. */
export function registerCommands(app: App, desk: EntryDesk): void {
  app.command(desk.command, async ({ command, ack, respond, client }) => {
    const taking = takeText(desk, command.text, askingOf(command, desk.now()));
    const soon = await Promise.race([taking, sleep(ACKNOWLEDGE_WITHIN_MS, undefined, { ref: false })]);
    await ack(ephemeral(soon === undefined ? explainTakingLonger() : acknowledgementOf(soon)));
    if (soon !== undefined) return;
    const late = await taking;
    if (late.kind === 'told' || late.kind === 'refused')
      await tellLate({ respond, command, document: late.document, desk, client });
  });
}

function askingOf({ team_id, user_id, channel_id }: SlashCommand, askedAt: number): Asking {
  return { askedAt, teamId: team_id, userId: user_id, channelId: channel_id, via: 'command' };
}

interface LateNews {
  readonly respond: RespondFn;
  readonly command: SlashCommand;
  readonly document: Document;
  readonly desk: EntryDesk;
  readonly client: App['client'];
}

/**
 * After the acknowledgement the asker is reached through `response_url`; it dies after five uses or 30 minutes and then
 * throws (https://docs.slack.dev/tools/bolt-js/migration/migration-v5), so a direct message follows.
 */
async function tellLate({ respond, command, document, desk, client }: LateNews): Promise<void> {
  try {
    await respond(ephemeral(document));
  } catch {
    await tellDirectly(client, { userId: command.user_id, document }, desk);
  }
}

function ephemeral(document: Document): EphemeralMessage & { readonly response_type: 'ephemeral' } {
  return { response_type: 'ephemeral', ...ephemeralMessage(document) };
}
