import type { Prices } from '../audit/prices.ts';
import type { LogQuery } from '../engine/diagnosis.ts';

/** What is known of a query once it is over. */
export type ScannedLog = Pick<LogQuery, 'service' | 'size' | 'scanned'>;

/** With what it is estimated to cost: both services charge for what they scan (API-46). */
export function chargeQuery(query: ScannedLog, prices: Prices): LogQuery {
  const { currency } = prices;
  const { amount, per, unit, least } = TARIFFS[query.service](prices);
  const charged = Math.max(query.scanned, least);
  return { ...query, cost: (charged / unit) * amount, price: { amount, currency, per } };
}

interface Tariff {
  readonly amount: number;
  readonly per: LogQuery['price']['per'];
  readonly unit: number;
  /** Bytes that are charged for in any case. */
  readonly least: number;
}

/** https://aws.amazon.com/cloudwatch/pricing/ and https://aws.amazon.com/athena/pricing/ */
const TARIFFS: Readonly<Record<LogQuery['service'], (prices: Prices) => Tariff>> = {
  'logs-insights': ({ logsInsightsPerGb }) => ({ amount: logsInsightsPerGb, per: 'GB', unit: 1e9, least: 0 }),
  athena: ({ athenaPerTb }) => ({ amount: athenaPerTb, per: 'TB', unit: 1e12, least: 10e6 }),
};
