import type { Collector } from '../src/aws/create-collector.ts';
import type { AuditWorkerDesk } from '../jobs/audit-worker.ts';
import type { Expectation } from '../src/audit/expectations/expectation.ts';
import type { PlannedAudit } from '../src/audit/planned-audit.ts';
import type { Configuration } from '../src/config/configuration.ts';
import { explainDefect, explainFailure } from '../src/explain/explain-failure.ts';
import { explainFailedAudit } from '../src/explain/explain-failed-audit.ts';
import type { Log } from '../src/log.ts';
import { createAuditHistories } from '../src/store/audit-histories.ts';
import { createMutes } from '../src/store/mutes.ts';
import { createPostLedger } from '../src/store/post-ledger.ts';
import type { ShowAnswer } from '../src/workflow/post.ts';
import { nowInSeconds } from './now.ts';
import type { Homes } from './open-homes.ts';
import { readExpectationsFile } from './read-expectations-file.ts';

export interface AuditParts {
  readonly configuration: Configuration;
  readonly homes: Homes;
  readonly collector: Pick<Collector, 'collect' | 'collectNetwork' | 'findTraffic'>;
  readonly showAnswer: ShowAnswer;
  readonly log: Log;
}

/** What a worker audits with, connected. */
export function auditDesk({ configuration, homes, collector, showAnswer, log }: AuditParts): AuditWorkerDesk {
  const ledger = createPostLedger(homes.store);
  const { command } = configuration.slack;
  return {
    queue: homes.audits,
    memory: createAuditHistories(homes.store),
    mutes: createMutes(homes.store).list,
    collect: collector.collect,
    findTraffic: collector.findTraffic,
    collectNetwork: collector.collectNetwork,
    readExpectations: (audit) => readExpectations(audit, configuration),
    prices: configuration.prices,
    now: nowInSeconds,
    showAnswer,
    wasPosted: async (runId) => (await ledger.read(runId))?.parentTs !== undefined,
    explainFailure: (name, failure) => explainFailedAudit(name, explainFailure(failure, command)),
    explainDefect,
    log,
  };
}

/** Which file it is stands in the configuration, never in a job: whoever may write to the queue reads no files by it. */
async function readExpectations(
  { name, origin }: PlannedAudit,
  { audits }: Configuration,
): Promise<readonly Expectation[] | undefined> {
  const file = origin === 'configuration' ? audits.find((each) => each.name === name)?.expectations : undefined;
  return file === undefined ? undefined : readExpectationsFile(file);
}
