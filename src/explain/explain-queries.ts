import type { Coverage, LogQuery } from '../engine/diagnosis.ts';
import { formatBytes, formatMoney } from './amounts.ts';
import { sentence, type Sentence } from './sentence.ts';

/** Logs that were asked about by a query in place of being read: why, and what AWS charges for it. */
export function explainQueries({ logs }: Coverage): readonly Sentence[] {
  return logs.flatMap(({ reading }) =>
    reading.kind === 'read' && reading.query !== undefined ? [explainQuery(reading.query)] : [],
  );
}

function explainQuery({ service, size, scanned, cost, price }: LogQuery): Sentence {
  const because =
    size === undefined
      ? ', which alone reads this class of log group'
      : ` in place of reading about ${formatBytes(size)}`;
  const charge = `${cost < 0.01 ? '' : 'about '}${formatMoney(cost)} ${price.currency}`;
  return sentence`one ${SERVICES[service]} query${because}: ${formatBytes(scanned)} scanned, ${charge} at ${price.amount} ${price.currency} per ${price.per}`;
}

const SERVICES: Readonly<Record<LogQuery['service'], string>> = {
  'logs-insights': 'Logs Insights',
  athena: 'Athena',
};
