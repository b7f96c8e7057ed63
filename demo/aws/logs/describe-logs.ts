import { cutPage, fingerprint } from '../page.ts';
import type { Page } from '../page.ts';
import { numberOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import type { StandInLogGroup, StandInLogStream } from '../stand-in-account.ts';
import type { ServiceContext } from '../wire.ts';
import { findLogGroup, logGroupArnPrefix } from './find-log-group.ts';

/** The largest `limit` of both calls (API-41). */
const LARGEST_PAGE = 50;

export function describeLogGroups(input: JsonRecord, context: ServiceContext): JsonRecord {
  const { identity, region, account } = context.caller;
  const prefix = textOf(input['logGroupNamePrefix']) ?? '';
  const pattern = (textOf(input['logGroupNamePattern']) ?? '').toLowerCase();
  const groups = (account.logGroups ?? []).filter(
    ({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern),
  );
  const page = pageOf(groups, { operation: 'DescribeLogGroups', input, context });
  const arnPrefix = logGroupArnPrefix(identity.accountId, region);
  return { logGroups: page.items.map((group) => describeGroup(group, arnPrefix)), nextToken: page.nextToken };
}

export function describeLogStreams(input: JsonRecord, context: ServiceContext): JsonRecord {
  const prefix = textOf(input['logStreamNamePrefix']) ?? '';
  const streams = findLogGroup(input, context.caller).streams.filter(({ name }) => name.startsWith(prefix));
  const page = pageOf(streams, { operation: 'DescribeLogStreams', input, context });
  return { logStreams: page.items.map(describeStream), nextToken: page.nextToken };
}

interface Asked {
  readonly operation: string;
  readonly input: JsonRecord;
  readonly context: ServiceContext;
}

function pageOf<Item>(items: readonly Item[], { operation, input, context }: Asked): Page<Item> {
  const size = Math.min(numberOf(input['limit']) ?? LARGEST_PAGE, LARGEST_PAGE);
  return cutPage(items, {
    of: fingerprint(operation, input),
    token: textOf(input['nextToken']),
    size: Math.min(size, context.paging.pageSize ?? size),
    invalidToken: 'InvalidParameterException',
  });
}

function describeGroup(group: StandInLogGroup, arnPrefix: string): JsonRecord {
  return {
    logGroupName: group.name,
    arn: `${arnPrefix}:${group.name}:*`,
    logGroupArn: `${arnPrefix}:${group.name}`,
    logGroupClass: group.class ?? 'STANDARD',
    retentionInDays: group.retentionInDays,
    storedBytes: group.streams.reduce((sum, { events }) => sum + 100 * events.length, 0),
  };
}

function describeStream({ name, events }: StandInLogStream): JsonRecord {
  return { logStreamName: name, firstEventTimestamp: events[0]?.timestampMs, storedBytes: 0 };
}
