import { describe, expect, it } from 'vitest';
import { parseSnapshot } from '../../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../../src/vpc/raw-snapshot.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';
import { formatSnapshotFile, parseSnapshotFile } from '../../../src/vpc/snapshot-file.ts';
import type { AwsSettings } from '../../../src/aws/aws-settings.ts';
import { parseAccountId, parseRegion } from '../../../src/vpc/ids.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { balancer, sg, targetGroup, vpc } from '../../support/ids.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { configured, withRole } from './accounts.ts';
import { NETWORK, RECORDED } from './network.ts';
import { connect, failureOf, type World } from './world.ts';

type Request = Partial<Parameters<World['collector']['collectNetwork']>[0]>;

async function read({ collector }: World, request: Request = {}): Promise<readonly RawSnapshot[]> {
  return (await collect({ collector }, request)).snapshots;
}

function collect(
  { collector }: Pick<World, 'collector'>,
  request: Request = {},
  onStep: (step: object) => void = () => undefined,
) {
  const options = { signal: new AbortController().signal, onStep };
  return collector.collectNetwork({ scope: {}, askedBy: 'U024BE7LH', ...request }, options);
}

/** Without what differs from one reading to the next. */
const timeless = (snapshots: readonly RawSnapshot[]) => snapshots.map((each) => ({ ...each, takenAt: '' }));

/** What parsing told of the network itself, apart from when and how it was read. */
function networkOf({ scopes: _scopes, gaps: _gaps, ...network }: Snapshot): object {
  return network;
}

const lengthOf = (snapshot: RawSnapshot, member: string): number | undefined => {
  const items = snapshot[member];
  return Array.isArray(items) ? items.length : undefined;
};

describe('a whole account', () => {
  it('is read as it would be recorded', async () => {
    const [live] = await read(await connect([NETWORK]));

    const { VpnConnections: _live, VpnGateways: _gateways, ...rest } = live!;
    expect(networkOf(parseSnapshot([rest as RawSnapshot]))).toEqual(
      networkOf(parseSnapshot([{ ...RECORDED, VpnConnections: undefined, VpnGateways: undefined }])),
    );
    for (const member of Object.keys(RECORDED).filter((key) => /^[A-Z]/.test(key))) {
      expect([member, lengthOf(live!, member)]).toEqual([member, lengthOf(RECORDED, member)]);
    }
    expect(live!.refusals).toEqual([]);
  });

  it('keeps no secret', async () => {
    const snapshots = await read(await connect([NETWORK]));

    expect(snapshots[0]).toMatchObject({
      VpnConnections: [{ Options: { TunnelOptions: [{ OutsideIpAddress: '203.0.113.77' }] } }],
    });
    expect(formatSnapshotFile(snapshots)).not.toMatch(/hush-hush|CustomerGatewayConfiguration|PreSharedKey/);
  });

  it('is the same network once it was written to a file and read again', async () => {
    const live = await read(await connect([NETWORK]));

    const recorded = parseSnapshotFile(formatSnapshotFile(live));

    expect(parseSnapshot(recorded)).toEqual(parseSnapshot(live));
    expect(recorded).toEqual(JSON.parse(JSON.stringify(live)));
  });

  it('is read through pages of one item', async () => {
    const world = await connect([NETWORK]);
    const whole = timeless(await read(world));

    world.aws.setPaging({ pageSize: 1 });

    expect(timeless(await read(world))).toEqual(whole);
    expect(world.aws.calls.filter(({ operation }) => operation === 'DescribeSubnets')).toHaveLength(1 + 3);
  });

  it('says what has more pages than we are willing to read, and relies on nothing of it', async () => {
    const world = await connect([NETWORK], { limits: { networkPages: 2 } });
    world.aws.setPaging({ pageSize: 1 });

    const [live] = await read(world);

    expect(live!.refusals).toContainEqual({ action: 'ec2:DescribeSubnets', because: 'unreachable' });
    expect(live).not.toHaveProperty('Subnets');
    expect(live).toHaveProperty('Vpcs');
  });

  it('tells nothing where there is nothing, which is not the same as not having asked', async () => {
    const [live] = await read(await connect([{ snapshot: { accountId: ACCOUNT, region: REGION } }]));

    const { collected } = parseSnapshot([live!]).scopes[0]!;
    expect(Object.keys(RECORDED).filter((member) => Array.isArray(RECORDED[member]) && /^[A-Z]/.test(member))).toEqual(
      expect.arrayContaining([...collected].filter((member) => member in RECORDED)),
    );
    expect([...collected]).toEqual(
      expect.arrayContaining(['TransitGatewayRoutes', 'LoadBalancerListeners', 'LogGroups']),
    );
  });
});

describe('how AWS is asked', () => {
  it('has no more than five operations under way, and of one of them two calls', async () => {
    const world = await connect([NETWORK], { latencyMs: 15 });
    world.aws.setPaging({ pageSize: 1 });

    await read(world);

    const inFlight = world.aws.calls.map((call) => call.inFlight);
    expect(Math.max(...inFlight)).toBeLessThanOrEqual(6);
  });

  it('asks one operation about one parent at a time', async () => {
    const TransitGatewayRouteTables = Array.from({ length: 12 }, (_, index) => ({
      TransitGatewayRouteTableId: `tgw-rtb-0a1b2c3d4e5f607${10 + index}`,
    }));
    const snapshot = { accountId: ACCOUNT, region: REGION, TransitGatewayRouteTables };
    const world = await connect([{ snapshot }], { latencyMs: 15 });

    await read(world);

    const asked = world.aws.calls.filter(({ operation }) => operation === 'GetTransitGatewayRouteTableAssociations');
    const pauses = asked.slice(1).map(({ at }, index) => at - asked[index]!.at);
    expect(asked).toHaveLength(12);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(14);
  });

  it('counts its calls and tells of them on the way', async () => {
    const world = await connect([NETWORK]);
    const steps: object[] = [];

    const { cost } = await collect(world, {}, (step) => steps.push(step));

    // Who we are, the listings, what they lead to, and what the routes of the transit gateway lead to.
    expect(cost).toMatchObject({ calls: world.aws.calls.length, rounds: 4 });
    expect(steps).toEqual([
      { kind: 'reading-configuration' },
      ...[1, 2, 3].map(() => ({ kind: 'reading-configuration', calls: expect.any(Number) as number })),
    ]);
  });

  it('asks for each thing once', async () => {
    const world = await connect([NETWORK]);

    await read(world);

    const asked = world.aws.calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([]);
  });

  it('has a page size in every call that takes one', async () => {
    const world = await connect([NETWORK]);

    await read(world);

    const unpaged = world.aws.calls.filter(
      ({ action, input }) =>
        /^(ec2|elasticloadbalancing):/.test(action) && !('MaxResults' in input) && !('PageSize' in input),
    );
    expect(new Set(unpaged.map(({ operation }) => operation))).toEqual(
      new Set([
        'DescribeAddresses',
        'DescribeVpnGateways',
        'DescribeVpnConnections',
        'DescribeVpcAttribute',
        'DescribeVpcBlockPublicAccessOptions',
        'DescribeLoadBalancerAttributes',
        'DescribeTargetGroupAttributes',
        'DescribeTargetHealth',
      ]),
    );
  });
});

describe('trouble', () => {
  it('survives being throttled now and then', async () => {
    const world = await connect([NETWORK]);
    const whole = timeless(await read(world));
    // The first call of each kind: none is struck three times, which is when the SDK gives up.
    for (const action of [
      'ec2:DescribeVpcs',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeRouteTables',
      'logs:DescribeLogGroups',
    ])
      world.aws.faults.add({ action, kind: { kind: 'throttle' }, calls: [1] });

    expect(timeless(await read(world))).toEqual(whole);
  });

  it.each<[string, string, string]>([
    ['RouteTables', 'ec2:DescribeRouteTables', 'a list'],
    ['LoadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', 'what others hang on'],
    ['LoadBalancerListeners', 'elasticloadbalancing:DescribeListeners', 'a detail of every parent'],
    ['LogGroups', 'logs:DescribeLogGroups', 'another service'],
    ['VpcAttributes', 'ec2:DescribeVpcAttribute', 'an attribute'],
  ])('goes on without %s when %s is denied: %s', async (member, action) => {
    const world = await connect([{ ...NETWORK, denied: [action] }]);

    const [live] = await read(world);

    expect(live!.refusals).toEqual([expect.objectContaining({ action, because: 'access-denied' })]);
    expect(parseSnapshot([live!]).scopes[0]!.collected.has(member)).toBe(false);
    expect(live).not.toHaveProperty(member);
    expect(live).toHaveProperty('Vpcs');
    expect(live).toHaveProperty('Subnets');
  });

  it('does not take what hangs on a denied list for nothing', async () => {
    const action = 'elasticloadbalancing:DescribeLoadBalancers';
    const [live] = await read(await connect([{ ...NETWORK, denied: [action] }]));

    expect(live).not.toHaveProperty('LoadBalancerListeners');
    expect(live).not.toHaveProperty('LoadBalancerAttributes');
    expect(live).toHaveProperty('LoadBalancerTargetHealth');
  });

  it('goes on without one parent, and keeps the others', async () => {
    const world = await connect([NETWORK]);
    const gone = { kind: 'error', code: 'TargetGroupNotFound', status: 400 } as const;
    world.aws.faults.add({ action: 'elasticloadbalancing:DescribeTargetHealth', kind: gone, calls: [1] });

    const [live] = await read(world);

    const [refusal, ...others] = live!.refusals ?? [];
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ because: 'not-found', action: 'elasticloadbalancing:DescribeTargetHealth' });
    expect([targetGroup('front'), targetGroup('back')]).toContain(refusal!.about);
    expect(lengthOf(live!, 'LoadBalancerTargetHealth')).toBe(1);
  });

  it.each([
    ['throttled for good', { kind: 'throttle' }, 'throttled'],
    ['unknown in the region', { kind: 'error', code: 'InvalidAction', status: 400 }, 'unreachable'],
  ] as const)('names a call that is %s', async (_how, kind, because) => {
    const world = await connect([NETWORK]);
    world.aws.faults.add({ action: 'ec2:DescribeVpcEncryptionControls', kind });

    const [live] = await read(world);

    expect(live!.refusals).toEqual([{ action: 'ec2:DescribeVpcEncryptionControls', because }]);
  });

  it('has an answer when nothing of one account can be read', async () => {
    const partner = withRole({ snapshot: { accountId: PEER_ACCOUNT, region: REGION } });
    const settings = { accounts: [configured(ACCOUNT), { ...configured(PEER_ACCOUNT), externalId: 'wrong' }] };
    const world = await connect([withRole(NETWORK), partner], { settings });

    const [own, other] = await read(world);

    expect(own).toMatchObject({ accountId: ACCOUNT, refusals: [] });
    expect(other).toEqual({
      accountId: PEER_ACCOUNT,
      region: REGION,
      takenAt: expect.any(String) as string,
      refusals: [{ action: 'sts:AssumeRole', because: 'access-denied' }],
    });
  });

  it.each([
    ['denied', { kind: 'deny' }, { kind: 'missing-permission' }],
    ['expired', { kind: 'error', code: 'RequestExpired', status: 400 }, { kind: 'no-credentials' }],
  ] as const)('has no answer when everything is %s', async (_how, kind, failure) => {
    const world = await connect([NETWORK]);
    world.aws.faults.add({ action: '*', kind });

    expect(await failureOf(read(world))).toMatchObject(failure);
  });

  it('ends when it is told to', async () => {
    const { collector, aws } = await connect([NETWORK]);
    const options = { signal: AbortSignal.abort(), onStep: () => undefined };

    expect(await failureOf(collector.collectNetwork({ scope: {}, askedBy: 'me' }, options))).toMatchObject({
      kind: 'cancelled',
    });
    expect(aws.calls).toEqual([]);
  });
});

describe('some VPCs only', () => {
  const side = { vpcIds: [vpc('side')] };
  const own = parseAccountId(ACCOUNT)!;
  const region = parseRegion(REGION)!;
  const placed = { vpcId: vpc('side'), accountId: own, region };

  it('holds what concerns them and nothing else', async () => {
    const [live] = await read(await connect([NETWORK]), side);

    const { vpcs, subnets, interfaces, peerings, loadBalancers, targetGroups, flowLogs } = parseSnapshot([live!]);
    expect([...vpcs.keys()]).toEqual([vpc('side')]);
    expect([subnets.size, interfaces.size, peerings.size]).toEqual([1, 1, 1]);
    expect([...loadBalancers.keys()]).toEqual([balancer('back')]);
    expect([...targetGroups.keys()]).toEqual([targetGroup('back')]);
    expect(flowLogs.map(({ resourceId }) => resourceId)).toEqual([vpc('side')]);
    expect(live).toMatchObject({ onlyVpcs: [vpc('side')], Addresses: [], VpnConnections: [], InternetGateways: [] });
  });

  it('follows their transit gateways to the other side', async () => {
    const [live] = await read(await connect([NETWORK]), side);

    const { transitGateways, transitGatewayAttachments, transitGatewayRouteTables } = parseSnapshot([live!]);
    expect([transitGateways.size, transitGatewayAttachments.size, transitGatewayRouteTables.size]).toEqual([1, 2, 1]);
    expect(lengthOf(live!, 'TransitGatewayVpcAttachments')).toBe(2);
    expect(lengthOf(live!, 'ManagedPrefixListEntries')).toBe(1);
  });

  it('knows the members of groups that are used nowhere else, and reads groups that come from elsewhere', async () => {
    const associations = [
      { GroupId: sg('web'), VpcId: vpc('side'), State: 'associated', VpcOwnerId: ACCOUNT, GroupOwnerId: ACCOUNT },
      { GroupId: sg('far'), VpcId: vpc('main'), State: 'associated', VpcOwnerId: ACCOUNT, GroupOwnerId: ACCOUNT },
    ];
    const snapshot = { ...NETWORK.snapshot, SecurityGroupVpcAssociations: associations };

    const [live] = await read(await connect([{ ...NETWORK, snapshot }]), side);

    const { securityGroups, knownMembersOf } = parseSnapshot([live!]);
    expect(new Set(securityGroups.keys())).toEqual(new Set([sg('far'), sg('web')]));
    expect(securityGroups.get(sg('web'))!.rules.map(({ id }) => id)).not.toContain(undefined);
    expect([...knownMembersOf]).toEqual([]);
  });

  it('asks nobody who has none of them for more', async () => {
    const elsewhere = withRole({ snapshot: { accountId: PEER_ACCOUNT, region: REGION } });
    const settings = { accounts: [configured(ACCOUNT), configured(PEER_ACCOUNT)] };
    const world = await connect([withRole(NETWORK), elsewhere], { settings });

    const snapshots = await read(world, side);

    expect(snapshots.map(({ accountId }) => accountId)).toEqual([ACCOUNT]);
    const there = world.aws.calls.filter(
      ({ accountId, action }) => accountId === PEER_ACCOUNT && action.startsWith('ec2:'),
    );
    expect(there.map(({ operation }) => operation)).toEqual(['DescribeVpcs']);
  });

  it('where it is known where they are nothing waits for that: the same in a round less', async () => {
    const asked = await collect(await connect([NETWORK]), side);
    const known = await collect(await connect([NETWORK]), { scope: { accountId: own }, placed: [placed] });

    expect(timeless(known.snapshots)).toEqual(timeless(asked.snapshots));
    expect(known.cost).toMatchObject({ calls: asked.cost.calls, rounds: asked.cost.rounds - 1 });
  });

  it.each<[string, Partial<AwsSettings>, readonly string[]]>([
    [
      'in their accounts, where the bot has a role',
      { accounts: [configured(ACCOUNT), configured(PEER_ACCOUNT)] },
      [ACCOUNT, PEER_ACCOUNT],
    ],
    ['and left out in an account that is not configured', { accounts: [configured(ACCOUNT)] }, [ACCOUNT]],
    [
      'and in a region that is not',
      { accounts: [configured(ACCOUNT), configured(PEER_ACCOUNT, 'us-east-1')] },
      [ACCOUNT],
    ],
    ["and with the bot's own credentials in any account but its own", {}, [ACCOUNT]],
  ])('they are read %s', async (_, settings, expected) => {
    const shared = withRole({ snapshot: buildVpc('shared', { account: PEER_ACCOUNT }).paths().build().raw });
    const world = await connect([withRole(NETWORK), shared], { settings });
    const there = { vpcId: vpc('shared'), accountId: parseAccountId(PEER_ACCOUNT)!, region };

    const { snapshots } = await collect(world, { scope: { accountId: own }, placed: [placed, there] });

    expect(snapshots.map(({ accountId }) => accountId)).toEqual(expected);
    expect([...parseSnapshot(snapshots).vpcs.keys()]).toEqual([
      vpc('side'),
      ...(expected.length > 1 ? [vpc('shared')] : []),
    ]);
  });

  it('says which one is nowhere', async () => {
    const world = await connect([NETWORK]);

    expect(await failureOf(read(world, { vpcIds: [vpc('main'), vpc('nowhere')] }))).toEqual({
      kind: 'no-such-resource',
      id: vpc('nowhere'),
      lookedIn: [{ accountId: ACCOUNT, region: REGION }],
    });
  });
});
