import { setTimeout as sleep } from 'node:timers/promises';
import type { Answering } from '../../../jobs/answer-question.ts';
import { startWorker } from '../../../jobs/worker.ts';
import type { Document } from '../../../src/explain/document.ts';
import { connectFailFast } from '../../../src/queue/connection.ts';
import { openRedisQueue } from '../../../src/queue/redis.ts';
import { createPostLedger } from '../../../src/store/post-ledger.ts';
import { createRedisStore } from '../../../src/store/redis.ts';
import { openChannel } from '../../support/channel.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { QUICK } from './homes.ts';

/**
 * A worker on its own, as `vpc-why start --role worker` is one. It says what it takes and what it posts, takes its
 * time over an answer, and stops on SIGTERM.
 */
const [url = '', queueName = ''] = process.argv.slice(2);
const queue = openRedisQueue({ url, onError: ignore, tuning: { ...QUICK, queueName } });
const redis = connectFailFast(url, ignore);
const channel = openChannel(createPostLedger(createRedisStore(redis)), (summary) =>
  process.send?.(`posted ${summary}`),
);

const answering: Answering = {
  answer: async ({ text }) => {
    process.send?.(`took ${text}`);
    await sleep(300);
    return {
      thread: { parent: document(text), replies: [], secrets: () => [] },
      verdict: 'blocked',
      followUp: { accounts: [] },
      picture: () => undefined,
    };
  },
  explainStep: () => document('working'),
};
const worker = startWorker({
  queue,
  concurrency: 1,
  fit: async (_, thread) => thread,
  isShared: async () => false,
  keepPicture: async () => undefined,
  kinds: { 'why-rejected': answering, path: answering },
  showProgress: channel.showProgress,
  showAnswer: channel.showAnswer,
  keepLink: async () => undefined,
  remember: async () => undefined,
  measure: { answered: () => undefined, failed: () => undefined },
  now: () => 0,
  explainFailure: ({ kind }) => document(kind),
  explainDefect: document,
  log: recordingLog(),
});

process.once('SIGTERM', () => {
  void stop();
});
await queue.ping();
process.send?.('ready');

async function stop(): Promise<void> {
  await worker.stop(0);
  await queue.close();
  redis.disconnect();
  process.disconnect();
}

function document(summary: string): Document {
  return { summary, blocks: [] };
}

function ignore(): void {}
