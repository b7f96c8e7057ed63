import type { Configuration } from '../src/config/configuration.ts';
import type { Log } from '../src/log.ts';
import type { Metrics } from '../src/operations/metrics.ts';
import { serveOperations, type OperationsServer } from '../src/operations/serve-operations.ts';
import type { Homes } from './open-homes.ts';

export interface OperationsOf {
  readonly configuration: Pick<Configuration, 'operations'>;
  readonly homes: Homes;
  readonly metrics: Metrics;
  /** Whether Slack can reach us, or whether this process needs no Slack door. */
  readonly isStarted: () => boolean;
  readonly log: Log;
}

/** Health and metrics are a courtesy: a port that is taken keeps nobody from an answer. */
export async function openOperations(parts: OperationsOf): Promise<OperationsServer | undefined> {
  const { configuration, homes, metrics, isStarted, log } = parts;
  const checks = {
    queue: () => homes.queue.ping(),
    store: () => homes.store.ping(),
    slack: async () => {
      if (!isStarted()) throw new Error('not started');
    },
  };
  try {
    return await serveOperations({ ...configuration.operations, checks, metrics });
  } catch (error) {
    log.warn({ err: error, ...configuration.operations }, 'health and metrics are not served');
    return undefined;
  }
}
