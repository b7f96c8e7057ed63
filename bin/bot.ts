import { constants, setPriority } from 'node:os';
import type { Configuration } from '../src/config/configuration.ts';
import { slackSettings, type Environment } from '../src/config/read-settings.ts';
import type { Log } from '../src/log.ts';
import type { Metrics } from '../src/operations/metrics.ts';
import { createSlackApp } from '../src/slack/create-app.ts';
import { slackLogger } from '../src/slack/slack-logger.ts';
import type { SlackSettings } from '../src/slack/slack-settings.ts';
import { fitForReaders, sharedWith } from '../src/workflow/redact-posts.ts';
import { createHandledEvents } from '../src/store/handled-events.ts';
import { startAuditWorker } from '../jobs/audit-worker.ts';
import { startErrandWorker } from '../jobs/errand-worker.ts';
import { startWorker } from '../jobs/worker.ts';
import { createAdmit } from './admit.ts';
import { askerReader } from './asker-reader.ts';
import { homeOf } from './home-of.ts';
import { keepConfiguredAudits } from './keep-configured-audits.ts';
import { manageAudits } from './manage-audits.ts';
import { nowInSeconds } from './now.ts';
import type { Homes } from './open-homes.ts';
import { pressButtons } from './press-button.ts';
import { createReadersOf } from './readers-of.ts';
import { takeQuestions } from './take-questions.ts';
import { tellInThreads } from './tell-in-threads.ts';
import { workerDesk } from './worker-desk.ts';

export type Role = 'all' | 'bot' | 'worker';

export interface Bot {
  /** Where Slack's requests are received, over HTTP. */
  readonly url?: string;
  /** Takes no more requests, finishes or puts back what is under way, and ends. */
  stop(graceMs: number): Promise<void>;
}

export interface BotParts {
  readonly role: Role;
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly homes: Homes;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** The bot in one process, or one half of it: what receives questions, what answers them. */
export async function startBot(parts: BotParts): Promise<Bot> {
  const { role, configuration, environment, metrics, log } = parts;
  const slack: SlackSettings = {
    ...slackSettings(configuration, environment),
    logger: slackLogger(log),
    observe: metrics.calledSlack,
  };
  if (role === 'worker') stepBack(log);
  const worker = role === 'bot' ? undefined : startAnswering(parts, slack);
  const app = role === 'worker' ? undefined : createApp(parts, slack);
  try {
    const started = await app?.start();
    return {
      ...(started?.url !== undefined && { url: started.url }),
      stop: async (graceMs) => {
        await app?.stop();
        await worker?.stop(graceMs);
      },
    };
  } catch (error) {
    await worker?.stop(0);
    throw error;
  }
}

/** An acknowledgement has a second, an answer some more: on one machine what receives goes before what answers. */
function stepBack(log: Log): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (err) {
    log.debug({ err }, 'priority not lowered');
  }
}

function startAnswering({ configuration, homes, metrics, log }: BotParts, slack: SlackSettings): Pick<Bot, 'stop'> {
  const { desk, audits, errands, close } = workerDesk({ configuration, slack, homes, metrics, log });
  const worker = startWorker({ ...desk, concurrency: configuration.queue.concurrency });
  const auditor = startAuditWorker(audits);
  const runner = startErrandWorker(errands);
  const keeping = keepConfiguredAudits({ configuration, homes, log });
  return {
    stop: async (graceMs) => {
      keeping.stop();
      await Promise.all([worker.stop(graceMs), auditor.stop(graceMs), runner.stop(graceMs)]);
      close();
    },
  };
}

function createApp(
  { configuration, homes, metrics, log }: BotParts,
  slack: SlackSettings,
): ReturnType<typeof createSlackApp> {
  const take = takeQuestions(homes, { asked: metrics.asked, log });
  const gate = { policy: configuration.access, reader: askerReader(slack, log), log };
  const admit = createAdmit(gate);
  return createSlackApp(slack, {
    homeOf: homeOf(homes, configuration),
    admit,
    take,
    press: pressButtons({ homes, admit, take, log, watchSeconds: configuration.watch.minutes * 60 }),
    tell: tellInThreads(homes, slack, fitForReaders(sharedWith(createReadersOf(gate)))),
    once: createHandledEvents(homes.store).once,
    manageAudits: manageAudits(homes, log),
    now: nowInSeconds,
    report: (message, err) => log.error({ err }, message),
  });
}
