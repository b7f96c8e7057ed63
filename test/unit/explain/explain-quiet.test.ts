import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import { explainQuiet } from '../../../src/explain/explain-quiet.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { diagnosis, reading } from '../../support/build-diagnosis.ts';

const none = { records: 0, accepted: 0, rejected: 0 };
const lines = (count: number) => ({ count, samples: [] });
const scanning = { records: 30, sources: 12, ports: [{ port: 23, records: 30 }], groups: [] };

it.each<[string, Partial<Diagnosis>, string, string]>([
  [
    'nothing but accepted traffic',
    { reading: reading({ records: 9, accepted: 9, rejected: 0 }) },
    'not-blocked',
    'payments-db: nothing was rejected here in this time',
  ],
  ['no record', { reading: reading(none) }, 'no-evidence', 'the flow logs hold no record of it in this time'],
  [
    'scanning',
    { reading: reading({ rejected: 30 }), noise: scanning },
    'not-blocked',
    'only internet background scanning was rejected, as intended',
  ],
  [
    'rejects that went nobody knows which way',
    { reading: reading({ records: 8, accepted: 0, rejected: 8, undirected: lines(8) }) },
    'could-not-check',
    'payments-db: 8 records were left out, rejects among them, for it cannot be told which way the packets went',
  ],
  [
    'the same beside scanning',
    { reading: reading({ accepted: 0, rejected: 31, undirected: lines(1) }), noise: scanning },
    'could-not-check',
    '1 record was left out',
  ],
  [
    'accepted traffic that went nobody knows which way',
    { reading: reading({ records: 9, accepted: 9, rejected: 0, undirected: lines(9) }) },
    'not-blocked',
    'nothing was rejected here in this time',
  ],
  [
    'lines that nobody can read',
    { reading: reading({ ...none, malformed: lines(3) }) },
    'could-not-check',
    'payments-db: 3 flow log lines were found and none could be read',
  ],
])('%s is not called more than it is', (...[, more, tone, words]) => {
  const { tone: told, headline } = explainQuiet(diagnosis([], more));

  expect([told, plainText(headline)]).toEqual([tone, expect.stringContaining(words)]);
});
