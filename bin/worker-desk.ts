import type { WorkerDesk } from '../jobs/worker.ts';
import type { AwsSettings } from '../src/aws/aws-settings.ts';
import { createCollector, type Collector } from '../src/aws/create-collector.ts';
import type { WhyRejectedCommand } from '../src/command/command.ts';
import { formatTarget } from '../src/command/format-target.ts';
import { parseCommand } from '../src/command/parse-command.ts';
import type { Thread } from '../src/explain/document.ts';
import { explainDiagnosis } from '../src/explain/explain-diagnosis.ts';
import { explainDefect, explainFailure } from '../src/explain/explain-failure.ts';
import { explainProgress } from '../src/explain/explain-progress.ts';
import { ExpectedError } from '../src/failure/expected-error.ts';
import type { Log } from '../src/log.ts';
import type { WhyRejectedPayload } from '../src/queue/contract.ts';
import { createAnswerPoster } from '../src/slack/answer-poster.ts';
import { createClient } from '../src/slack/create-client.ts';
import type { SlackSettings } from '../src/slack/slack-settings.ts';
import { createAnswerLinks } from '../src/store/answer-links.ts';
import { createPostLedger } from '../src/store/post-ledger.ts';
import { answerWhyRejected } from '../src/workflow/why-rejected.ts';
import { nowInSeconds } from './now.ts';
import type { Homes } from './open-homes.ts';

export interface WorkerParts {
  readonly aws: AwsSettings;
  readonly slack: SlackSettings;
  readonly homes: Homes;
  readonly log: Log;
}

/** What a worker works with, connected: AWS in, engine, words, Slack out. */
export function workerDesk({ aws, slack, homes, log }: WorkerParts): {
  readonly desk: Omit<WorkerDesk, 'concurrency'>;
  readonly close: () => void;
} {
  const collector = createCollector(aws);
  const ledger = createPostLedger(homes.store);
  const { showProgress, showAnswer } = createAnswerPoster({ client: createClient(slack), ledger, now: nowInSeconds });
  return {
    desk: {
      queue: homes.queue,
      log,
      showProgress,
      showAnswer,
      keepLink: createAnswerLinks(homes.store).keep,
      explainFailure: (failure) => explainFailure(failure, slack.command),
      explainDefect,
      explainStep: (payload, step) => explainProgress(step, formatTarget(readAgain(payload).target)),
      answer: (payload, options) => answer({ payload, collector, log }, options),
    },
    close: () => collector.close(),
  };
}

/** The very question that was typed: parsed again with the time at which it was asked. */
function readAgain(payload: WhyRejectedPayload): WhyRejectedCommand {
  const command = parseCommand(payload.text, payload.askedAt);
  if (command.kind === 'why-rejected') return command;
  throw new ExpectedError({ kind: 'not-understood', input: payload.text.slice(0, 80), expected: 'a question' });
}

interface Answering {
  readonly payload: WhyRejectedPayload;
  readonly collector: Collector;
  readonly log: Log;
}

async function answer(
  { payload, collector, log }: Answering,
  options: Parameters<WorkerDesk['answer']>[1],
): Promise<Thread> {
  const { questionId, askedBy } = payload;
  const investigation = { command: readAgain(payload), askedBy: askedBy.userId, now: nowInSeconds };
  const { diagnosis, cost } = await answerWhyRejected(investigation, collector.collect, options);
  const rows = diagnosis.findings.map(({ row, verdict, confidence }) => ({ row, verdict, confidence }));
  log.info({ questionId, interfaceId: diagnosis.target.id, rows, cost }, 'diagnosed');
  return explainDiagnosis(diagnosis, { askedBy: askedBy.userId });
}
