import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditDeed } from '../command/audit-command.ts';
import type { Command, QuestionCommand } from '../command/command.ts';
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
import type { Failure } from '../failure/failure.ts';
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
  /** The thread the answer belongs in. Absent: a message of its own in the channel. */
  readonly threadTs?: string;
  readonly via: 'command' | 'mention' | 'shortcut' | 'modal' | 'button';
}

/** Takes a question in, once: the same one again within two minutes is the same job. Throws `ExpectedError`. */
export type TakeQuestion = (
  question: AskedQuestion,
) => Promise<{ readonly kind: 'added' | 'duplicate'; readonly permalink?: string }>;

/** Does what was asked about audits and says what was done. Throws `ExpectedError`. */
type ManageAudits = (deed: AuditDeed, asker: Omit<AskedQuestion, 'kind' | 'text'>) => Promise<Document>;

export interface CommandDesk {
  readonly command: string;
  readonly take: TakeQuestion;
  readonly manageAudits: ManageAudits;
  /** Unix seconds. */
  readonly now: () => EpochSeconds;
  /** A defect or a loss that somebody must look at. The fixed text comes first, the variable part is data. */
  readonly report: (message: string, error: unknown) => void;
}

/** Answers `/vpc …`: at once with an acknowledgement that only the asker sees; the answer itself comes from a worker. */
export function registerCommands(app: App, desk: CommandDesk): void {
  app.command(desk.command, async ({ command, ack, respond, client }) => {
    const replying = reply(desk, command, desk.now());
    const soon = await Promise.race([replying, sleep(ACKNOWLEDGE_WITHIN_MS, undefined, { ref: false })]);
    await ack(ephemeral(soon?.document ?? explainTakingLonger()));
    if (soon !== undefined) return;
    const late = await replying;
    if (late.isAnswer) await tellLate({ respond, command, document: late.document, desk, client });
  });
}

interface Reply {
  readonly document: Document;
  /** Nothing else will tell it, so that it is told late rather than never. */
  readonly isAnswer: boolean;
}

async function reply(desk: CommandDesk, command: SlashCommand, askedAt: EpochSeconds): Promise<Reply> {
  try {
    const asked = parseCommand(command.text, askedAt);
    return await replyTo(asked, desk, { askedAt, ...placeOf(command), text: command.text, via: 'command' });
  } catch (error) {
    if (!(error instanceof ExpectedError)) desk.report('a command could not be taken in', error);
    const failure = error instanceof ExpectedError ? error.failure : FAULT_OF_OURS;
    return { document: explainFailure(failure, desk.command), isAnswer: true };
  }
}

const FAULT_OF_OURS: Failure = { kind: 'unreachable', service: 'the queue', detail: 'a fault of ours' };

function placeOf({
  team_id,
  user_id,
  channel_id,
}: SlashCommand): Pick<AskedQuestion, 'teamId' | 'userId' | 'channelId'> {
  return { teamId: team_id, userId: user_id, channelId: channel_id };
}

async function replyTo(asked: Command, desk: CommandDesk, from: Omit<AskedQuestion, 'kind'>): Promise<Reply> {
  if (asked.kind === 'help') return { document: explainUsage(asked.topic, desk.command), isAnswer: true };
  if (asked.kind === 'audit') return { document: await desk.manageAudits(asked.deed, from), isAnswer: true };
  const { kind, permalink } = await desk.take({ ...from, kind: asked.kind });
  return { document: kind === 'added' ? explainAdded(asked) : explainAlreadyAsked(permalink), isAnswer: false };
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
