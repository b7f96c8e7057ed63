import { setTimeout as sleep } from 'node:timers/promises';
import { sendSlashCommand, slashCommandBody } from '../../demo/slack/send-slash-command.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';
import type { Row } from './row.ts';
import type { World } from './world.ts';

/** A question in a channel of its own, of an asker of its own: what stands there is its answer. */
export interface Asked {
  readonly channel: string;
  readonly user: string;
  /** As `performance.now()` counts. */
  readonly at: number;
  readonly acknowledgement: Acknowledged;
}

type Acknowledged =
  /** The bot says that it is at it. */
  | { readonly kind: 'taken' }
  /** The bot says why not. */
  | { readonly kind: 'told'; readonly text: string }
  /** Nothing within Slack's three seconds: Slack tells the asker. */
  | { readonly kind: 'none' };

const SLACK_WAITS_MS = 3_000;
const PER_SECOND = 8;

/** Asks at fixed moments, whatever becomes of the questions before. */
export async function askSteadily(world: World, row: Row): Promise<readonly Asked[]> {
  const began = performance.now();
  const asking = Array.from({ length: world.toAsk }, async (_, index): Promise<Asked> => {
    await sleep(began + (index * 1_000) / PER_SECOND - performance.now());
    world.asked = index + 1;
    const [channel, user, at] = [`C${index}`, `U${index}`, performance.now()];
    const acknowledgement = await withinSlacksTime(ask(world, row, { index, channel, user }));
    return { channel, user, at, acknowledgement };
  });
  return Promise.all(asking);
}

interface Question {
  readonly index: number;
  readonly channel: string;
  readonly user: string;
}

async function ask(world: World, row: Row, { index, channel, user }: Question): Promise<string> {
  const { command } = world.questions[index % world.questions.length]!;
  const question = { text: command, channelId: channel, userId: user, triggerId: `${index}` };
  if (world.socket !== undefined) {
    const { text = '' } = await world.socket.sendCommand(
      Object.fromEntries(new URLSearchParams(slashCommandBody(question))),
    );
    return text;
  }
  const timestamp = Math.floor(Date.now() / 1_000) + (row.clocks?.asker(index) ?? 0);
  const request = { ...question, botUrl: world.botUrl, signingSecret: SIGNING_SECRET, timestamp };
  const { status, text } = await sendSlashCommand(request);
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return text;
}

async function withinSlacksTime(asking: Promise<string>): Promise<Acknowledged> {
  try {
    const text = await Promise.race([asking, sleep(SLACK_WAITS_MS)]);
    if (text === undefined) return { kind: 'none' };
    return /^Looking at|taking longer than usual/.test(text) ? { kind: 'taken' } : { kind: 'told', text };
  } catch {
    return { kind: 'none' };
  }
}
