import { parseArgs } from 'node:util';
import { queueSettings, readConfiguration, slackSettings } from '../../src/config/read-settings.ts';
import { ConfigurationError } from '../../src/config/configuration-error.ts';
import { ExpectedError } from '../../src/failure/expected-error.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/operations/metrics.ts';
import type { Tracing } from '../../src/operations/start-tracing.ts';
import { startBot, type Role } from '../bot.ts';
import { EXIT } from '../exit-codes.ts';
import { openHomes } from '../open-homes.ts';
import { openOperations } from '../operations.ts';
import type { Terminal } from '../terminal.ts';

/** Orchestrators kill after 30 s; what is not done by then is put back for another worker. */
const GRACE_MS = 20_000;

const ROLES: readonly Role[] = ['all', 'bot', 'worker'];

/** `vpc-why start [--role all|bot|worker]`: runs until told to end. */
export async function runStart(words: readonly string[], { environment, signal }: Terminal): Promise<number> {
  const role = readRole(words);
  const configuration = readConfiguration(environment);
  const settings = queueSettings(configuration, environment);
  refuseHalves(role, settings.kind);
  // Missing secrets are told before the queue is opened, which takes seconds.
  slackSettings(configuration, environment);
  const log = createLog(configuration.log.level);
  const tracing = await traceIfWanted(environment);
  const homes = await openHomes(settings, log, tracing?.telemetry);
  const metrics = createMetrics(() => homes.queue.counts());
  let started = false;
  const operations = await openOperations({ configuration, homes, metrics, isStarted: () => started, log });
  try {
    const bot = await startBot({ role, configuration, environment, homes, metrics, log });
    started = true;
    log.info({ role, queue: settings.kind, url: bot.url, operations: operations?.url }, 'started');
    await aborted(signal);
    log.info({}, 'stopping');
    started = false;
    await bot.stop(GRACE_MS);
  } finally {
    await operations?.close();
    await homes.close();
    await tracing?.stop().catch((err: unknown) => log.warn({ err }, 'the last traces are lost'));
  }
  log.info({}, 'stopped');
  return EXIT.answered;
}

/** Loaded only where somebody collects traces. */
async function traceIfWanted(environment: Terminal['environment']): Promise<Tracing | undefined> {
  const isWanted = TRACE_VARIABLES.some((name) => (environment[name] ?? '') !== '');
  return isWanted ? (await import('../../src/operations/start-tracing.ts')).startTracing() : undefined;
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
const TRACE_VARIABLES = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

function readRole(words: readonly string[]): Role {
  const { values } = parseArgs({ args: [...words], options: { role: { type: 'string', default: 'all' } } });
  const role = ROLES.find((known) => known === values.role);
  if (role !== undefined) return role;
  throw new ExpectedError({ kind: 'not-understood', input: `--role ${values.role}`, expected: ROLES.join(', ') });
}

/** The embedded queue lives in one process: two halves would each have a queue of their own. */
function refuseHalves(role: Role, queue: 'redis' | 'embedded'): void {
  if (role === 'all' || queue === 'redis') return;
  throw new ConfigurationError([
    {
      where: 'REDIS_URL',
      key: '',
      expected: `a Redis URL, because --role ${role} shares its queue with other processes`,
    },
  ]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
