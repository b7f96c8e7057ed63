import { describe, expect, it } from 'vitest';
import { blockersOf } from '../../../src/engine/blockers.ts';
import {
  evaluateInterface,
  gapsOf,
  outcomeOf,
  type InterfaceDecision,
} from '../../../src/engine/evaluate-interface.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import type { Direction } from '../../../src/net/direction.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { acl, eni, sg, subnet } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';
import { allow, anything, egress, ingress, tcp } from '../../support/rules.ts';

/** An ACL and a group that let nothing through. */
const closed = (): VpcBuilder =>
  buildVpc()
    .subnet('app', '10.0.0.0/24')
    .subnet('db', '10.0.1.0/24')
    .acl('app', [])
    .securityGroup('web', { egress: [] })
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10' });

function decide(vpc: VpcBuilder, direction: Direction, text: string): InterfaceDecision {
  return evaluateInterface(compileInterfaceFilters(vpc.build().snapshot, eni('web')), direction, packet(text));
}

describe('which filters a packet meets', () => {
  it.each([
    ['EVAL-4: both ends in one subnet', 'ingress', 'tcp 10.0.0.20:50000 > 10.0.0.10:443', 'not-applicable'],
    ['EVAL-4: out to the same subnet', 'egress', 'tcp 10.0.0.10:50000 > 10.0.0.20:443', 'not-applicable'],
    ['EVAL-5: another subnet of the VPC', 'ingress', 'tcp 10.0.1.20:50000 > 10.0.0.10:443', 'denied'],
    ['EVAL-1: from outside', 'ingress', 'tcp 198.51.100.7:50000 > 10.0.0.10:443', 'denied'],
  ] as const)('%s', (...[, direction, text, networkAcl]) => {
    const decision = decide(closed(), direction, text);

    expect(decision).toMatchObject({ networkAcl: { kind: networkAcl }, securityGroups: { kind: 'denied-by-default' } });
  });

  it.each([
    ['EVAL-18: the resolver at base plus two', 'udp 10.0.0.10:40000 > 10.0.0.2:53', 'not-applicable'],
    ['EVAL-18: the resolver at its fixed address', 'udp 10.0.0.10:40000 > 169.254.169.253:53', 'not-applicable'],
    ['EVAL-19: instance metadata', 'tcp 10.0.0.10:40000 > 169.254.169.254:80', 'not-applicable'],
    ['EVAL-19: time', 'udp 10.0.0.10:40000 > 169.254.169.123:123', 'not-applicable'],
    ['EVAL-17: the router of the subnet', 'icmp 10.0.0.10 > 10.0.0.1', 'not-applicable'],
    ['EVAL-17: DHCP', 'udp 10.0.0.10:68 > 255.255.255.255:67', 'not-applicable'],
    ['EVAL-18: another DNS server', 'udp 10.0.0.10:40000 > 10.0.1.2:53', 'denied-by-default'],
    ['outside the reserved block', 'tcp 10.0.0.10:40000 > 169.254.172.1:80', 'denied-by-default'],
  ])('%s', (_, text, securityGroups) => {
    expect(decide(closed(), 'egress', text).securityGroups.kind).toBe(securityGroups);
  });

  it.each([
    ['EVAL-9: a Classic Load Balancer sending', 'ELB orders', true, 'denied'],
    ['ENI-23: an Application Load Balancer sending', 'ELB app/orders/50dc6c495c0c9188', true, 'not-applicable'],
    ['a description that somebody wrote', 'ELB orders', false, 'not-applicable'],
  ] as const)('%s within its subnet', (...[, description, requesterManaged, networkAcl]) => {
    const plan = { subnet: 'app', groups: ['web'], address: '10.0.0.10', description, requesterManaged };
    const decision = decide(closed().interface('web', plan), 'egress', 'tcp 10.0.0.10:50000 > 10.0.0.20:80');

    expect(decision.networkAcl.kind).toBe(networkAcl);
  });

  it('EVAL-8: what goes to a Gateway Load Balancer endpoint of the subnet meets the ACL', () => {
    const endpoint = {
      subnet: 'app',
      address: '10.0.0.30',
      type: 'gateway_load_balancer_endpoint',
      instance: false,
    } as const;
    const vpc = closed().interface('endpoint', endpoint);

    expect(decide(vpc, 'egress', 'tcp 10.0.0.10:50000 > 10.0.0.30:443').networkAcl.kind).toBe('denied');
    expect(decide(vpc, 'ingress', 'tcp 10.0.0.30:443 > 10.0.0.10:50000').networkAcl.kind).toBe('not-applicable');
    expect(decide(vpc, 'egress', 'tcp 10.0.0.10:50000 > 10.0.0.31:443').networkAcl.kind).toBe('not-applicable');
  });
});

const beside = (...entries: Parameters<VpcBuilder['acl']>[1]): VpcBuilder =>
  closed()
    .acl('app', entries)
    .interface('gateway', { subnet: 'app', address: '10.0.0.40', type: 'transit_gateway', instance: false });

describe('beside a transit gateway (EVAL-7)', () => {
  it.each([
    ['in from behind it: the ACL is perhaps not read', [], 'ingress', 'undetermined'],
    ['in: passes either way', [ingress(100).allow(anything, '0.0.0.0/0')], 'ingress', 'allowed'],
    [
      'out: also held against the inbound entries',
      [egress(100).allow(anything, '0.0.0.0/0')],
      'egress',
      'undetermined',
    ],
    [
      'out: allowed by both directions',
      [egress(100).allow(anything, '0.0.0.0/0'), ingress(100).allow(anything, '10.0.0.0/24')],
      'egress',
      'allowed',
    ],
  ] as const)('%s', (...[, entries, direction, networkAcl]) => {
    const ends = ['172.16.0.9:50000', '10.0.0.10:443'];
    const [source, destination] = direction === 'ingress' ? ends : ends.toReversed();

    expect(decide(beside(...entries), direction, `tcp ${source} > ${destination}`).networkAcl.kind).toBe(networkAcl);
  });

  it('another subnet of the VPC is not behind it', () => {
    expect(decide(beside(), 'ingress', 'tcp 10.0.1.20:50000 > 10.0.0.10:443').networkAcl.kind).toBe('denied');
  });
});

describe('at the interface of a transit gateway (EVAL-10)', () => {
  const gateway = closed().interface('web', {
    subnet: 'app',
    address: '10.0.0.10',
    type: 'transit_gateway',
    instance: false,
  });

  it.each([
    ['in from the VPC', 'ingress', 'tcp 10.0.1.20:50000 > 172.16.0.9:443', 'denied'],
    ['in from its own subnet', 'ingress', 'tcp 10.0.0.20:50000 > 172.16.0.9:443', 'denied'],
    ['on to the other side', 'egress', 'tcp 10.0.1.20:50000 > 172.16.0.9:443', 'not-applicable'],
    ['in from the other side', 'ingress', 'tcp 172.16.0.9:443 > 10.0.1.20:50000', 'not-applicable'],
    ['out to the VPC', 'egress', 'tcp 172.16.0.9:443 > 10.0.1.20:50000', 'denied'],
    ['out to its own subnet', 'egress', 'tcp 172.16.0.9:443 > 10.0.0.20:50000', 'not-applicable'],
  ] as const)('%s', (...[, direction, text, networkAcl]) => {
    const decision = decide(gateway, direction, text);

    expect(decision).toMatchObject({ networkAcl: { kind: networkAcl }, securityGroups: { kind: 'not-applicable' } });
  });
});

it.each(['Vpcs', 'Subnets'])('at a transit gateway without its %s nobody knows which side a packet is on', (member) => {
  const gateway = { subnet: 'app', address: '10.0.0.10', type: 'transit_gateway', instance: false } as const;
  const decision = decide(
    closed()
      .interface('web', gateway)
      .raw({ [member]: undefined }),
    'ingress',
    'tcp 10.0.1.20:50000 > 172.16.0.9:443',
  );

  expect(decision.networkAcl).toMatchObject({ kind: 'undetermined', gaps: [{ fact: 'path' }] });
});

it('EVAL-7: without the VPC everything outside the subnet may lie behind the transit gateway', () => {
  const decision = decide(beside().raw({ Vpcs: undefined }), 'ingress', 'tcp 10.0.1.20:50000 > 10.0.0.10:443');

  expect(decision.networkAcl.kind).toBe('undetermined');
});

describe('what could not be read', () => {
  const text = 'tcp 198.51.100.7:50000 > 10.0.0.10:443';

  it('without the subnet nobody knows whether the ACL is met', () => {
    const decision = decide(closed().raw({ Subnets: undefined }), 'ingress', text);

    expect(decision.networkAcl).toMatchObject({
      kind: 'undetermined',
      gaps: [{ fact: 'subnet', about: subnet('app') }],
    });
  });

  it('an ACL that allows does so with or without the subnet', () => {
    const open = closed()
      .acl('app', [ingress(100).allow(anything, '0.0.0.0/0')])
      .raw({ Subnets: undefined });

    expect(decide(open, 'ingress', text).networkAcl.kind).toBe('allowed');
  });

  it('one filter that denies decides, whatever is not known of the other', () => {
    const decision = decide(closed().raw({ NetworkAcls: undefined }), 'ingress', text);

    expect(outcomeOf(decision)).toBe('denied');
    expect(gapsOf(decision)).toMatchObject([{ fact: 'network-acl' }]);
  });

  it('nothing denies and something is not known', () => {
    const open = closed().securityGroup('web', { ingress: [allow(anything, '0.0.0.0/0')] });

    expect(outcomeOf(decide(open.raw({ NetworkAcls: undefined }), 'ingress', text))).toBe('undetermined');
  });

  it('an interface that is not in the snapshot is the fault of who asks', () => {
    expect(() => compileInterfaceFilters(closed().build().snapshot, eni('other'))).toThrow('no-such-resource');
  });
});

describe('blockers in the order the packet meets them (DEC-5)', () => {
  it.each([
    ['in', 'ingress', 'tcp 198.51.100.7:50000 > 10.0.0.10:443', ['network-acl', 'security-group']],
    ['out', 'egress', 'tcp 10.0.0.10:50000 > 198.51.100.7:443', ['security-group', 'network-acl']],
  ] as const)('%s', (...[, direction, text, kinds]) => {
    const blockers = blockersOf(decide(closed(), direction, text));

    expect(blockers.map(({ kind }) => kind)).toEqual(kinds);
    expect(blockers).toContainEqual(expect.objectContaining({ id: acl('app'), direction }));
  });

  it('names the group that came nearest first, and all of them', () => {
    const vpc = closed()
      .interface('web', { subnet: 'app', groups: ['web', 'admin'], address: '10.0.0.10' })
      .securityGroup('admin', { ingress: [allow(tcp(443), '10.0.0.0/8')] });
    const [, groups] = blockersOf(decide(vpc, 'ingress', 'tcp 198.51.100.7:50000 > 10.0.0.10:443'));

    expect(groups).toMatchObject({ ids: [sg('admin'), sg('web')] });
  });

  it('nothing blocks what is allowed or not known', () => {
    const open = closed()
      .acl('app', [ingress(100).allow(tcp(443), '0.0.0.0/0')])
      .interface('web', { subnet: 'app', groups: ['unshared'], address: '10.0.0.10' });

    expect(blockersOf(decide(open, 'ingress', 'tcp 198.51.100.7:50000 > 10.0.0.10:443'))).toEqual([]);
  });
});
