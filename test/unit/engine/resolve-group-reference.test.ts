import { describe, expect, it } from 'vitest';
import { evaluateSecurityGroups } from '../../../src/engine/evaluate-security-groups.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import { hostCidr } from '../../../src/net/cidr.ts';
import type { Direction } from '../../../src/net/direction.ts';
import type { Gap } from '../../../src/vpc/gap.ts';
import type { Region } from '../../../src/vpc/ids.ts';
import type { RulePeer } from '../../../src/vpc/security-group.ts';
import type { PeeringConnection, Snapshot } from '../../../src/vpc/snapshot.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni, pcx, sg, vpc } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';
import { allow, group, peerGroup, tcp, type Peer } from '../../support/rules.ts';

/** The interface `web` admits one group; another interface, which carries it, stands in a VPC of its own. */
function world(peer: Peer, farAddress = '172.16.0.20'): Snapshot {
  const near = buildVpc()
    .subnet('app', '10.0.0.0/24')
    .securityGroup('web', { ingress: [allow(tcp(443), peer)], egress: [allow(tcp(443), peer)] })
    .securityGroup('far')
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10' })
    .interface('client', { subnet: 'app', groups: ['far'], address: farAddress })
    .build();
  const { snapshot } = near;
  const moved = { ...near.interface('client'), vpcId: vpc('far') };
  const main = snapshot.vpcs.get(vpc('main'))!;
  const far = { ...main, id: vpc('far'), cidrs: [hostCidr(moved.addresses[0]!.address)] };
  return {
    ...snapshot,
    vpcs: new Map([...snapshot.vpcs, [far.id, far]]),
    interfaces: new Map([...snapshot.interfaces, [moved.id, moved]]),
    securityGroups: new Map([...snapshot.securityGroups, [sg('far'), { ...near.group('far'), vpcId: far.id }]]),
  };
}

function decide(snapshot: Snapshot, remote: string, direction: Direction = 'ingress'): string {
  const filters = compileInterfaceFilters(snapshot, eni('web'));
  const ends = [`${remote}:50000`, '10.0.0.10:443'];
  const text = direction === 'ingress' ? ends.join(' > ') : `10.0.0.10:50000 > ${remote}:443`;
  const decision = evaluateSecurityGroups(filters, direction, packet(`tcp ${text}`));
  if (decision.kind === 'undetermined') return decision.gaps.map(({ fact, about }) => `${fact} ${about}`).join();
  return decision.kind === 'denied-by-default' ? `denied ${decision.nearMisses[0]?.failedOn.join()}` : decision.kind;
}

const peering = (change: Partial<PeeringConnection> = {}): Pick<Snapshot, 'peerings'> => {
  const made: PeeringConnection = {
    id: pcx('far'),
    status: 'active',
    requester: { vpcId: vpc('far'), cidrs: [] },
    accepter: { vpcId: vpc('main'), cidrs: [] },
    ...change,
  };
  return { peerings: new Map([[made.id, made]]) };
};

const IRELAND = 'eu-west-1' as Region;
const OHIO = 'us-east-2' as Region;
/** A reference that does not say by which connection. */
const REFERENCE: Peer = { GroupId: sg('far'), UserId: '123456789012', VpcId: vpc('far') };

describe('members in another VPC', () => {
  it('SG-20: match across an active peering connection, whichever side asked for it', () => {
    const turned = peering({
      requester: { vpcId: vpc('main'), cidrs: [] },
      accepter: { vpcId: vpc('far'), cidrs: [] },
    });

    expect(decide({ ...world(REFERENCE), ...peering() }, '172.16.0.20')).toBe('allowed');
    expect(decide({ ...world(REFERENCE), ...turned }, '172.16.0.20')).toBe('allowed');
    expect(decide({ ...world(REFERENCE), ...peering() }, '172.16.0.20', 'egress')).toBe('allowed');
    expect(decide({ ...world(REFERENCE), ...peering() }, '172.16.0.21')).toBe('denied membership');
  });

  it.each<[string, Partial<PeeringConnection>, string]>([
    ['SG-20: one Region on both sides', sides(IRELAND, IRELAND), 'allowed'],
    ['SG-20: never across Regions', sides(OHIO, IRELAND), 'denied stale'],
    ['SG-20: the connection must be active', { status: 'pending-acceptance' }, 'denied stale'],
    ['a connection between other VPCs', { requester: { vpcId: vpc('third'), cidrs: [] } }, 'denied stale'],
  ])('%s', (_, change, expected) => {
    expect(decide({ ...world(peerGroup('far', 'far')), ...peering(change) }, '172.16.0.20')).toBe(expected);
  });

  it('SG-20: VPCs of two Regions have nothing in common', () => {
    const snapshot = world(REFERENCE);
    const far = { ...snapshot.vpcs.get(vpc('far'))!, region: OHIO };

    expect(decide({ ...snapshot, vpcs: new Map([...snapshot.vpcs, [far.id, far]]), ...peering() }, '172.16.0.20')).toBe(
      'denied stale',
    );
  });

  it('SG-21: inbound, a transit gateway may lead there; outbound references do not cross it', () => {
    expect(decide(world(REFERENCE), '172.16.0.20')).toBe(`path ${sg('far')}`);
    expect(decide(world(REFERENCE), '172.16.0.21')).toBe('denied membership');
    expect(decide(world(REFERENCE), '172.16.0.20', 'egress')).toBe('denied stale');
  });

  it('an address inside the own VPC is never that of a member elsewhere', () => {
    expect(decide(world(REFERENCE, '10.0.0.77'), '10.0.0.77')).toBe('denied membership');
  });

  it('without the own VPC’s blocks that cannot be told', () => {
    const snapshot = world(REFERENCE, '10.0.0.77');
    const vpcs = new Map([...snapshot.vpcs].filter(([id]) => id !== vpc('main')));

    expect(decide({ ...snapshot, vpcs }, '10.0.0.77')).toBe(`path ${sg('far')}`);
  });

  it.each<[string, Peer, readonly Gap[], string]>([
    [
      'connections that could not be read leave it open',
      REFERENCE,
      [{ fact: 'peering-connection', because: 'access-denied' }],
      'peering-connection undefined',
    ],
    [
      'so does one that is named, not read and without a status',
      { ...REFERENCE, VpcPeeringConnectionId: pcx('far') },
      [],
      `peering-connection ${pcx('far')}`,
    ],
    ['SG-27: the status beside the reference tells', peerGroup('far', 'far'), [], 'allowed'],
    ['SG-27: also that it is over', peerGroup('far', 'far', 'deleted'), [], 'denied stale'],
  ])('%s', (...[, peer, gaps, expected]) => {
    expect(decide({ ...world(peer), gaps }, '172.16.0.20')).toBe(expected);
  });

  it('a status speaks of the VPC that the reference names', () => {
    const third: RulePeer = {
      kind: 'group',
      id: sg('far'),
      accountId: '210987654321' as never,
      vpcId: vpc('third'),
      peeringConnectionId: pcx('third'),
      peeringStatus: 'active',
    };
    const snapshot = world(REFERENCE);
    const web = snapshot.securityGroups.get(sg('web'))!;
    const rules = web.rules.map((rule) => Object.assign({}, rule, { peer: third }));
    const securityGroups = new Map([...snapshot.securityGroups, [web.id, { ...web, rules }]]);

    expect(decide({ ...snapshot, securityGroups }, '172.16.0.20')).toBe('denied membership');
  });
});

const unasked = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  knownMembersOf: new Set(),
  interfaces: new Map([...snapshot.interfaces].filter(([id]) => id === eni('web'))),
});

const associated = (state: string, groupId = sg('far')): Snapshot => ({
  ...unasked(world(REFERENCE)),
  associations: [{ groupId, vpcId: vpc('main'), state }],
});

describe('members that nobody asked for', () => {
  const MEMBERS = `security-group-members ${sg('far')}`;

  it('SG-26: may be anywhere in the VPC of the group while it is linked', () => {
    expect(decide({ ...unasked(world(REFERENCE)), ...peering() }, '172.16.0.20')).toBe(MEMBERS);
    expect(decide({ ...unasked(world(REFERENCE)), ...peering() }, '172.16.0.21')).toBe('denied membership');
    expect(decide({ ...unasked(world(REFERENCE)), ...peering() }, '10.0.0.77')).toBe('denied membership');
  });

  it('PEER-20: a peering connection tells the blocks of a VPC that cannot be read', () => {
    const snapshot = unasked(world(REFERENCE));
    const blocks = [hostCidr(packet('icmp 172.16.0.20 > 10.0.0.10').source)];
    const told = peering({ requester: { vpcId: vpc('far'), cidrs: blocks } });
    const vpcs = new Map([...snapshot.vpcs].filter(([id]) => id !== vpc('far')));

    expect(decide({ ...snapshot, ...told, vpcs }, '172.16.0.20')).toBe(MEMBERS);
    expect(decide({ ...snapshot, ...told, vpcs }, '172.16.0.21')).toBe('denied membership');
    expect(decide({ ...snapshot, ...peering(), vpcs }, '172.16.0.21')).toBe(MEMBERS);
  });

  it('SG-41: may be in a VPC that the group is associated with', () => {
    expect(decide(associated('associated'), '10.0.0.77')).toBe(MEMBERS);
    expect(decide(associated('disassociated'), '10.0.0.77')).toBe('denied membership');
    expect(decide(associated('associated', sg('another')), '10.0.0.77')).toBe('denied membership');
  });

  it('may be anywhere at all when nobody knows where the group is', () => {
    const snapshot = unasked(world({ GroupId: sg('far'), UserId: '123456789012' }));
    const securityGroups = new Map([...snapshot.securityGroups].filter(([id]) => id !== sg('far')));

    expect(decide({ ...snapshot, securityGroups }, '203.0.113.5')).toBe(MEMBERS);
  });

  it('an interface that could not be read may be one of them', () => {
    const snapshot = { ...world(REFERENCE), ...peering() };
    const unread = (fact: Gap['fact'], because: Gap['because']): Snapshot => ({
      ...snapshot,
      vpcs: wide(snapshot),
      gaps: [{ fact, because }],
    });

    expect(decide(unread('network-interface', 'malformed'), '172.16.0.21')).toBe(MEMBERS);
    expect(decide(unread('network-interface', 'access-denied'), '172.16.0.21')).toBe('denied membership');
    expect(decide(unread('subnet', 'malformed'), '172.16.0.21')).toBe('denied membership');
  });
});

describe('associations of the group with the VPC (SG-41)', () => {
  const local = world(group('web'));

  it.each([
    ['of the group itself', sg('web'), vpc('main'), 'denied stale'],
    ['of another group', sg('far'), vpc('main'), 'allowed'],
    ['with another VPC', sg('web'), vpc('far'), 'allowed'],
  ])('%s', (...[, groupId, vpcId, expected]) => {
    const twin = {
      ...local.interfaces.get(eni('web'))!,
      id: eni('twin'),
      addresses: local.interfaces.get(eni('client'))!.addresses,
    };
    const interfaces = new Map([...local.interfaces, [twin.id, twin]]);
    const associations = [{ groupId, vpcId, state: 'disassociated' }];
    const decided = decide({ ...local, interfaces, associations }, '172.16.0.20');

    expect(decided).toBe(expected === 'denied stale' ? `security-group ${sg('web')}` : expected);
  });
});

it('SG-24: what leaves towards clients of a load balancer is no answer to its group', () => {
  const snapshot = world(group('web'));
  const balancer = { ...snapshot.interfaces.get(eni('web'))!, id: eni('nlb'), interfaceType: 'network_load_balancer' };
  const interfaces = new Map([...snapshot.interfaces, [balancer.id, balancer]]);

  expect(decide({ ...snapshot, interfaces }, '203.0.113.5', 'egress')).toBe('denied membership');
  expect(decide({ ...snapshot, interfaces }, '203.0.113.5')).toBe(`path ${sg('web')}`);
});

function sides(requester: Region, accepter: Region): Partial<PeeringConnection> {
  return {
    requester: { vpcId: vpc('far'), region: requester, cidrs: [] },
    accepter: { vpcId: vpc('main'), region: accepter, cidrs: [] },
  };
}

/** The far VPC with all of 172.16.0.0/24. */
function wide({ vpcs }: Snapshot): Snapshot['vpcs'] {
  const far = vpcs.get(vpc('far'))!;
  return new Map([...vpcs, [far.id, { ...far, cidrs: [{ family: 'ipv4', base: 0xac100000n, prefixLength: 24 }] }]]);
}
