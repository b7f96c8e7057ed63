import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QuestionCommand } from '../command/command.ts';
import { formatTarget } from '../command/format-target.ts';
import { parseCommand } from '../command/parse-command.ts';
import { formatPathEnd } from '../command/path-end.ts';
import type { Document } from '../explain/document.ts';
import {
  explainAlreadyAsked,
  explainPathTaken,
  explainTaken,
  explainTakingLonger,
} from '../explain/explain-acknowledgement.ts';
import { explainFailure } from '../explain/explain-failure.ts';
import { explainUsage } from '../explain/explain-usage.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { renderSlackMessages } from '../render/block-kit.ts';
import { ACKNOWLEDGE_WITHIN_MS } from './slack-limits.ts';

/** A question as Slack brought it, before it is a job. */
export interface AskedQuestion {
  readonly kind: QuestionCommand['kind'];
  readonly text: string;
  readonly askedAt: EpochSeconds;
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
}

/** Takes a question in, once: the same one again within two minutes is the same job. Throws `ExpectedError`. */
export type TakeQuestion = (
  question: AskedQuestion,
) => Promise<{ readonly kind: 'added' | 'duplicate'; readonly permalink?: string }>;

export interface CommandDesk {
  readonly command: string;
  readonly take: TakeQuestion;
  /** Unix seconds. */
  readonly now: () => EpochSeconds;
  /** A defect or a loss that somebody must look at. The fixed text comes first, the variable part is data. */
  readonly report: (message: string, error: unknown) => void;
}

/** Answers `/vpc …`: at once with an acknowledgement that only the asker sees; the answer itself comes from a worker. */
export function registerCommands(app: App, desk: CommandDesk): void {
  app.command(desk.command, async ({ command, ack, respond, client }) => {
    const askedAt = desk.now();
    const reading = read(command.text, askedAt);
    if ('document' in reading) {
      await ack(ephemeral(reading.document));
      return;
    }
    const taking = takeQuestion(desk, command, { askedAt, kind: reading.command.kind });
    const soon = await Promise.race([taking, sleep(ACKNOWLEDGE_WITHIN_MS, undefined, { ref: false })]);
    await ack(ephemeral(soon === undefined ? explainTakingLonger() : explainOutcome(soon, reading.command)));
    if (soon !== undefined) return;
    const late = await taking;
    if (late.kind === 'failed') {
      await tellLate({ respond, command, document: explainFailure(late.error.failure), desk, client });
    }
  });
}

type Reading = { readonly document: Document } | { readonly command: QuestionCommand };

function read(text: string, askedAt: EpochSeconds): Reading {
  try {
    const command = parseCommand(text, askedAt);
    return command.kind === 'help' ? { document: explainUsage(command.topic) } : { command };
  } catch (error) {
    if (error instanceof ExpectedError) return { document: explainFailure(error.failure) };
    throw error;
  }
}

type Outcome =
  | { readonly kind: 'added' | 'duplicate'; readonly permalink?: string }
  | { readonly kind: 'failed'; readonly error: ExpectedError };

async function takeQuestion(
  desk: CommandDesk,
  command: SlashCommand,
  reading: Pick<AskedQuestion, 'kind' | 'askedAt'>,
): Promise<Outcome> {
  const { text, team_id: teamId, user_id: userId, channel_id: channelId } = command;
  try {
    return await desk.take({ ...reading, text, teamId, userId, channelId });
  } catch (error) {
    if (error instanceof ExpectedError) return { kind: 'failed', error };
    desk.report('a question could not be taken in', error);
    const failure = { kind: 'unreachable', service: 'the queue', detail: 'a fault of ours' } as const;
    return { kind: 'failed', error: new ExpectedError(failure, { cause: error }) };
  }
}

function explainOutcome(outcome: Outcome, command: QuestionCommand): Document {
  switch (outcome.kind) {
    case 'added':
      return explainAdded(command);
    case 'duplicate':
      return explainAlreadyAsked(outcome.permalink);
    case 'failed':
      return explainFailure(outcome.error.failure);
    default:
      return assertNever(outcome);
  }
}

function explainAdded(command: QuestionCommand): Document {
  switch (command.kind) {
    case 'why-rejected':
      return explainTaken(formatTarget(command.target), command.window);
    case 'path': {
      const { from, to } = command.asked;
      return explainPathTaken(formatPathEnd(from), formatPathEnd(to));
    }
    default:
      return assertNever(command);
  }
}

interface LateNews {
  readonly respond: RespondFn;
  readonly command: SlashCommand;
  readonly document: Document;
  readonly desk: CommandDesk;
  readonly client: App['client'];
}

/**
 * After the acknowledgement the asker is reached through `response_url`; it dies after five uses or 30 minutes and then
 * throws (https://docs.slack.dev/tools/bolt-js/migration/migration-v5), so a direct message follows.
 */
async function tellLate({ respond, command, document, desk, client }: LateNews): Promise<void> {
  const message = ephemeral(document);
  try {
    await respond(message);
  } catch {
    await client.chat
      .postMessage({ channel: command.user_id, text: message.text, blocks: message.blocks })
      .catch((error: unknown) => desk.report('an asker could not be told that a question was lost', error));
  }
}

function ephemeral(document: Document): EphemeralMessage {
  const [message] = renderSlackMessages(document);
  return { response_type: 'ephemeral', text: message?.text ?? document.summary, blocks: [...(message?.blocks ?? [])] };
}

interface EphemeralMessage {
  response_type: 'ephemeral';
  text: string;
  blocks: ReturnType<typeof renderSlackMessages>[number]['blocks'][number][];
}
