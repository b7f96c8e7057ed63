import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendSlashCommand } from '../../demo/slack/send-slash-command.ts';
import { SIGNING_SECRET } from '../../demo/slack/start-slack.ts';

/** What to send: JSON, in the file that the first argument names. */
export interface Sending {
  readonly botUrl: string;
  readonly userId: string;
  readonly perSecond: number;
  readonly commands: readonly { readonly text: string; readonly channelId: string; readonly userId?: string }[];
}

interface Acknowledged {
  readonly milliseconds: number;
  readonly isTaken: boolean;
  /** When it was sent, as `Date.now()` counts. */
  readonly at: number;
}

/** What came of it, as one message to the parent, in JSON. */
export interface Sent {
  readonly acknowledged: readonly Acknowledged[];
  /** How late this process itself was, 99 times out of 100: its part in the times above. */
  readonly ownDelayMilliseconds: number;
}

/**
 * Asks at fixed moments, whether earlier questions have been acknowledged or not: askers do not wait for each other.
 * A process of its own, so that nothing else keeps it from looking at the clock.
 */
async function send({ botUrl, userId, perSecond, commands }: Sending): Promise<Sent> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const started = performance.now();
  const sent = commands.map(async ({ text, channelId, userId: asker = userId }, index) => {
    await sleep(started + (index * 1000) / perSecond - performance.now());
    const [asked, at] = [performance.now(), Date.now()];
    const command = {
      botUrl,
      userId: asker,
      channelId,
      text,
      signingSecret: SIGNING_SECRET,
      triggerId: `${started}.${index}`,
    };
    const { text: told } = await sendSlashCommand(command);
    return { milliseconds: performance.now() - asked, isTaken: told.startsWith('Looking at'), at };
  });
  const acknowledged = await Promise.all(sent);
  return { acknowledged, ownDelayMilliseconds: delay.percentile(99) / 1e6 - 5 };
}

const [file = ''] = process.argv.slice(2);
const sent = await send(JSON.parse(readFileSync(file, 'utf8')));
process.send?.(JSON.stringify(sent), () => process.disconnect());
