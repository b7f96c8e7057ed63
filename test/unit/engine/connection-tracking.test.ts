import { describe, expect, it } from 'vitest';
import {
  classifyTracking,
  tcpIdleTimeout,
  udpIdleTimeout,
  type Tracking,
} from '../../../src/engine/connection-tracking.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import { buildVpc, buildWorld, type VpcBuilder } from '../../support/build-vpc.ts';
import { eni, instance } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';
import { allow, anything, group, icmp, prefixList, tcp, udp, type GroupRule } from '../../support/rules.ts';
import type { InterfacePlan } from '../../support/vpc-plan.ts';

const OUT_TO_ANYWHERE = [allow(anything, '0.0.0.0/0')];

interface Rules {
  readonly ingress: readonly GroupRule[];
  readonly egress?: readonly GroupRule[];
}

const network = (rules: Rules, neighbour: Partial<InterfacePlan> = {}): VpcBuilder =>
  buildVpc()
    .cidr('10.0.0.0/16', '2001:db8::/56')
    .subnet('app', '10.0.0.0/24', '2001:db8::/64')
    .prefixList('everywhere', '0.0.0.0/0')
    .securityGroup('web', { egress: OUT_TO_ANYWHERE, ...rules })
    .interface('web', { subnet: 'app', groups: ['web'], address: '10.0.0.10' })
    .interface('neighbour', { subnet: 'app', groups: ['web'], address: '10.0.0.20', ...neighbour });

function classify(vpc: VpcBuilder, text: string): Tracking {
  const { snapshot } = vpc.build();
  const filters = compileInterfaceFilters(snapshot, eni('web'));
  return classifyTracking({ snapshot, filters, direction: 'ingress', packet: packet(text) });
}

const SSH = 'tcp 10.0.0.20:50000 > 10.0.0.10:22';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html */
describe('whether a flow is tracked', () => {
  it.each<[string, Rules, Tracking]>([
    ['CT-2: from anywhere, answers to anywhere', { ingress: [allow(tcp(22), '0.0.0.0/0')] }, 'untracked'],
    ['CT-2: from one block', { ingress: [allow(tcp(22), '10.0.0.0/8')] }, 'tracked'],
    [
      'SG-3: the widest admitting rule counts',
      { ingress: [allow(tcp(22), '10.0.0.0/8'), allow(tcp(22), '0.0.0.0/0')] },
      'untracked',
    ],
    [
      'CT-2: answers to one port only',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(tcp(443), '0.0.0.0/0')] },
      'tracked',
    ],
    [
      'CT-2: answers to all TCP ports',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(tcp(), '0.0.0.0/0')] },
      'untracked',
    ],
    [
      'CT-2: answers to the upper ports only',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(tcp(1024, 65535), '0.0.0.0/0')] },
      'tracked',
    ],
    [
      'CT-2: answers to the lower ports only',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow({ protocol: 6, from: 0, to: 1023 }, '0.0.0.0/0')] },
      'tracked',
    ],
    [
      'CT-2: answers to anywhere, by one rule among others',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(tcp(443), group('web')), ...OUT_TO_ANYWHERE] },
      'untracked',
    ],
    [
      'CT-2: answers to a group only',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(anything, group('web'))] },
      'tracked',
    ],
    [
      'CT-2: answers of another protocol',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(udp(), '0.0.0.0/0')] },
      'tracked',
    ],
    [
      'CT-2: answers to one block',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(anything, '10.0.0.0/8')] },
      'tracked',
    ],
    [
      'CT-4: answers of the other family',
      { ingress: [allow(tcp(22), '0.0.0.0/0')], egress: [allow(anything, '::/0')] },
      'tracked',
    ],
    [
      'CT-6: two halves are not anywhere',
      { ingress: [allow(tcp(22), '0.0.0.0/1'), allow(tcp(22), '128.0.0.0/1')] },
      'tracked',
    ],
    ['CT-6: a prefix list is not anywhere', { ingress: [allow(tcp(22), prefixList('everywhere'))] }, 'tracked'],
    ['CT-6: a group is not anywhere', { ingress: [allow(tcp(22), group('web'))] }, 'tracked'],
    ['CT-26: nobody knows what admits it', { ingress: [allow(tcp(22), prefixList('unreadable'))] }, 'unknown'],
  ])('%s', (_, rules, expected) => {
    expect(classify(network(rules), SSH)).toBe(expected);
  });

  it.each([
    ['CT-4: ICMP', allow(icmp(), '0.0.0.0/0'), 'icmp 8/0 10.0.0.20 > 10.0.0.10'],
    ['CT-7: other protocols', allow(anything, '0.0.0.0/0'), '50 10.0.0.20 > 10.0.0.10'],
  ])('%s always', (_, rule, text) => {
    expect(classify(network({ ingress: [rule] }), text)).toBe('tracked');
  });

  it.each([
    ['CT-5: from a load balancer', 'network_load_balancer', 'tracked'],
    ['CT-5: from an interface endpoint', 'vpc_endpoint', 'tracked'],
    ['CT-5: from a Lambda function', 'lambda', 'tracked'],
    ['from an ordinary interface', 'interface', 'untracked'],
  ])('%s', (_, type, expected) => {
    const vpc = network({ ingress: [allow(tcp(22), '0.0.0.0/0')] }, { type });

    expect(classify(vpc, SSH)).toBe(expected);
  });

  it.each<[string, GroupRule, Tracking]>([
    ['every port', allow(anything, '0.0.0.0/0'), 'untracked'],
    ['one port', allow(tcp(22), '0.0.0.0/0'), 'tracked'],
  ])('CT-2: on the way out it is the inbound rules that count: %s', (_, rule, expected) => {
    const { snapshot } = network({ ingress: [rule] }).build();
    const filters = compileInterfaceFilters(snapshot, eni('web'));
    const asked = packet('tcp 10.0.0.10:50000 > 10.0.0.20:22');

    expect(classifyTracking({ snapshot, filters, direction: 'egress', packet: asked })).toBe(expected);
  });

  it('finds the neighbour by a secondary address', () => {
    const vpc = network({ ingress: [allow(tcp(22), '0.0.0.0/0')] }, { secondary: ['10.0.0.21'] });

    expect(classify(vpc, 'tcp 10.0.0.21:50000 > 10.0.0.10:22')).toBe('untracked');
  });

  it('CT-26: an interface of another VPC is no neighbour, whatever its address', () => {
    const far = buildVpc('far')
      .subnet('far', '10.0.0.0/24')
      .interface('stranger', { subnet: 'far', address: '10.0.0.77' });
    const { snapshot } = buildWorld(network({ ingress: [allow(tcp(22), '0.0.0.0/0')] }), far);
    const filters = compileInterfaceFilters(snapshot, eni('web'));
    const asked = packet('tcp 10.0.0.77:50000 > 10.0.0.10:22');

    expect(classifyTracking({ snapshot, filters, direction: 'ingress', packet: asked })).toBe('unknown');
  });

  it('CT-26: from an address that nobody here has, the path is not known', () => {
    const vpc = network({ ingress: [allow(tcp(22), '0.0.0.0/0')] });

    expect(classify(vpc, 'tcp 198.51.100.7:50000 > 10.0.0.10:22')).toBe('unknown');
  });
});

const idle = (plan: Partial<InterfacePlan>, type = 'm7g.large') => {
  const vpc = network({ ingress: [] }, plan).instanceType('neighbour', type).build();
  const networkInterface = vpc.interface('neighbour');
  return {
    tcp: tcpIdleTimeout(networkInterface, vpc.snapshot.instances.get(instance('neighbour'))),
    udp: udpIdleTimeout(networkInterface, 'single'),
    stream: udpIdleTimeout(networkInterface, 'stream'),
  };
};

describe('how long an idle flow is remembered', () => {
  it('CT-11, CT-12: five days for TCP, half a minute and three minutes for UDP', () => {
    expect(idle({})).toEqual({
      tcp: { seconds: 432_000, source: 'default' },
      udp: { seconds: 30, source: 'default' },
      stream: { seconds: 180, source: 'default' },
    });
  });

  it('CT-12: 350 seconds on Nitro v6', () => {
    expect(idle({}, 'm8i.large').tcp).toEqual({ seconds: 350, source: 'default' });
  });

  it('CT-14: what is set on the interface wins', () => {
    expect(idle({ idleTimeouts: { tcpEstablished: 60, udp: 45, udpStream: 100 } }, 'm8i.large')).toEqual({
      tcp: { seconds: 60, source: 'interface' },
      udp: { seconds: 45, source: 'interface' },
      stream: { seconds: 100, source: 'interface' },
    });
  });

  it('CT-16: a Network Load Balancer has values of its own', () => {
    expect(idle({ type: 'network_load_balancer', idleTimeouts: { tcpEstablished: 60, udp: 45 } })).toEqual({
      tcp: { seconds: 350, source: 'default' },
      udp: { seconds: 120, source: 'default' },
      stream: { seconds: 120, source: 'default' },
    });
  });

  it('without an instance the usual default counts', () => {
    const vpc = network({ ingress: [] }).build();

    expect(tcpIdleTimeout(vpc.interface('web')).seconds).toBe(432_000);
  });
});
