import type { Coverage, Diagnosis, LogCoverage, LogReading } from '../engine/diagnosis.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Reading } from '../flowlog/observations.ts';
import type { FlowLogDestination } from '../vpc/flow-log.ts';
import { count, formatList, roughly, shortName } from './phrase.ts';
import { code, sentence, time, type Part, type Sentence } from './sentence.ts';

/** What the flow logs could not show: broken, partial, late or unreadable. Empty when they showed everything. */
export function explainCoverage({ coverage, reading, window }: Diagnosis): readonly Sentence[] {
  return [
    ...coverage.logs.flatMap(explainLog),
    ...explainActions(coverage),
    ...explainFreshness(coverage, window.end),
    ...explainMissingFields(coverage),
    ...explainReading(reading),
  ];
}

function explainLog({ log, reading }: LogCoverage): Sentence[] {
  const trouble = explainTrouble(reading);
  return trouble === undefined
    ? []
    : [sentence`Flow log ${code(log.id)} to ${destinationName(log.destination)}: ${trouble}.`];
}

/** FLOW-88 lists the delivery errors: `Access error` and the like. */
function explainTrouble(reading: LogReading): Sentence | undefined {
  switch (reading.kind) {
    case 'read':
    case 'not-needed':
      return undefined;
    case 'delivery-failed': {
      const error = reading.error === undefined ? '' : ` with "${shortName(reading.error)}"`;
      return sentence`AWS cannot deliver it${error}`;
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

export function destinationName(destination: FlowLogDestination): Part {
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
    : [sentence`Traffic after ${time(freshUntil)}: flow logs take minutes to arrive.`];
}

/** A field matters by what it would have told. */
function explainMissingFields({ missingFields }: Coverage): Sentence[] {
  const told = missingFields.map((field) => {
    const use = FIELD_USES.get(field);
    return use === undefined ? field : `${field} (${use})`;
  });
  return told.length === 0 ? [] : [sentence`The log format has no ${formatList(told, 6)}.`];
}

const FIELD_USES = new Map([
  ['tcp-flags', 'who opened a connection'],
  ['pkt-srcaddr', 'senders behind a NAT gateway or middlebox'],
  ['pkt-dstaddr', 'receivers behind a NAT gateway or middlebox'],
  ['flow-direction', 'which way a packet went'],
  ['reject-reason', 'VPC Block Public Access'],
  ['traffic-path', 'the way out'],
]);

function explainReading(reading: Reading): Sentence[] {
  const { malformed, undirected, stoppedEarly } = reading;
  return [
    ...(malformed.count === 0
      ? []
      : [
          sentence`${capitalCount(malformed.count, 'flow log line')} could not be read and ${verb(malformed.count)} left out.`,
        ]),
    ...(undirected.count === 0
      ? []
      : [
          sentence`${capitalCount(undirected.count, 'record')} did not tell which way the packet went and ${verb(undirected.count)} left out.`,
        ]),
    ...(stoppedEarly === undefined
      ? []
      : [sentence`Not all records were read: ${STOPPED[stoppedEarly]}. Ask for a shorter time.`]),
  ];
}

function verb(n: number): string {
  return n === 1 ? 'was' : 'were';
}

function capitalCount(n: number, noun: string): string {
  const words = n < 10_000 ? count(n, noun) : roughly(n, noun);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const STOPPED: Readonly<Record<NonNullable<Reading['stoppedEarly']>, string>> = {
  'record-limit': 'there were too many',
  'byte-limit': 'the logs were too large',
  'time-limit': 'the time was up',
  'flow-limit': 'there were too many different flows',
};
