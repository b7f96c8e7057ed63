import type { App, MessageShortcut } from '@slack/bolt';
import { fillAskForm } from '../command/fill-ask-form.ts';
import { readFreeText } from '../command/free-text/read-free-text.ts';
import { renderSlackMessages } from '../render/block-kit.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import type { AskViewParts } from './ask-view.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { messageText } from './message-text.ts';
import { openAskView, whoIn } from './modal.ts';
import { explainUnclear, takeReading, type Unclear } from './take-reading.ts';
import { tellAsker } from './tell-asker.ts';

/** As `manifest.json` names them. */
export const MESSAGE_SHORTCUT = 'why_rejected_message';
export const GLOBAL_SHORTCUT = 'ask_vpc_why';

/** "Why was this rejected?" on a message, and "Ask vpc-why" anywhere. */
export function registerShortcuts(app: App, desk: EntryDesk): void {
  app.shortcut({ callback_id: GLOBAL_SHORTCUT, type: 'shortcut' }, async ({ shortcut, ack, client }) => {
    const opening = { client, triggerId: shortcut.trigger_id, userId: shortcut.user.id };
    await Promise.all([openAskView({ form: {} }, opening, desk), ack()]);
  });
  app.shortcut({ callback_id: MESSAGE_SHORTCUT, type: 'message_action' }, async ({ shortcut, ack, client }) => {
    const asking = askingOf(shortcut, desk);
    const reading = readFreeText(messageText(shortcut.message), asking.askedAt);
    if (reading.kind !== 'question') {
      const opening = { client, triggerId: shortcut.trigger_id, userId: shortcut.user.id };
      await Promise.all([openAskView(formFor(reading, asking, desk), opening, desk), ack()]);
      return;
    }
    await ack();
    const document = acknowledgementOf(await takeReading(desk, reading, asking), asking);
    await tellAsker(client, { ...asking, document }, desk);
  });
}

function askingOf(shortcut: MessageShortcut, desk: EntryDesk): Asking & { readonly threadTs: string } {
  const { message, channel } = shortcut;
  const threadTs: unknown = message['thread_ts'];
  return {
    askedAt: desk.now(),
    ...whoIn(shortcut),
    channelId: channel.id,
    threadTs: typeof threadTs === 'string' ? threadTs : message.ts,
    via: 'shortcut',
  };
}

/** What was found in the message stands above the form, and the first of several questions in it. */
function formFor(
  reading: Unclear,
  { channelId, threadTs, askedAt }: Asking & { readonly threadTs: string },
  desk: EntryDesk,
): AskViewParts {
  const [found] = renderSlackMessages(explainUnclear(desk, reading));
  return {
    form: reading.kind === 'several' ? fillAskForm(reading.choices[0].command, askedAt) : {},
    thread: { channelId, threadTs },
    above: found?.blocks ?? [],
  };
}
