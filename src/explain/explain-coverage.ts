import type { Coverage, Diagnosis, LogCoverage, LogReading } from '../engine/diagnosis.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Reading } from '../flowlog/observations.ts';
import type { FlowLogDestination } from '../vpc/flow-log.ts';
import { roughly, shortName } from './phrase.ts';
import { code, joinSpans, sentence, time, type Part, type Sentence } from './sentence.ts';

/** What the flow logs could not show: broken, partial, late or unreadable. Empty when they showed everything. */
export function explainCoverage({ coverage, reading, window, unjudged }: Diagnosis): readonly Sentence[] {
  return [
    ...coverage.logs.flatMap(explainLog),
    ...explainActions(coverage),
    ...explainFreshness(coverage, window.end),
    ...explainRetention(coverage, window.start),
    ...explainMissingFields(coverage),
    ...explainReading(reading),
    ...explainUnjudged(unjudged),
  ];
}

function explainUnjudged(unjudged: Diagnosis['unjudged']): Sentence[] {
  if (unjudged === undefined) return [];
  const flows = roughly(unjudged.flows, 'more flow');
  const records = roughly(unjudged.rejected, 'rejected record');
  return [
    sentence`${capital(flows)} (${records}) ${verb(unjudged.flows)} only counted: there were too many to judge each. To ask about one: ${code('--from')} and ${code('--port')}.`,
  ];
}

function explainLog({ log, reading }: LogCoverage): Sentence[] {
  const trouble = explainTrouble(reading);
  return trouble === undefined
    ? []
    : [sentence`Flow log ${code(log.id)} to ${destinationName(log.destination)}: ${trouble}.`];
}

/** What is wrong with the first log that is not read, short enough for a headline. */
export function explainFirstTrouble({ logs }: Coverage): Sentence | undefined {
  return logs.map(({ reading }) => explainTrouble(reading)).find((trouble) => trouble !== undefined);
}

/** FLOW-88 lists the delivery errors: `Access error` and the like. */
function explainTrouble(reading: LogReading): Sentence | undefined {
  switch (reading.kind) {
    case 'read':
    case 'not-needed':
      return undefined;
    case 'delivery-failed': {
      const error = reading.error === undefined ? '' : ` with "${shortName(reading.error)}"`;
      return sentence`delivery fails${error}`;
    }
    case 'destination-missing':
      return sentence`${shortName(reading.what)} does not exist (any more)`;
    case 'refused':
      return sentence`access denied; allow ${code(reading.action)} to the bot's role`;
    case 'unreachable':
      return sentence`no answer in time (${shortName(reading.detail)})`;
    case 'unreadable-destination':
      return sentence`logs in ${shortName(reading.type)} cannot be read`;
    default:
      return assertNever(reading);
  }
}

function destinationName(destination: FlowLogDestination): Part {
  switch (destination.kind) {
    case 'cloud-watch-logs':
      return sentence`log group ${code(shortName(destination.logGroup))}`;
    case 's3':
      return sentence`bucket ${code(shortName(destination.bucket))}`;
    case 'unreadable':
      return shortName(destination.type);
    default:
      return assertNever(destination);
  }
}

/** Which fates the readable logs record at all (FLOW-85). */
function explainActions({ logs, sees }: Coverage): Sentence[] {
  if (logs.length === 0) return [sentence`No flow log covers this interface, its subnet or its VPC.`];
  if (!sees.reject && sees.accept) return [sentence`Rejected traffic: the flow logs record accepted traffic only.`];
  if (sees.reject && !sees.accept) return [sentence`Accepted traffic: the flow logs record rejected traffic only.`];
  return [];
}

/** FLOW-54. */
function explainFreshness({ freshUntil }: Coverage, end: number): Sentence[] {
  return freshUntil === undefined || freshUntil >= end
    ? []
    : [sentence`Traffic after ${time(freshUntil)} may be incomplete: flow logs take minutes to arrive.`];
}

const DAY = 86_400;

/**
 * A log group keeps its events for a day at least, and none of our calls tells for how long.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
function explainRetention({ freshUntil }: Coverage, start: number): Sentence[] {
  return freshUntil !== undefined && freshUntil - start > DAY
    ? [sentence`Older records that were deleted by now: how long the logs are kept was not read.`]
    : [];
}

/** A field matters by what it would have told: fields that tell the same are named together. */
function explainMissingFields({ missingFields }: Coverage): Sentence[] {
  const uses = new Map<string, string[]>();
  for (const field of missingFields) {
    const use = FIELD_USES.get(field) ?? 'more about the packets';
    uses.set(use, [...(uses.get(use) ?? []), field]);
  }
  const told = [...uses].map(([use, fields]) => sentence`${joinSpans(fields.map(code), ' and ')} (${use})`);
  return told.length === 0 ? [] : [sentence`Not in the log format: ${joinSpans(told, ', ')}.`];
}

const FIELD_USES = new Map([
  ['tcp-flags', 'who opened a connection'],
  ['pkt-srcaddr', 'addresses behind a NAT gateway or middlebox'],
  ['pkt-dstaddr', 'addresses behind a NAT gateway or middlebox'],
  ['flow-direction', 'which way a packet went'],
  ['reject-reason', 'rejects by VPC Block Public Access'],
  ['traffic-path', 'the way out of the VPC'],
]);

function explainReading(reading: Reading): Sentence[] {
  const { malformed, undirected, stoppedEarly } = reading;
  return [
    ...(malformed.count === 0
      ? []
      : [
          sentence`${capital(roughly(malformed.count, 'flow log line'))} could not be read and ${verb(malformed.count)} left out.`,
        ]),
    ...(undirected.count === 0
      ? []
      : [
          sentence`${capital(roughly(undirected.count, 'record'))} did not tell which way the packet went and ${verb(undirected.count)} left out.`,
        ]),
    ...(stoppedEarly === undefined
      ? []
      : [sentence`Not all records were read: ${STOPPED[stoppedEarly]}. Ask for a shorter time.`]),
  ];
}

function verb(n: number): string {
  return n === 1 ? 'was' : 'were';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const STOPPED: Readonly<Record<NonNullable<Reading['stoppedEarly']>, string>> = {
  'record-limit': 'there were too many',
  'byte-limit': 'the logs were too large',
  'time-limit': 'the time was up',
  'flow-limit': 'there were too many different flows',
};
