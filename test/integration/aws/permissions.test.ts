import { expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../src/audit/prices.ts';
import { CALLS } from '../../../src/aws/calls.ts';
import { assumeRolePolicy, iamPolicy } from '../../../src/aws/iam-policy.ts';
import { queriesOf, type LargeLogs } from '../../../src/aws/large-logs.ts';
import { parseAccountId, parseRegion } from '../../../src/vpc/ids.ts';
import { accept, clock, reject } from '../../support/flow-lines.ts';
import { sg } from '../../support/ids.ts';
import { ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { BOTH_ACCOUNTS, PARTNER, WEB_VPC, withRole } from './accounts.ts';
import { NETWORK } from './network.ts';
import { BUCKET, bucketOf, keyOf, logGroupOf, ofWeb, textFile, TO_BUCKET } from './log-world.ts';
import { byAddress, byEni, byInstance, connect } from './world.ts';

/**
 * One account with everything there is to read: rejects in CloudWatch Logs and accepts in S3, a group that refers to
 * everything, reached by a role or by keys of its own. That nobody ever asks for more is held by `connect` in every test.
 */
const EVERYTHING = withRole({
  snapshot: WEB_VPC.flowLog({ trafficType: 'REJECT' }, 'rejects')
    .flowLog({ trafficType: 'ACCEPT', ...TO_BUCKET }, 'accepts')
    .build().raw,
  logGroups: [
    logGroupOf([
      reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:00')),
      reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:06:00')),
    ]),
  ],
  buckets: [
    bucketOf({
      [keyOf({ at: '12:05:00', log: 'accepts' })]: textFile([
        accept('192.0.2.9:40001 -> 10.0.1.10:443 tcp', ofWeb('12:05:10')),
      ]),
    }),
  ],
  tables: [{ bucket: BUCKET, database: 'logs', table: 'flows' }],
});

/** Whatever there is to read is too much, and whatever is scanned is enough. */
const ALWAYS_QUERIED: LargeLogs = {
  insights: { fromBytes: 1, scanBytes: 1 },
  athena: {
    fromBytes: 1,
    tables: [{ bucket: BUCKET, database: 'logs', table: 'flows', partitions: 'date', workgroup: 'primary' }],
  },
  queryMilliseconds: 10_000,
  prices: DEFAULT_PRICES,
};

async function askEverything(): Promise<ReadonlySet<string>> {
  const own = await connect([EVERYTHING]);
  for (const target of [byEni('web'), byInstance('web'), byAddress('10.0.1.10')]) await own.collect(target);
  await own.collector.collectChanges(
    {
      scope: { accountId: parseAccountId(ACCOUNT)!, region: parseRegion(REGION)! },
      objectIds: [sg('web')],
      since: clock('12:00:00'),
      askedBy: 'U024BE7LH',
    },
    { signal: new AbortController().signal, onStep: () => undefined },
  );
  const byRole = await connect([EVERYTHING, PARTNER], { settings: BOTH_ACCOUNTS });
  await byRole.collect(byEni('web'));
  const network = await connect([NETWORK]);
  await network.collector.collectNetwork(
    { scope: {}, askedBy: 'U024BE7LH' },
    { signal: new AbortController().signal, onStep: () => undefined },
  );
  const byQuery = await connect([EVERYTHING], { settings: { largeLogs: ALWAYS_QUERIED } });
  byQuery.aws.setPaging({ pageSize: 1, runningLooks: 1 });
  await byQuery.collect(byEni('web'));
  const inVain = await connect([EVERYTHING], {
    settings: { largeLogs: { ...ALWAYS_QUERIED, queryMilliseconds: 100 } },
  });
  inVain.aws.setPaging({ runningLooks: 1_000 });
  await inVain.collect(byEni('web'));
  return new Set([own, byRole, network, byQuery, inVain].flatMap(({ actions }) => actions()));
}

/** In the caller's name. */
const ATHENA_DOES = /^(glue:Get|s3:(GetBucketLocation|PutObject|AbortMultipartUpload)$)/;

it('asks for exactly what the list of calls says, and the policies allow exactly that', async () => {
  const asked = await askEverything();

  const roleArns = BOTH_ACCOUNTS.accounts.map(({ roleArn }) => roleArn);
  const statements = [...iamPolicy({ largeLogs: ALWAYS_QUERIED }).Statement, ...assumeRolePolicy(roleArns).Statement];
  expect(asked).toEqual(new Set(Object.values(CALLS).map(({ action }) => action)));
  const allowed = statements.flatMap(({ Action }) => Action).filter((action) => !ATHENA_DOES.test(action));
  expect(asked).toEqual(new Set(allowed));
});

it('asks for nothing that writes: a query is begun and ended, and changes nothing', () => {
  const writes = Object.values(CALLS).filter(
    ({ action }) => !/:(Describe|Get|List|Search|Lookup|Filter|Assume|StartQuery|StopQuery)/.test(action),
  );

  expect(writes).toEqual([]);
});

it('checks what it would need without reading anything: dry runs, and one item of each destination', async () => {
  const { collector, aws } = await connect([EVERYTHING]);
  const queries: readonly string[] = queriesOf(ALWAYS_QUERIED);

  const checks = await collector.checkAccess();

  expect(checks.filter(({ refused }) => refused !== undefined)).toEqual([]);
  expect(new Set(checks.map(({ action }) => action))).toEqual(
    new Set(
      Object.values(CALLS)
        .filter((call) => !queries.includes(call.for))
        .map(({ action }) => action)
        .filter((action) => action !== 's3:GetObject' && action !== 'sts:AssumeRole'),
    ),
  );
  const describes = aws.calls.filter(
    ({ operation, input }) => /^(Describe|GetManaged|GetTransit|Search)/.test(operation) && !input['DryRun'],
  );
  const sizes = new Map(describes.map(({ operation, input }) => [operation, sizeOf(input)]));
  expect(sizes).toHaveProperty('size', describes.length);
  expect(Object.fromEntries(sizes)).toEqual({
    DescribeFlowLogs: 1000,
    DescribeListeners: 'nobody',
    DescribeLoadBalancerAttributes: 'nobody',
    DescribeLoadBalancers: 1,
    DescribeLogGroups: 1,
    DescribeTargetGroupAttributes: 'nobody',
    DescribeTargetGroups: 1,
    DescribeTargetHealth: 'nobody',
  });
});

/** How many items a call may have brought; none where it asked about something that is not there. */
function sizeOf(input: Readonly<Record<string, unknown>>): unknown {
  const isAboutNobody = Object.values(input).some((value) => String(value).includes('/nobody/'));
  return isAboutNobody ? 'nobody' : (input['MaxResults'] ?? input['PageSize'] ?? input['limit']);
}

it('names what is refused, and where', async () => {
  const denied = ['ec2:DescribeNetworkAcls', 'logs:FilterLogEvents', 's3:ListBucket'];
  const { collector } = await connect([{ ...EVERYTHING, denied }]);

  const refused = (await collector.checkAccess()).filter((check) => check.refused !== undefined);

  expect(refused.map(({ action, about, place }) => ({ action, about, accountId: place.accountId }))).toEqual([
    { action: 'ec2:DescribeNetworkAcls', about: undefined, accountId: ACCOUNT },
    { action: 'logs:FilterLogEvents', about: 'vpc-flow-logs', accountId: ACCOUNT },
    { action: 's3:ListBucket', about: 'acme-flow-logs', accountId: ACCOUNT },
  ]);
});
