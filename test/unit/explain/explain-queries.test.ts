import { expect, it } from 'vitest';
import type { LogQuery } from '../../../src/engine/diagnosis.ts';
import { explainDiagnosis } from '../../../src/explain/explain-diagnosis.ts';
import { explainQueries } from '../../../src/explain/explain-queries.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { renderJson } from '../../../src/render/json.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { diagnosis, flowLogOf } from '../../support/build-diagnosis.ts';

const INSIGHTS: LogQuery = {
  service: 'logs-insights',
  size: 3.2e9,
  scanned: 12.4e9,
  cost: 0.062,
  price: { amount: 0.005, currency: 'USD', per: 'GB' },
};
const { size: _size, ...UNSIZED } = INSIGHTS;

const asked = (query?: LogQuery) => {
  const { coverage } = diagnosis([]);
  const log = flowLogOf({ kind: 'read', records: 1_284, ...(query !== undefined && { query }) });
  return diagnosis([], { coverage: { ...coverage, logs: [log] } });
};
const told = (query?: LogQuery) => explainQueries(asked(query).coverage).map(plainText);

it.each<[string, LogQuery | undefined, readonly string[]]>([
  [
    'of a large log',
    INSIGHTS,
    ['one Logs Insights query in place of reading about 3.2 GB: 12 GB scanned, about 0.06 USD at 0.005 USD per GB'],
  ],
  [
    'of a log that cannot be read',
    { ...UNSIZED, scanned: 2e6, cost: 0.00001 },
    [
      'one Logs Insights query, which alone reads this class of log group: 2 MB scanned, less than 0.01 USD at 0.005 USD per GB',
    ],
  ],
  [
    'to Athena',
    { ...INSIGHTS, service: 'athena', price: { amount: 5, currency: 'USD', per: 'TB' } },
    ['one Athena query in place of reading about 3.2 GB: 12 GB scanned, about 0.06 USD at 5 USD per TB'],
  ],
  ['that was not made', undefined, []],
])('a query %s', (_, query, words) => {
  expect(told(query)).toEqual(words);
});

it('the answer says so below the verdict', () => {
  const thread = explainDiagnosis(asked(INSIGHTS), {});

  expect(renderMarkdown(thread)).toContain(told(INSIGHTS)[0]);
});

it('machines are told exactly', () => {
  const [log] = renderJson(asked(INSIGHTS)).coverage.flowLogs;

  expect(log).toMatchObject({
    reading: 'read',
    records: 1_284,
    query: {
      service: 'logs-insights',
      sizeBytes: 3.2e9,
      scannedBytes: 12.4e9,
      cost: 0.062,
      price: { amount: 0.005, currency: 'USD', per: 'GB' },
    },
  });
});
