import { expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni, instance, vpc } from '../../support/ids.ts';
import { ACCOUNT, PEER_ACCOUNT, REGION } from '../../support/vpc-plan.ts';
import { parseAccountId, parseRegion } from '../../../src/vpc/ids.ts';
import type { RawSnapshot } from '../../../src/vpc/raw-snapshot.ts';
import { BOTH_ACCOUNTS, configured, withRole } from './accounts.ts';
import { byAddress, byEni, byInstance, connect, failureOf } from './world.ts';

const VPC = buildVpc()
  .subnet('app', '10.0.1.0/24', '2001:db8:0:1::/64')
  .interface('web', {
    subnet: 'app',
    address: '10.0.1.10',
    publicAddress: '198.51.100.7',
    secondary: ['10.0.1.11'],
    ipv6: '2001:db8:0:1::10',
    prefixes: ['10.0.1.64/28'],
  })
  .interface('orders', { subnet: 'app', address: '10.0.1.20' });

const THE_VPC = { snapshot: VPC.build().raw };

it.each([
  ['its id', byEni('web')],
  ['its instance', byInstance('web')],
  ['its primary address', byAddress('10.0.1.10')],
  ['a secondary address', byAddress('10.0.1.11')],
  ['its public address', byAddress('198.51.100.7')],
  ['its IPv6 address, however it is written', byAddress('2001:DB8:0:1:0:0:0:10')],
  ['an address in a delegated prefix', byAddress('10.0.1.70')],
])('finds an interface by %s', async (_what, target) => {
  const { collect } = await connect([THE_VPC]);

  expect((await collect(target)).interfaceId).toBe(eni('web'));
});

it('says in which account and region an unknown interface was looked for', async () => {
  const { collect } = await connect([THE_VPC]);

  expect(await failureOf(collect(byEni('gone')))).toEqual({
    kind: 'no-such-resource',
    id: eni('gone'),
    lookedIn: [{ accountId: ACCOUNT, region: REGION }],
  });
});

it('looks in every region, and tells the one where it was found', async () => {
  const elsewhere = { snapshot: { ...VPC.build().raw, region: 'us-east-1' } };
  const { collect } = await connect([{ snapshot: { accountId: ACCOUNT, region: REGION } }, elsewhere], {
    settings: { regions: [REGION, 'us-east-1'] },
  });

  expect((await collect(byEni('web'))).snapshots[0]).toMatchObject({ accountId: ACCOUNT, region: 'us-east-1' });
});

it('looks only where the question says', async () => {
  const { collect, aws } = await connect([THE_VPC], { settings: { regions: [REGION, 'us-east-1'] } });

  const failure = await failureOf(collect(byEni('web'), { scope: { region: parseRegion('us-east-1')! } }));

  expect(failure).toMatchObject({ kind: 'no-such-resource', lookedIn: [{ region: 'us-east-1' }] });
  expect(new Set(aws.calls.map((call) => call.region))).toEqual(new Set(['us-east-1']));
});

it('asks which one is meant when an address has two interfaces', async () => {
  const twin = buildVpc().subnet('lab', '10.0.1.0/24').interface('twin', { subnet: 'lab', address: '10.0.1.20' });
  const both = { ...VPC.build().raw };
  const { collect } = await connect([
    {
      snapshot: {
        ...both,
        NetworkInterfaces: [
          ...(both['NetworkInterfaces'] as unknown[]),
          ...(twin.build().raw['NetworkInterfaces'] as unknown[]),
        ],
      },
    },
  ]);

  expect(await failureOf(collect(byAddress('10.0.1.20')))).toEqual({
    kind: 'ambiguous-target',
    id: '10.0.1.20',
    candidates: ['orders', 'twin'].map((name) => ({
      accountId: ACCOUNT,
      region: REGION,
      interfaceId: eni(name),
      name,
      vpcId: vpc('main'),
    })),
  });
});

/** Two interfaces of one instance, as AWS numbers them. */
function withTwoInterfaces(first: object, second: object) {
  const { raw } = VPC.build();
  const interfaces = (raw['NetworkInterfaces'] as { NetworkInterfaceId: string }[]).map((each) =>
    attached(each, each.NetworkInterfaceId === eni('web') ? first : second),
  );
  return { snapshot: { ...raw, NetworkInterfaces: interfaces } };
}

const attached = (networkInterface: object, place: object) => ({
  ...networkInterface,
  Attachment: { InstanceId: instance('web'), Status: 'attached', ...place },
});

it("takes an instance's interface with device index 0, and reads the others beside it", async () => {
  const { collect } = await connect([withTwoInterfaces({ DeviceIndex: 1 }, { DeviceIndex: 0 })]);

  const { interfaceId, snapshots } = await collect(byInstance('web'));

  expect(interfaceId).toBe(eni('orders'));
  expect(snapshots[0]!['NetworkInterfaces']).toEqual([
    expect.objectContaining({ NetworkInterfaceId: eni('orders') }),
    expect.objectContaining({ NetworkInterfaceId: eni('web') }),
  ]);
});

it('asks which one is meant when no interface of an instance is its first', async () => {
  const { collect } = await connect([withTwoInterfaces({ DeviceIndex: 1 }, { DeviceIndex: 2 })]);

  expect(await failureOf(collect(byInstance('web')))).toMatchObject({ kind: 'ambiguous-target' });
});

it('names the missing permission when nobody may look', async () => {
  const { collect } = await connect([{ ...THE_VPC, denied: ['ec2:DescribeNetworkInterfaces'] }]);

  expect(await failureOf(collect(byEni('web')))).toEqual({
    kind: 'missing-permission',
    action: 'ec2:DescribeNetworkInterfaces',
    place: { region: REGION },
  });
});

const OTHER = withRole({ snapshot: { accountId: PEER_ACCOUNT, region: REGION } });

it('reaches configured accounts by their roles, once for each asker, in the name of the asker', async () => {
  const { collect, aws } = await connect([withRole(THE_VPC), OTHER], { settings: BOTH_ACCOUNTS });

  await collect(byEni('web'), { askedBy: 'ana' });
  await collect(byEni('web'), { askedBy: 'ana' });
  await collect(byEni('web'), { askedBy: 'ben' });

  const sessions = aws.calls
    .filter((call) => call.action === 'sts:AssumeRole')
    .map(({ input }) => `${String(input['RoleArn']).slice(13, 25)} ${String(input['RoleSessionName'])}`);
  expect(sessions.toSorted()).toEqual([
    `${ACCOUNT} vpc-why-ana`,
    `${ACCOUNT} vpc-why-ben`,
    `${PEER_ACCOUNT} vpc-why-ana`,
    `${PEER_ACCOUNT} vpc-why-ben`,
  ]);
});

it('answers from the account that lets it in, whatever another one does', async () => {
  const { collect } = await connect([withRole(THE_VPC), { ...OTHER, roles: [] }], {
    settings: BOTH_ACCOUNTS,
  });

  expect((await collect(byEni('web'))).interfaceId).toBe(eni('web'));
});

it('says which account would not let it look for what nobody else has', async () => {
  const { collect } = await connect([withRole(THE_VPC), { ...OTHER, roles: [] }], {
    settings: BOTH_ACCOUNTS,
  });

  expect(await failureOf(collect(byEni('gone')))).toEqual({
    kind: 'no-such-resource',
    id: eni('gone'),
    lookedIn: [{ accountId: ACCOUNT, region: REGION }],
    refusedIn: [{ accountId: PEER_ACCOUNT, region: REGION }],
  });
});

it('takes a refused role for a missing permission', async () => {
  const { collect } = await connect([{ ...THE_VPC, roles: [{ name: 'vpc-why', externalId: 'someone-else' }] }], {
    settings: { accounts: [configured(ACCOUNT)] },
  });

  expect(await failureOf(collect(byEni('web')))).toEqual({
    kind: 'missing-permission',
    action: 'sts:AssumeRole',
    place: { accountId: ACCOUNT, region: REGION },
  });
});

it('refuses an account that is not configured before it asks anybody', async () => {
  const { collect, aws } = await connect([THE_VPC], { settings: BOTH_ACCOUNTS });

  const failure = await failureOf(collect(byEni('web'), { scope: { accountId: parseAccountId('999999999999')! } }));

  expect(failure).toMatchObject({ kind: 'not-understood', input: 'account 999999999999' });
  expect(aws.calls).toEqual([]);
});

it('has no credentials when AWS does not know the key', async () => {
  const { collect } = await connect([THE_VPC], { as: '000000000000' });

  expect(await failureOf(collect(byEni('web')))).toMatchObject({ kind: 'no-credentials' });
});

it('asks for the account of its credentials once', async () => {
  const { collect, aws } = await connect([THE_VPC]);

  await collect(byEni('web'));
  await collect(byEni('orders'));

  expect(aws.calls.filter((call) => call.action === 'sts:GetCallerIdentity')).toHaveLength(1);
});

/** The same network, as it would stand in another account. */
const moved = (builder: VpcBuilder) =>
  JSON.parse(JSON.stringify(builder.build().raw).replaceAll(ACCOUNT, PEER_ACCOUNT)) as RawSnapshot;
const NEIGHBOUR = withRole({
  snapshot: moved(buildVpc().subnet('app', '10.9.1.0/24').interface('vault', { subnet: 'app', address: '10.9.1.10' })),
});
/** As the owner of a shared VPC sees it: the interfaces belong to somebody else. */
const SHARED_VPC = withRole({ snapshot: { ...moved(VPC), accountId: ACCOUNT } });
const ours = { scope: { onlyAccounts: [parseAccountId(ACCOUNT)!] } };
const theirs = { scope: { onlyAccounts: [parseAccountId(PEER_ACCOUNT)!] } };

it('an interface of an account that is withheld is refused as one that does not exist, and nobody there is asked', async () => {
  const { collect, aws } = await connect([withRole(THE_VPC), NEIGHBOUR], { settings: BOTH_ACCOUNTS });
  const withheld = await failureOf(collect(byEni('vault'), ours));
  const gone = await failureOf(collect(byEni('gone'), ours));

  expect(withheld).toEqual({ ...(gone as object), id: eni('vault') });
  expect(gone).toMatchObject({ kind: 'no-such-resource', isWithheld: true });
  expect(JSON.stringify(aws.calls)).not.toContain(PEER_ACCOUNT);
  expect((await collect(byEni('vault'), theirs)).interfaceId).toBe(eni('vault'));
});

it("in a shared VPC somebody else's interface is withheld with their account", async () => {
  const { collect } = await connect([SHARED_VPC], { settings: { accounts: [configured(ACCOUNT)] } });

  expect((await collect(byEni('orders'))).interfaceId).toBe(eni('orders'));
  expect(await failureOf(collect(byEni('orders'), ours))).toEqual({
    ...((await failureOf(collect(byEni('gone'), ours))) as object),
    id: eni('orders'),
  });
});

it('a list of what is configured names no account that is withheld', async () => {
  const { collect } = await connect([THE_VPC], { settings: BOTH_ACCOUNTS });
  const scope = { ...ours.scope, region: parseRegion('us-east-1')! };

  expect(JSON.stringify(await failureOf(collect(byEni('web'), { scope })))).not.toContain(PEER_ACCOUNT);
});

it.each([
  ['by the configuration', { accounts: [configured(ACCOUNT)] }],
  ['by the credentials', {}],
])('looks nowhere when %s no account is in reach', async (_, settings) => {
  const { collect, collector, aws } = await connect([withRole(THE_VPC)], { settings });
  const options = { signal: new AbortController().signal, onStep: () => undefined };
  const request = { ...theirs, askedBy: 'U0DANA' };

  expect(await failureOf(collect(byEni('web'), theirs))).toEqual({ kind: 'no-account-in-reach' });
  expect(await failureOf(collector.collectNetwork(request, options))).toEqual({ kind: 'no-account-in-reach' });
  expect(aws.calls.filter(({ action }) => action.startsWith('ec2:'))).toEqual([]);
});
