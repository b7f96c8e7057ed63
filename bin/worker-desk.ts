import type { AuditWorkerDesk } from '../jobs/audit-worker.ts';
import type { ErrandWorkerDesk } from '../jobs/errand-worker.ts';
import { path } from '../jobs/path.ts';
import { whyRejected } from '../jobs/why-rejected.ts';
import type { WorkerDesk } from '../jobs/worker.ts';
import { createCollector, LOOKUPS_A_SECOND } from '../src/aws/create-collector.ts';
import type { Configuration } from '../src/config/configuration.ts';
import { awsSettings } from '../src/config/read-settings.ts';
import { explainDefect, explainFailure } from '../src/explain/explain-failure.ts';
import type { Log } from '../src/log.ts';
import type { Metrics } from '../src/operations/metrics.ts';
import { createAnswerPoster } from '../src/slack/answer-poster.ts';
import { createButtonSeal } from '../src/slack/button-seal.ts';
import { createClient } from '../src/slack/create-client.ts';
import type { SlackSettings } from '../src/slack/slack-settings.ts';
import { tellAsker } from '../src/slack/tell-asker.ts';
import { createAnswerLinks } from '../src/store/answer-links.ts';
import { createAnswerMemory } from '../src/store/answer-memory.ts';
import { createCallSlots } from '../src/store/call-slots.ts';
import { createPictureMemory } from '../src/store/picture-memory.ts';
import { createPostLedger } from '../src/store/post-ledger.ts';
import type { Whisper } from '../src/workflow/post.ts';
import { fitForReaders, redactPosts, sharedWith } from '../src/workflow/redact-posts.ts';
import { askerReader } from './asker-reader.ts';
import { auditDesk } from './audit-desk.ts';
import { errandDesk } from './errand-desk.ts';
import { nowInSeconds } from './now.ts';
import { createReadersOf } from './readers-of.ts';
import type { Homes } from './open-homes.ts';

export interface WorkerParts {
  readonly configuration: Configuration;
  readonly slack: SlackSettings;
  readonly homes: Homes;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What a worker works with, connected: AWS in, engine, words, Slack out. */
export function workerDesk({ configuration, slack, homes, metrics, log }: WorkerParts): {
  readonly desk: Omit<WorkerDesk, 'concurrency'>;
  readonly audits: AuditWorkerDesk;
  readonly errands: ErrandWorkerDesk;
  readonly close: () => void;
} {
  const turns = createCallSlots(homes.store, LOOKUPS_A_SECOND);
  const collector = createCollector(awsSettings(configuration), metrics.calledAws, turns);
  const ledger = createPostLedger(homes.store);
  const client = createClient(slack);
  const { seal } = createButtonSeal(slack.botToken);
  const reader = askerReader(slack, log);
  const isShared = sharedWith(createReadersOf({ policy: configuration.access, reader }));
  const fit = fitForReaders(isShared);
  const poster = redactPosts(createAnswerPoster({ client, ledger, seal, now: nowInSeconds }), fit);
  const { showProgress, showAnswer } = poster;
  const whisper: Whisper = (to, document) =>
    tellAsker(client, { ...to, document }, { report: (message, err) => log.error({ err }, message) });
  return {
    desk: {
      queue: homes.queue,
      log,
      measure: metrics,
      now: nowInSeconds,
      showProgress,
      showAnswer,
      fit,
      isShared,
      keepLink: createAnswerLinks(homes.store).keep,
      remember: createAnswerMemory(homes.store).keep,
      keepPicture: createPictureMemory(homes.store).keep,
      explainFailure: (failure) => explainFailure(failure, slack.command),
      explainDefect,
      kinds: {
        'why-rejected': whyRejected({ sources: collector, now: nowInSeconds, log }),
        path: path({ collectNetwork: collector.collectNetwork, log }),
      },
    },
    errands: errandDesk({ configuration, homes, collector, client, poster, whisper, log }),
    audits: auditDesk({ configuration, homes, collector, showAnswer, log }),
    close: () => collector.close(),
  };
}
