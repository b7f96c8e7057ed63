import { describe, expect, it } from 'vitest';
import type { Diagnosis, LogReading } from '../../../src/engine/diagnosis.ts';
import { explainCoverage } from '../../../src/explain/explain-coverage.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { diagnosis, flowLogOf, reading, TWO_O_CLOCK } from '../../support/build-diagnosis.ts';

const told = (more: Partial<Diagnosis>): readonly string[] => explainCoverage(diagnosis([], more)).map(plainText);
const log = 'Flow log fl-0123456789abcdef0 to log group /vpc/flow-logs: ';

/** The compiler asks for an example of every outcome. */
const OUTCOMES: { readonly [K in LogReading['kind']]: readonly [Extract<LogReading, { kind: K }>, readonly string[]] } =
  {
    read: [{ kind: 'read', records: 1 }, []],
    'not-needed': [{ kind: 'not-needed' }, []],
    'delivery-failed': [
      { kind: 'delivery-failed', error: 'Access error' },
      [`${log}delivery fails with "Access error".`],
    ],
    'destination-missing': [
      { kind: 'destination-missing', what: 'log group /x' },
      [`${log}log group /x does not exist (any more).`],
    ],
    refused: [
      { kind: 'refused', action: 'logs:FilterLogEvents' },
      [`${log}access denied; allow logs:FilterLogEvents to the bot's role.`],
    ],
    unreachable: [{ kind: 'unreachable', detail: 'timed out' }, [`${log}no answer in time (timed out).`]],
    'unreadable-destination': [
      { kind: 'unreadable-destination', type: 'kinesis-data-firehose' },
      [`${log}logs in kinesis-data-firehose cannot be read.`],
    ],
  };

describe('a flow log', () => {
  it.each(Object.entries(OUTCOMES))('that was %s', (_, [outcome, words]) => {
    const { coverage } = diagnosis([]);

    expect(told({ coverage: { ...coverage, logs: [flowLogOf(outcome)] } })).toEqual(words);
  });
});

describe('coverage', () => {
  const { coverage } = diagnosis([]);

  it.each<[string, Partial<Diagnosis['coverage']>, string]>([
    ['none', { logs: [] }, 'No flow log covers this interface, its subnet or its VPC.'],
    [
      'accepted only',
      { sees: { accept: true, reject: false } },
      'Rejected traffic: the flow logs record accepted traffic only.',
    ],
    [
      'rejected only',
      { sees: { accept: false, reject: true } },
      'Accepted traffic: the flow logs record rejected traffic only.',
    ],
    [
      'late',
      { freshUntil: TWO_O_CLOCK },
      'Traffic after 2026-11-23 14:00:00Z may be incomplete: flow logs take minutes to arrive.',
    ],
    [
      'without fields',
      { missingFields: ['tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr', 'new-field'] },
      'Not in the log format: tcp-flags (who opened a connection), pkt-srcaddr and pkt-dstaddr (addresses behind a NAT ' +
        'gateway or middlebox), new-field (more about the packets).',
    ],
  ])('%s is told', (_, more, words) => {
    expect(told({ coverage: { ...coverage, ...more } })).toEqual([words]);
  });

  it.each([
    [24, []],
    [25, ['Older records that were deleted by now: how long the logs are kept was not read.']],
  ])('of %i hours: may the retention of the log have cut it?', (hours, words) => {
    const { window } = diagnosis([]);
    const start = window.end - hours * 3600;

    expect(told({ window: { ...window, start }, coverage: { ...coverage, freshUntil: window.end } })).toEqual(words);
  });

  it('that is complete needs no words', () => {
    expect(told({})).toEqual([]);
  });
});

it('counts what was left out while reading', () => {
  const more = {
    malformed: { count: 1, samples: [] },
    undirected: { count: 12_345, samples: [] },
    stoppedEarly: 'record-limit',
  } as const;

  expect(told({ reading: reading(more) })).toEqual([
    '1 flow log line could not be read and was left out.',
    'About 12,300 records did not tell which way the packet went and were left out.',
    'Not all records were read: there were too many. Ask for a shorter time.',
  ]);
});

it('counts the flows that were too many to judge each', () => {
  expect(told({ unjudged: { flows: 12_345, rejected: 54_321 } })).toEqual([
    'About 12,300 more flows (about 54,300 rejected records) were only counted: there were too many to judge each. To ask about one: --from and --port.',
  ]);
});
