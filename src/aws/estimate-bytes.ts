import type { TimeWindow } from '../lang/time.ts';

interface Sample {
  readonly message: string;
  readonly timestampMilliseconds?: number;
}

/**
 * What an interface logs in a window, as one page of its records lets expect: CloudWatch Logs tells no size of a stream,
 * and the size of a group says nothing of one interface. `undefined` for a page without times.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html
 */
export function estimateBytes(page: readonly Sample[], { start, end }: TimeWindow): number | undefined {
  const times = page.flatMap(({ timestampMilliseconds }) => timestampMilliseconds ?? []);
  if (times.length === 0) return undefined;
  const bytes = page.reduce((sum, { message }) => sum + message.length, 0);
  const [first, last] = times.reduce(([least, most], time) => [Math.min(least, time), Math.max(most, time)], [
    Infinity,
    -Infinity,
  ] as readonly [number, number]);
  const seconds = Math.max(1, (last - first) / 1000);
  return Math.round(bytes * Math.max(1, (end - start) / seconds));
}
