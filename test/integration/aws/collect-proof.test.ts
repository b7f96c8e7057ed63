import { expect, it } from 'vitest';
import { areAllRead } from '../../../src/engine/are-all-read.ts';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import type { ProofRequest } from '../../../src/workflow/sources.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock, accept, reject } from '../../support/flow-lines.ts';
import { eni, sg, vpc } from '../../support/ids.ts';
import { logGroupOf, ofWeb } from './log-world.ts';
import { connect, type World } from './world.ts';

const NETWORK = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .subnet('far', '10.0.2.0/24')
  .securityGroup('web')
  .securityGroup('far')
  .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.10' })
  .interface('web-2', { subnet: 'far', groups: ['web'], address: '10.0.2.11' })
  .interface('far', { subnet: 'far', groups: ['far'], address: '10.0.2.10' })
  .flowLog();
const built = NETWORK.build();

const atDawn = [1, 2, 3].map((port) => reject(`192.0.2.9:4000${port} -> 10.0.1.10:22 tcp`, ofWeb('00:30:00')));
const LINES = [
  reject('192.0.2.9:40000 -> 10.0.1.10:22 tcp', ofWeb('12:05:00')),
  accept('192.0.2.9:40001 -> 10.0.1.10:443 tcp', ofWeb('12:10:00')),
  ...atDawn,
];

const REQUEST: ProofRequest = {
  scope: {},
  askedBy: 'U024BE7LH',
  accountId: built.snapshot.scopes[0]!.accountId,
  interface: built.interface('web'),
  vpcId: vpc('main'),
  groupIds: [sg('web')],
  wholeVpc: false,
  window: { start: clock('12:30:00') - 86_400, end: clock('12:30:00') },
  flowLogs: built.snapshot.flowLogs,
};

const ask = ({ collector }: World, request: Partial<ProofRequest> = {}) =>
  collector.collectProof({ ...REQUEST, ...request }, { signal: new AbortController().signal, onStep: () => undefined });

const world = (options: Parameters<typeof connect>[1] = {}, stream?: string) =>
  connect([{ snapshot: built.raw, logGroups: [logGroupOf(LINES, stream === undefined ? {} : { stream })] }], options);

const interfacesIn = (proof: Awaited<ReturnType<typeof ask>>) => [...parseSnapshot(proof.snapshots).interfaces.keys()];

it('reads the rejects of a day, and those who carry the group', async () => {
  const aws = await world();
  const proof = await ask(aws);
  const snapshot = parseSnapshot(proof.snapshots);

  expect(proof.day!.reading).toMatchObject({ records: 4, rejected: 4, accepted: 0 });
  expect(interfacesIn(proof)).toEqual([eni('web'), eni('web-2')]);
  expect([...snapshot.knownMembersOf]).toEqual([sg('web')]);
  expect(areAllRead(snapshot, 'NetworkInterfaces', vpc('main'))).toBe(false);
  expect(
    aws.aws.calls.filter(({ operation }) => operation === 'FilterLogEvents').map(({ input }) => input['filterPattern']),
  ).toEqual(['REJECT']);
});

it('reads everybody in the VPC where its ACL is to be changed', async () => {
  const proof = await ask(await world(), { groupIds: [], wholeVpc: true });
  const snapshot = parseSnapshot(proof.snapshots);

  expect(interfacesIn(proof).toSorted()).toEqual([eni('web'), eni('web-2'), eni('far')].toSorted());
  expect(areAllRead(snapshot, 'NetworkInterfaces', vpc('main'))).toBe(true);
  expect([...snapshot.securityGroups.keys()].toSorted()).toEqual([sg('web'), sg('far')].toSorted());
});

it('finds records in streams that are named otherwise', async () => {
  const { day } = await ask(await world({}, 'delivery-7'));

  expect(day!.reading).toMatchObject({ rejected: 4, accepted: 0 });
});

it.each([
  ['nobody wants more records', { window: undefined }],
  ['no log shows rejects', { flowLogs: NETWORK.flowLog({ trafficType: 'ACCEPT' }).build().snapshot.flowLogs.slice(1) }],
])('reads no day where %s', async (_, request) => {
  const { window, ...rest } = { ...REQUEST, ...request };
  const aws = await world();
  const { collector } = aws;
  const proof = await collector.collectProof(
    { ...rest, ...(window !== undefined && { window }) },
    { signal: new AbortController().signal, onStep: () => undefined },
  );

  expect(proof.day).toBeUndefined();
  expect(aws.actions()).not.toContain('logs:FilterLogEvents');
});

it('says who was not read, and does not fail', async () => {
  const aws = await world();
  aws.aws.faults.add({ action: 'ec2:DescribeNetworkInterfaces', kind: { kind: 'deny' } });
  const proof = await ask(aws, { wholeVpc: true });
  const snapshot = parseSnapshot(proof.snapshots);

  expect(snapshot.knownMembersOf.size).toBe(0);
  expect(areAllRead(snapshot, 'NetworkInterfaces', vpc('main'))).toBe(false);
  expect(proof.day!.reading.rejected).toBe(4);
});

it('ends with its own time, with what is there by then', async () => {
  const aws = await world({ latencyMs: 3_000, limits: { proofMilliseconds: 400 } });
  const started = performance.now();
  const proof = await ask(aws);

  expect(performance.now() - started).toBeLessThan(1_500);
  expect(proof.day).toBeUndefined();
  expect(interfacesIn(proof)).toEqual([]);
});

it('is cut where there is more than its limits take', async () => {
  const aws = await world({ limits: { proofRecords: 2 } });
  aws.aws.setPaging({ pageSize: 1 });
  const { day } = await ask(aws);

  expect(day!.reading).toMatchObject({ rejected: 2, stoppedEarly: 'record-limit' });
});
