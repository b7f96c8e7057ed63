import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeQueriesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from 'vitest';

import { ACCOUNT, REGION, connect } from './connect.ts';

const line = (address: string, action: string) =>
  `2 ${ACCOUNT} eni-1 ${address} 10.0.0.1 40000 443 6 1 40 1760000000 1760000060 ${action} OK`;
const ACCEPTED = line('10.0.0.2', 'ACCEPT');
const REJECTED = line('10.0.0.3', 'REJECT');

const GROUP = {
  name: '/vpc/flow-logs',
  streams: [
    {
      name: 'eni-1-all',
      events: [
        { timestampMs: 1000, message: ACCEPTED },
        { timestampMs: 3000, message: REJECTED },
      ],
    },
    { name: 'eni-1-reject', events: [{ timestampMs: 2000, message: REJECTED }] },
    { name: 'eni-2-all', events: [{ timestampMs: 2500, message: ACCEPTED }] },
  ],
};
const ARCHIVE = { name: '/vpc/archive', class: 'INFREQUENT_ACCESS' as const, streams: [] };
const LOGS = { logGroups: [GROUP, ARCHIVE] };
const IN_GROUP = { logGroupName: GROUP.name };

it.each<[string, Partial<FilterLogEventsCommandInput>, number[]]>([
  ['everything, in order of time', {}, [1000, 2000, 2500, 3000]],
  ['newest first', { startFromHead: false }, [3000, 2500, 2000, 1000]],
  ['streams by prefix', { logStreamNamePrefix: 'eni-1-' }, [1000, 2000, 3000]],
  ['streams by name', { logStreamNames: ['eni-2-all', 'eni-1-reject'] }, [2000, 2500]],
  ['a window, both ends included', { startTime: 2000, endTime: 2500 }, [2000, 2500]],
  ['a term', { filterPattern: 'REJECT' }, [2000, 3000]],
  ['a phrase', { filterPattern: '" REJECT OK"' }, [2000, 3000]],
  ['both terms', { filterPattern: 'REJECT 10.0.0.2' }, []],
  ['either term', { filterPattern: '?10.0.0.2 ?10.0.0.9' }, [1000, 2500]],
  ['no such term', { filterPattern: '-REJECT' }, [1000, 2500]],
  [
    'fields of the default format',
    {
      filterPattern:
        '[version, account, eni, source, destination, srcport, destport, protocol, packets, bytes, windowstart, windowend, action="REJECT", flowlogstatus]',
    },
    [2000, 3000],
  ],
  [
    'fields with a wildcard',
    { filterPattern: '[v, a, eni, src=10.0.0.*, ..., action != REJECT, status]' },
    [1000, 2500],
  ],
  ['fields of another format', { filterPattern: '[v, a, eni]' }, []],
])('filters %s', async (_what, input, times) => {
  const { logs } = await connect(LOGS);

  const { events = [] } = await logs.send(new FilterLogEventsCommand({ ...IN_GROUP, ...input }));

  expect(events.map((event) => event.timestamp)).toEqual(times);
});

it('names stream, time and message of an event', async () => {
  const { logs } = await connect(LOGS);

  const { events } = await logs.send(new FilterLogEventsCommand({ ...IN_GROUP, logStreamNames: ['eni-1-reject'] }));

  expect(events).toMatchObject([{ logStreamName: 'eni-1-reject', timestamp: 2000, message: REJECTED }]);
  expect(events?.[0]?.ingestionTime).toBeGreaterThan(2000);
});

it('takes the ARN of a group', async () => {
  const { logs } = await connect(LOGS);
  const logGroupIdentifier = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP.name}`;

  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupIdentifier }));

  expect(events).toHaveLength(4);
});

it('gives empty pages first and then pages of the size to order, until there is no token', async () => {
  const { aws, logs } = await connect(LOGS);
  aws.setPaging({ pageSize: 3, emptyPages: 2 });

  const pages = [];
  for await (const page of paginateFilterLogEvents({ client: logs }, { ...IN_GROUP })) {
    pages.push(page.events?.length);
  }

  expect(pages).toEqual([0, 0, 3, 1]);
});

it.each<[string, FilterLogEventsCommandInput, string]>([
  ['a group that is gone', { logGroupName: '/vpc/gone' }, 'ResourceNotFoundException'],
  ['a stream that is gone', { ...IN_GROUP, logStreamNames: ['eni-9-all'] }, 'ResourceNotFoundException'],
  ['an Infrequent Access group', { logGroupName: ARCHIVE.name }, 'InvalidOperationException'],
  ['no group', {}, 'InvalidParameterException'],
  ['two names of a group', { ...IN_GROUP, logGroupIdentifier: GROUP.name }, 'InvalidParameterException'],
  [
    'streams by prefix and name',
    { ...IN_GROUP, logStreamNames: ['a'], logStreamNamePrefix: 'a' },
    'InvalidParameterException',
  ],
  ['a bad pattern', { ...IN_GROUP, filterPattern: '[a, b' }, 'InvalidParameterException'],
  ['a bad token', { ...IN_GROUP, nextToken: 'made-up' }, 'InvalidParameterException'],
])('refuses %s', async (_what, input, name) => {
  const { logs } = await connect(LOGS);

  await expect(logs.send(new FilterLogEventsCommand(input))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  });
});

it('refuses what the account may not do', async () => {
  const { logs } = await connect({ ...LOGS, denied: ['logs:FilterLogEvents'] });

  await expect(logs.send(new FilterLogEventsCommand(IN_GROUP))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('logs:FilterLogEvents'),
  });
});

it('reads one stream to its end, where the token repeats', async () => {
  const { logs } = await connect(LOGS);
  const stream = { ...IN_GROUP, logStreamName: 'eni-1-all', limit: 1 };

  const first = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
  const second = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: first.nextForwardToken }));
  const end = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: second.nextForwardToken }));
  const newest = await logs.send(new GetLogEventsCommand(stream));
  const back = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: newest.nextBackwardToken }));

  expect([first, second, end, newest, back].map(({ events }) => events?.map((event) => event.timestamp))).toEqual([
    [1000],
    [3000],
    [],
    [3000],
    [1000],
  ]);
  expect(end.nextForwardToken).toBe(second.nextForwardToken);
});

it('leaves the end of the window out when reading one stream', async () => {
  const { logs } = await connect(LOGS);

  const { events } = await logs.send(
    new GetLogEventsCommand({ ...IN_GROUP, logStreamName: 'eni-1-all', startTime: 1000, endTime: 3000 }),
  );

  expect(events?.map((event) => event.timestamp)).toEqual([1000]);
});

it('lists groups and streams', async () => {
  const { logs } = await connect(LOGS);

  const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/vpc/a' }));
  const all = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'FLOW' }));
  const streams = await logs.send(new DescribeLogStreamsCommand({ ...IN_GROUP, logStreamNamePrefix: 'eni-1' }));

  expect(groups.logGroups).toMatchObject([{ logGroupName: ARCHIVE.name, logGroupClass: 'INFREQUENT_ACCESS' }]);
  expect(all.logGroups).toMatchObject([
    { logGroupName: GROUP.name, arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP.name}:*` },
  ]);
  expect(streams.logStreams?.map((stream) => stream.logStreamName)).toEqual(['eni-1-all', 'eni-1-reject']);
});

it('knows no other operation', async () => {
  const { logs } = await connect(LOGS);

  await expect(logs.send(new DescribeQueriesCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
});

it.each([
  ['a command that is none', 'fields @timestamp, @message | dedup @message'],
  ['a filter that it does not know', 'filter srcAddr = "10.0.0.2"'],
])('Insights refuses %s, as AWS refuses what it cannot parse', async (_, queryString) => {
  const { logs } = await connect(LOGS);
  const query = new StartQueryCommand({ logGroupName: GROUP.name, startTime: 0, endTime: 1, queryString });

  await expect(logs.send(query)).rejects.toMatchObject({ name: 'MalformedQueryException' });
});

it('Insights knows no query that nobody began', async () => {
  const { logs } = await connect(LOGS);

  await expect(
    logs.send(new GetQueryResultsCommand({ queryId: '00000000-demo-0000-0000-000000000009' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
