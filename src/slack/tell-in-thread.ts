import type { WebClient } from '@slack/web-api';
import { explainAlreadyAsked } from '../explain/explain-acknowledgement.ts';
import type { Document } from '../explain/document.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Asking, EntryDesk } from './entry-desk.ts';
import { ephemeralMessage } from './ephemeral-message.ts';
import type { Taken } from './take-text.ts';
import { tellAsker } from './tell-asker.ts';

interface Told {
  readonly asking: Asking & { readonly threadTs: string };
  /** Equal for repeated deliveries of the same event: the thread is told once. */
  readonly key: string;
}

interface Tools {
  readonly desk: EntryDesk;
  readonly client: WebClient;
}

/** Tells what no worker will: answers in the thread; refusals, and where the answer stands already, to the asker alone. */
export async function tellInThread(taken: Taken, told: Told, tools: Tools): Promise<void> {
  const aside = (document: Document): Promise<void> =>
    tellAsker(tools.client, { ...told.asking, document }, tools.desk);
  switch (taken.kind) {
    case 'added':
      return;
    case 'told':
      return tell(taken.document, told, tools);
    case 'refused':
      return aside(taken.document);
    case 'duplicate':
      return aside(explainAlreadyAsked(taken.permalink));
    default:
      return assertNever(taken);
  }
}

/** Where the memory of posts is away, the asker still hears that something is wrong. */
async function tell(document: Document, { asking, key }: Told, { desk, client }: Tools): Promise<void> {
  try {
    await desk.tell(asking, key, document);
  } catch (error) {
    desk.report('what was told in a thread could not be remembered', error);
    if (!isOurs(error)) return;
    await client.chat.postMessage({
      channel: asking.channelId,
      thread_ts: asking.threadTs,
      ...ephemeralMessage(document),
    });
  }
}

function isOurs(error: unknown): boolean {
  return !(error instanceof ExpectedError && error.failure.kind === 'unreachable' && error.failure.service === 'Slack');
}
