import { describe, expect, it } from 'vitest';
import { CALLS } from '../../../src/aws/calls.ts';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni, flowLog, pl, sg, vpc } from '../../support/ids.ts';
import { allow, prefixList, tcp } from '../../support/rules.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { BOTH_ACCOUNTS, PARTNER, PLAIN_VPC, WEB_VPC, withRole } from './accounts.ts';
import { byEni, byInstance, connect, type World } from './world.ts';

const WEB = { snapshot: WEB_VPC.build().raw };
const PLAIN = { snapshot: PLAIN_VPC.build().raw };

const movedTo = (vpcId: string, resource: object) => ({ ...resource, VpcId: vpcId });

/** Every operation with how often it was called. */
function operations({ aws }: World): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation } of aws.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

describe('what is asked', () => {
  it('is no more than what the interface leads to', async () => {
    const world = await connect([PLAIN]);

    const { cost } = await world.collect(byEni('web'));

    expect(operations(world)).toEqual({
      GetCallerIdentity: 1,
      // The interface; load balancers and the like in its VPC; what else its instance has.
      DescribeNetworkInterfaces: 3,
      DescribeFlowLogs: 1,
      DescribeSecurityGroups: 1,
      DescribeSecurityGroupRules: 1,
      DescribeNetworkAcls: 1,
      DescribeSubnets: 1,
      DescribeVpcs: 1,
      DescribeVpcPeeringConnections: 1,
      DescribeVpcBlockPublicAccessOptions: 1,
      DescribeInstances: 1,
    });
    expect(cost).toMatchObject({ calls: world.aws.calls.length, rounds: 2 });
  });

  it('includes what rules refer to, one round later', async () => {
    const world = await connect([WEB]);

    const { cost } = await world.collect(byEni('web'));

    expect(operations(world)).toMatchObject({
      DescribeNetworkInterfaces: 4,
      DescribePrefixLists: 1,
      GetManagedPrefixListEntries: 2,
      DescribeSecurityGroupVpcAssociations: 1,
    });
    expect(cost).toMatchObject({ calls: world.aws.calls.length, rounds: 3 });
  });

  it('does not ask again for the interfaces of an instance that was asked for', async () => {
    const world = await connect([PLAIN]);

    await world.collect(byInstance('web'));

    expect(operations(world)).toMatchObject({ DescribeNetworkInterfaces: 2 });
  });

  it('goes to no more than five calls of one operation at once', async () => {
    const lists = Array.from({ length: 20 }, (_, index) => `list-${index}`);
    const rules = { ingress: lists.map((name) => allow(tcp(443), prefixList(name))) };
    const many = buildVpc()
      .subnet('app', '10.0.1.0/24')
      .securityGroup('web', rules)
      .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.1.10' })
      .raw({ ManagedPrefixListEntries: lists.map((name) => ({ PrefixListId: pl(name), Entries: [] })) });
    const snapshot = many.build().raw;
    const world = await connect([{ snapshot }], { latencyMs: 20 });

    await world.collect(byEni('web'));

    const entries = world.aws.calls.filter(({ operation }) => operation === 'GetManagedPrefixListEntries');
    expect(entries).toHaveLength(20);
    // Beside them only DescribePrefixLists.
    expect(Math.max(...entries.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(6);
  });
});

describe('the snapshot', () => {
  it('is what AWS holds, as the parser of snapshot files reads it', async () => {
    const { collect } = await connect([{ snapshot: WEB_VPC.flowLog().build().raw }]);

    const read = parseSnapshot([...(await collect(byEni('web'))).snapshots]);

    const whole = WEB_VPC.flowLog().build().snapshot;
    expect(read.securityGroups.get(sg('web'))).toEqual(whole.securityGroups.get(sg('web')));
    expect(read.interfaces.get(eni('web'))).toEqual(whole.interfaces.get(eni('web')));
    expect(read.networkAcls).toEqual(whole.networkAcls);
    expect(read.subnets).toEqual(whole.subnets);
    expect(read.vpcs).toEqual(whole.vpcs);
    expect(read.peerings).toEqual(whole.peerings);
    expect(read.flowLogs).toEqual(whole.flowLogs);
    expect(read.gaps.map(({ about }) => about)).toEqual([sg('admins')]);
  });

  it('tells the mode of an encryption control as DescribeVpcs does', async () => {
    const [one] = PLAIN.snapshot['Vpcs'] as object[];
    const EncryptionControl = { VpcId: vpc('main'), Mode: 'enforce', State: 'available' };
    const { collect } = await connect([{ snapshot: { ...PLAIN.snapshot, Vpcs: [{ ...one, EncryptionControl }] } }]);

    const { vpcs } = parseSnapshot([...(await collect(byEni('web'))).snapshots]);

    expect(vpcs.get(vpc('main'))?.encryptionControl).toEqual({ mode: 'enforce', state: 'available' });
  });

  it("holds the blocks of AWS's own prefix lists and of the account's", async () => {
    const { collect } = await connect([WEB]);

    const { prefixLists } = parseSnapshot([...(await collect(byEni('web'))).snapshots]);

    expect(prefixLists.get(pl('s3'))).toMatchObject({ name: 's3', cidrs: [expect.anything()] });
    expect(prefixLists.get(pl('offices'))?.cidrs).toHaveLength(1);
  });

  it('holds the members of groups that rules name', async () => {
    const { collect } = await connect([WEB]);

    const { interfaces, knownMembersOf } = parseSnapshot([...(await collect(byEni('web'))).snapshots]);

    expect(interfaces.has(eni('client'))).toBe(true);
    expect([...knownMembersOf]).toEqual([sg('clients')]);
  });

  it('tells where a group of another VPC counts', async () => {
    const groups = (WEB.snapshot['SecurityGroups'] as object[]).map((each) => movedTo(vpc('shared'), each));
    const association = { GroupId: sg('web'), VpcId: vpc('main'), State: 'associated' };
    const snapshot = { ...WEB.snapshot, SecurityGroups: groups, SecurityGroupVpcAssociations: [association] };
    const { collect } = await connect([{ snapshot }]);

    const { associations } = parseSnapshot([...(await collect(byEni('web'))).snapshots]);

    expect(associations).toEqual([{ groupId: sg('web'), vpcId: vpc('main'), state: 'associated' }]);
  });
});

describe("a group of a peer's account", () => {
  it('is read there where the configuration leads there', async () => {
    const { collect } = await connect([withRole(WEB), PARTNER], { settings: BOTH_ACCOUNTS });

    const { snapshots } = await collect(byEni('web'));

    expect(snapshots).toMatchObject([
      { accountId: ACCOUNT, membersOf: [sg('clients')] },
      { accountId: PEER_ACCOUNT, membersOf: [sg('admins')], NetworkInterfaces: [{ NetworkInterfaceId: eni('admin') }] },
    ]);
  });

  it('is a gap where it does not', async () => {
    const { collect, aws } = await connect([WEB, PARTNER]);

    const { snapshots } = await collect(byEni('web'));

    expect(snapshots[1]).toMatchObject({
      accountId: PEER_ACCOUNT,
      membersOf: [],
      refusals: [{ action: 'ec2:DescribeNetworkInterfaces', because: 'access-denied', about: sg('admins') }],
    });
    expect(new Set(aws.calls.map(({ accountId }) => accountId))).toEqual(new Set([ACCOUNT]));
  });

  it('is a gap where its account does not let us in', async () => {
    const { collect } = await connect([withRole(WEB), { ...PARTNER, roles: [] }], { settings: BOTH_ACCOUNTS });

    const { snapshots } = await collect(byEni('web'));

    expect(snapshots[1]).toMatchObject({
      refusals: [{ action: 'ec2:DescribeNetworkInterfaces', because: 'access-denied', about: sg('admins') }],
    });
  });
});

describe('a missing permission', () => {
  /** Its refusal is told with `FilterLogEvents`, `ListObjectsV2` and `GetObject` by the reading of the log. */
  const OF_LOGS = new Set(['log-groups', 'buckets', 'objects']);
  /** Told elsewhere: by nobody, and with the history of changes (collect-changes.test.ts). */
  const ELSEWHERE = new Set(['GetCallerIdentity', 'LookupEvents']);
  const needed = Object.entries(CALLS)
    .filter(([name, call]) => call.for === 'every-question' && call.need === 'optional' && !ELSEWHERE.has(name))
    .flatMap(([, call]) => (OF_LOGS.has(call.on) ? [] : [call.action]));
  /** Each of them tells what the other one would have, see below. */
  const OF_LISTS = new Set(['ec2:DescribePrefixLists', 'ec2:GetManagedPrefixListEntries']);

  it.each(needed.filter((action) => !OF_LISTS.has(action)))('%s costs its part and is named', async (action) => {
    const { collect } = await connect([{ ...WEB, denied: [action] }]);

    const { snapshots, interfaceId } = await collect(byEni('web'));

    expect(interfaceId).toBe(eni('web'));
    expect(snapshots[0]?.refusals).toEqual([expect.objectContaining({ action, because: 'access-denied' })]);
  });

  it('to list prefix lists matters to no one while their entries may be read', async () => {
    const { collect } = await connect([{ ...WEB, denied: ['ec2:DescribePrefixLists'] }]);

    const { snapshots } = await collect(byEni('web'));

    expect(snapshots[0]?.refusals).toEqual([]);
    expect(parseSnapshot([...snapshots]).prefixLists.get(pl('s3'))?.cidrs).toHaveLength(1);
  });

  it("to read entries leaves AWS's own lists readable", async () => {
    const action = 'ec2:GetManagedPrefixListEntries';
    const { collect } = await connect([{ ...WEB, denied: [action] }]);

    const { snapshots } = await collect(byEni('web'));

    expect(snapshots[0]?.refusals).toEqual([{ action, because: 'access-denied', about: pl('offices') }]);
    expect([...parseSnapshot([...snapshots]).prefixLists.keys()]).toEqual([pl('s3')]);
  });

  it('to tell our own account matters to no one: the interface names its owner', async () => {
    const { collect } = await connect([{ ...WEB, denied: ['sts:GetCallerIdentity'] }]);

    expect((await collect(byEni('web'))).snapshots[0]).toMatchObject({
      accountId: ACCOUNT,
      region: REGION,
      refusals: [],
    });
  });

  it('for everything but the interface leaves an answer that names all of it', async () => {
    const denied = Object.values(CALLS)
      .map((call) => call.action)
      .filter((action) => action !== 'ec2:DescribeNetworkInterfaces');
    const { collect } = await connect([{ snapshot: WEB_VPC.flowLog().build().raw, denied }]);

    const { snapshots, logReadings } = await collect(byEni('web'));

    const named = (snapshots[0]?.refusals ?? []).map(({ action }) => action);
    expect(named.toSorted()).toEqual([
      'ec2:DescribeFlowLogs',
      'ec2:DescribeInstances',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcBlockPublicAccessOptions',
      'ec2:DescribeVpcPeeringConnections',
      'ec2:DescribeVpcs',
    ]);
    expect(logReadings.size).toBe(0);
  });
});

describe('the list of flow logs', () => {
  const monitored = WEB_VPC.flowLog({ on: { interface: 'web' } }, 'of-interface')
    .flowLog({ on: { subnet: 'app' } }, 'of-subnet')
    .flowLog({ on: 'vpc' }, 'of-vpc')
    .flowLog({ on: { interface: 'client' } }, 'of-another')
    .build().raw;
  const OURS = ['of-interface', 'of-subnet', 'of-vpc'].map(flowLog);

  it.each([
    ['while the interface is looked for, in one account and region', {}, ['all']],
    ['with a filter where the first page is not all', { pageSize: 3 }, ['all', 'ours']],
  ])('is read %s', async (_when, paging, calls) => {
    const { collect, aws } = await connect([{ snapshot: monitored }]);
    aws.setPaging(paging);

    const { logReadings } = await collect(byEni('web'));

    const lists = aws.calls.filter(({ operation }) => operation === 'DescribeFlowLogs');
    expect([...logReadings.keys()].toSorted()).toEqual(OURS.toSorted());
    expect(lists.map(({ input }) => (input['Filter'] === undefined ? 'all' : 'ours'))).toEqual(calls);
  });

  it('is read with a filter, where the interface is, when there are several places to look', async () => {
    const { collect, aws } = await connect([{ snapshot: monitored }], { settings: { regions: [REGION, 'us-east-1'] } });

    const { logReadings } = await collect(byEni('web'));

    const lists = aws.calls.filter(({ operation }) => operation === 'DescribeFlowLogs');
    expect([...logReadings.keys()].toSorted()).toEqual(OURS.toSorted());
    expect(lists).toMatchObject([{ region: REGION, input: { Filter: [{ Name: 'resource-id' }] } }]);
  });
});
