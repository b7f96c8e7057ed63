import { expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import { chargeQuery } from '../../../src/aws/charge-query.ts';

const PRICES = {
  'logs-insights': { amount: 0.005, currency: 'USD', per: 'GB' },
  athena: { amount: 5, currency: 'USD', per: 'TB' },
};

it.each([
  ['Logs Insights by the gigabyte', { service: 'logs-insights', scanned: 12.4e9 }, 0.062],
  ['Logs Insights to the byte', { service: 'logs-insights', scanned: 1e6 }, 0.000005],
  ['Athena by the terabyte', { service: 'athena', scanned: 2e11 }, 1],
  ['Athena 10 MB at least', { service: 'athena', scanned: 1_000 }, 0.00005],
] as const)('%s', (_, query, cost) => {
  const charged = chargeQuery(query, DEFAULT_PRICES);

  expect(charged).toMatchObject({ ...query, price: PRICES[query.service] });
  expect(charged.cost).toBeCloseTo(cost, 9);
});

it('with the prices of the configuration', () => {
  const prices = { ...DEFAULT_PRICES, currency: 'EUR', logsInsightsPerGb: 1 };

  expect(chargeQuery({ service: 'logs-insights', size: 7, scanned: 2e9 }, prices)).toMatchObject({
    size: 7,
    cost: 2,
    price: { amount: 1, currency: 'EUR' },
  });
});
