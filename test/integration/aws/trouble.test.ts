import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import type { FaultKind } from '../../../demo/aws/faults.ts';
import { eni } from '../../support/ids.ts';
import { accept, reject } from '../../support/flow-lines.ts';
import { ACCOUNT } from '../../support/vpc-plan.ts';
import { PLAIN_VPC, WEB_VPC } from './accounts.ts';
import { logGroupOf, ofWeb } from './log-world.ts';
import { byEni, connect, failureOf } from './world.ts';

const LINES = [
  reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:00')),
  accept('192.0.2.9:40001 -> 10.0.1.10:443 tcp', ofWeb('12:10:00')),
];
const WEB = { snapshot: WEB_VPC.flowLog().build().raw, logGroups: [logGroupOf(LINES)] };
const PLAIN = { snapshot: PLAIN_VPC.flowLog().build().raw, logGroups: [logGroupOf(LINES)] };

/** Without what differs from one asking to the next. */
const answerOf = ({ snapshots, observations }: { snapshots: readonly object[]; observations: object }) => ({
  snapshots: snapshots.map((each) => ({ ...each, takenAt: '' })),
  observations,
});

it('answers the same from pages of one item as from whole ones', async () => {
  const { aws, collect } = await connect([WEB]);
  const whole = answerOf(await collect(byEni('web')));

  aws.setPaging({ pageSize: 1 });
  const { cost, ...paged } = await collect(byEni('web'));

  expect(answerOf(paged)).toEqual(whole);
  expect(cost.rounds).toBeGreaterThan(3);
});

it('says what it did not read when there are more pages than it is willing to', async () => {
  const { aws, collect } = await connect([WEB], { limits: { pages: 2 } });
  aws.setPaging({ pageSize: 1 });

  const { snapshots } = await collect(byEni('web'));

  expect(snapshots[0]?.refusals).toContainEqual({ action: 'ec2:DescribeSecurityGroupRules', because: 'unreachable' });
});

it('gets through when some calls are throttled', async () => {
  const { aws, collect } = await connect([PLAIN]);
  aws.faults.add({ action: '*', kind: { kind: 'throttle' }, calls: [2, 5, 7, 9] });

  const { observations, snapshots } = await collect(byEni('web'));

  expect(snapshots[0]?.refusals).toEqual([]);
  expect(observations.reading.records).toBe(2);
});

it.each([0.2, 0.6])('loses nothing in silence when a share of %d is throttled', async (probability) => {
  const { aws, collect } = await connect([PLAIN]);
  for (const action of PARTS.values()) aws.faults.add({ action, kind: { kind: 'throttle' }, probability });

  const snapshot = (await collect(byEni('web'))).snapshots[0]!;

  const lost = [...PARTS].flatMap(([member, action]) => (snapshot[member] === undefined ? [action] : []));
  expect(snapshot.refusals).toEqual(lost.map((action) => ({ action, because: 'throttled' })));
});

/** Members of the snapshot and the action that reads each, in the order in which refusals are told. */
const PARTS = new Map([
  ['SecurityGroups', 'ec2:DescribeSecurityGroups'],
  ['SecurityGroupRules', 'ec2:DescribeSecurityGroupRules'],
  ['NetworkAcls', 'ec2:DescribeNetworkAcls'],
  ['Subnets', 'ec2:DescribeSubnets'],
  ['Vpcs', 'ec2:DescribeVpcs'],
  ['VpcPeeringConnections', 'ec2:DescribeVpcPeeringConnections'],
]);

it.each<[string, FaultKind, string]>([
  ['throttled', { kind: 'throttle' }, 'throttled'],
  ['out of order', { kind: 'internal-error' }, 'unreachable'],
  ['cut off', { kind: 'reset' }, 'unreachable'],
  ['nonsense', { kind: 'malform' }, 'unreachable'],
])('goes on without a part whose call stays %s', async (_how, kind, because) => {
  const { aws, collect } = await connect([PLAIN]);
  aws.faults.add({ action: 'ec2:DescribeSubnets', kind });

  const { interfaceId, snapshots } = await collect(byEni('web'));

  expect(interfaceId).toBe(eni('web'));
  expect(snapshots[0]?.refusals).toEqual([{ action: 'ec2:DescribeSubnets', because }]);
});

it('goes on without a part whose call is not answered in time', async () => {
  const { aws, collect } = await connect([PLAIN], { limits: { requestMilliseconds: 1_500 } });
  aws.faults.add({ action: 'ec2:DescribeSubnets', kind: { kind: 'hang' } });

  const { snapshots } = await collect(byEni('web'));

  expect(snapshots[0]?.refusals).toEqual([{ action: 'ec2:DescribeSubnets', because: 'unreachable' }]);
});

it.each<[string, FaultKind, object]>([
  ['throttled', { kind: 'throttle' }, { kind: 'throttled', service: 'EC2' }],
  ['silent', { kind: 'hang' }, { kind: 'unreachable', service: 'EC2' }],
])('has no answer when the interface itself cannot be looked for: %s', async (_how, kind, failure) => {
  const { aws, collect } = await connect([PLAIN], { limits: { requestMilliseconds: 500 } });
  aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind });

  expect(await failureOf(collect(byEni('web')))).toMatchObject(failure);
});

it('tries three times and no more', async () => {
  const { aws, collect } = await connect([PLAIN]);
  aws.faults.add({ action: 'ec2:DescribeSubnets', kind: { kind: 'internal-error' } });

  const { cost } = await collect(byEni('web'));

  const attempts = aws.calls.filter(({ operation }) => operation === 'DescribeSubnets').length;
  expect(attempts).toBe(3);
  // An attempt repeated is no other call.
  expect(cost.calls).toBe(aws.calls.length - 2);
});

it('answers with what it has when time is up', async () => {
  const { aws, collect } = await connect([PLAIN], { limits: { collectMilliseconds: 3_000 } });
  aws.faults.add({ action: 'ec2:DescribeVpcs', kind: { kind: 'hang' } });

  const { snapshots } = await collect(byEni('web'));

  expect(snapshots[0]?.refusals).toEqual([{ action: 'ec2:DescribeVpcs', because: 'unreachable' }]);
});

it('ends when it is told to, wherever it is', async () => {
  const { aws, collect } = await connect([PLAIN]);
  aws.faults.add({ action: 'ec2:DescribeSubnets', kind: { kind: 'hang' } });
  const asker = new AbortController();
  const question = collect(byEni('web'), {}, asker.signal);
  await expect.poll(() => aws.calls.some(({ operation }) => operation === 'DescribeSubnets')).toBe(true);

  asker.abort();

  expect(await failureOf(question)).toMatchObject({ kind: 'cancelled' });
});

it('asks nobody when it is told to end before it begins', async () => {
  const { aws, collect } = await connect([PLAIN]);

  expect(await failureOf(collect(byEni('web'), {}, AbortSignal.abort()))).toMatchObject({ kind: 'cancelled' });
  expect(aws.calls).toEqual([]);
});

it('leaves nothing listening to the signal of who asked, however many ask at once', async () => {
  const { collect } = await connect([WEB]);
  const { signal } = new AbortController();

  await Promise.all(Array.from({ length: 12 }, () => collect(byEni('web'), {}, signal)));

  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('stops listing flow logs when there is no interface to list them for', async () => {
  const { aws, collect } = await connect([PLAIN]);
  aws.faults.add({ action: 'ec2:DescribeFlowLogs', kind: { kind: 'hang' } });

  expect(await failureOf(collect(byEni('gone')))).toMatchObject({ kind: 'no-such-resource' });
});

it('stops everything when credentials run out in the middle', async () => {
  const { aws, collect } = await connect([PLAIN]);
  const expired = { kind: 'error', code: 'RequestExpired', status: 400 } as const;
  aws.faults.add({ action: 'ec2:DescribeSubnets', kind: expired });

  expect(await failureOf(collect(byEni('web')))).toEqual({ kind: 'no-credentials', detail: 'RequestExpired' });
});

it('tells steps as they happen, the first ones in order', async () => {
  const { collect, steps } = await connect([PLAIN]);

  const { snapshots } = await collect(byEni('web'));

  expect(snapshots[0]).toMatchObject({ accountId: ACCOUNT });
  expect(steps).toEqual([
    { kind: 'finding-interface' },
    { kind: 'reading-configuration' },
    { kind: 'reading-flow-logs', records: 2 },
  ]);
});
