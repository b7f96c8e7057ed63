import type { LogReading } from '../engine/diagnosis.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Reading } from '../flowlog/observations.ts';
import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import type { CallName } from './calls.ts';
import { LogIntake } from './log-intake.ts';
import type { LogScene } from './log-scene.ts';
import { readEvents } from './read-events.ts';
import { readLogFiles } from './read-log-files.ts';
import { nameOf, type ReadableDestination, type ReadableFlowLog } from './readable-destination.ts';
import { toRefusal } from './to-failure.ts';
import { unreadReading } from './unread-reading.ts';

export interface LogOutcome {
  readonly reading: LogReading;
  /** What of it could not be read although some was. */
  readonly refusal?: RawRefusal;
  readonly stopped?: NonNullable<Reading['stoppedEarly']>;
}

/** Reads one log as far as limits and AWS allow. What was read counts, however it ended. */
export async function readLog(log: ReadableFlowLog, scene: LogScene): Promise<LogOutcome> {
  const intake = new LogIntake(log, scene);
  const trouble = await readFrom(log, scene, intake).catch(expected);
  intake.end();
  // A query has a time of its own.
  const isTimeUp = intake.query === undefined && scene.asking.signal.aborted;
  const stopped = isTimeUp ? 'time-limit' : intake.stopped;
  const ending = stopped === undefined ? {} : { stopped };
  if (trouble === undefined) return { reading: readingOf(log, intake), ...ending };
  if (!intake.hasBegun) return { reading: unreadReading(trouble.failure, log.destination, trouble.cause) };
  // Time being up is said once, as the end of the reading, not as a refusal as well.
  const refusal = stopped ?? toRefusal(trouble.failure, CALL_OF[log.destination.kind], nameOf(log.destination));
  return { reading: readingOf(log, intake), ...ending, ...(typeof refusal === 'object' ? { refusal } : {}) };
}

/** Answers what went wrong in part; throws what went wrong altogether. */
async function readFrom(log: ReadableFlowLog, scene: LogScene, intake: LogIntake): Promise<ExpectedError | undefined> {
  const { destination, trafficType, aggregationInterval } = log;
  if (destination.kind === 's3') return readLogFiles({ log, destination }, scene, intake);
  const { interfaceId, window, only } = scene;
  const place = { logGroup: destination.logGroup, interfaceId, window, aggregationInterval, trafficType };
  const source = { ...place, ...(only !== undefined && { only }) };
  return readEvents(source, scene, intake);
}

function expected(error: unknown): ExpectedError {
  if (!(error instanceof ExpectedError) || error.failure.kind === 'cancelled') throw error;
  return error;
}

/** AWS's word on delivery outweighs what we found: some records may be there and others not (FLOW-87, FLOW-88). */
function readingOf({ delivery }: ReadableFlowLog, { records, query }: LogIntake): LogReading {
  if (delivery.status !== 'failed') return { kind: 'read', records, ...(query !== undefined && { query }) };
  return { kind: 'delivery-failed', ...(delivery.error === undefined ? {} : { error: delivery.error }) };
}

const CALL_OF = { 'cloud-watch-logs': 'FilterLogEvents', s3: 'GetObject' } as const satisfies Record<
  ReadableDestination['kind'],
  CallName
>;
