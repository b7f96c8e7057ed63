import type { NetworkInterfaceId } from '../vpc/ids.ts';

/** The most that a query of CloudWatch Logs Insights gives (API-42). */
export const MOST_INSIGHTS_ROWS = 100_000;

/**
 * The records of one interface as CloudWatch Logs Insights is asked for them, whatever the format of the flow log
 * (API-49): the lines themselves, for our own reader. Rejects come first, then the newest: they are few among very many
 * and what the question is about, and where there are more lines than a query gives, the oldest accepts are left out. The
 * order is one number, so that one query tells both.
 *
 * Streams are observed to be named after the interface, which AWS does not promise (FLOW-92), and a format may not hold
 * the interface: either will do. Lines that only mention it are recognised by the reader.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function insightsQuery(interfaceId: NetworkInterfaceId, mostRows: number): string {
  return [
    `fields strcontains(@message, "REJECT") * ${REJECTS_FIRST} + toMillis(@timestamp) as rank`,
    `filter @message like "${interfaceId}" or @logStream like "${interfaceId}-"`,
    'sort rank desc',
    'display @timestamp, @message',
    `limit ${Math.min(mostRows, MOST_INSIGHTS_ROWS)}`,
  ].join('\n| ');
}

/** More milliseconds than any timestamp has, and few enough for a sum that is exact. */
const REJECTS_FIRST = 10_000_000_000_000;
