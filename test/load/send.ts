import type { Sending, Sent } from '../bench/send-commands.ts';
import { sendFromProcess } from '../bench/send-from-process.ts';
import type { Asked } from '../faults/ask.ts';
import type { World } from '../faults/world.ts';

export const PER_SECOND = 50;

interface Many {
  readonly seconds: number;
  /** Channels and askers are named after it: each question has its own. */
  readonly name: string;
}

/** Asks from a process of its own, which does nothing else. */
export async function sendMany(
  world: Pick<World, 'botUrl' | 'questions'>,
  { seconds, name }: Many,
): Promise<Sent & { readonly asked: readonly Asked[] }> {
  const { command: text } = world.questions[0]!;
  const commands = Array.from({ length: PER_SECOND * seconds }, (_, index) => ({
    text,
    channelId: `C${name}${index}`,
    userId: `U${name}${index}`,
  }));
  const sent = await sendFromProcess({ botUrl: world.botUrl, userId: '', perSecond: PER_SECOND, commands });
  return { ...sent, asked: sent.acknowledged.map((one, index) => toAsked(one, commands[index]!)) };
}

type One = Sent['acknowledged'][number];
type Command = Required<Sending['commands'][number]>;

function toAsked({ isTaken, at }: One, { channelId: channel, userId: user }: Command): Asked {
  const acknowledgement = isTaken ? ({ kind: 'taken' } as const) : ({ kind: 'told', text: '' } as const);
  return { channel, user, at: at - performance.timeOrigin, acknowledgement };
}

/** `p50 3 ms, p90 …`, and how late the asker itself was. */
export function formatTimes({ acknowledged, ownDelayMilliseconds }: Sent): string {
  const times = acknowledged.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const at = (share: number): string => `${Math.round(times[Math.ceil(share * times.length) - 1] ?? Number.NaN)} ms`;
  const own = `asker late by ${Math.round(ownDelayMilliseconds)} ms at p99`;
  return `p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${at(1)} (${own})`;
}

export function say(what: string, words: string): void {
  process.stdout.write(`  ${what.padEnd(14)}${words}\n`);
}
