import { expect, it } from 'vitest';
import { formatAddress } from '../../../src/net/address.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni, pl, sg, sgr, subnet, vpc } from '../../support/ids.ts';
import {
  allow,
  anything,
  deletedGroup,
  group,
  icmp,
  ingress,
  peerGroup,
  prefixList,
  protocol,
  tcp,
} from '../../support/rules.ts';

const built = buildVpc()
  .cidr('10.0.0.0/16', '2001:db8::/56')
  .subnet('app', '10.0.1.0/24', '2001:db8::/64')
  .subnet('db', '10.0.2.0/24')
  .acl('app', [ingress(90).deny(tcp(22), '192.0.2.0/24'), ingress(100).allow(anything, '0.0.0.0/0')])
  .securityGroup('web', {
    ingress: [
      allow(tcp(443), '0.0.0.0/0', 'everyone'),
      allow(tcp(443), '::/0'),
      allow(tcp(8080, 8090), group('lb')),
      allow(icmp(8), prefixList('offices')),
      allow(protocol(50), peerGroup('shared', 'vpn')),
      allow(anything, deletedGroup('gone')),
    ],
  })
  .interface('web', {
    subnet: 'app',
    groups: ['web'],
    address: '10.0.1.10',
    publicAddress: '203.0.113.7',
    ipv6: '2001:db8::10',
  })
  .prefixList('offices', '192.0.2.0/24')
  .peering('shared', { cidrs: ['10.9.0.0/16'] })
  .flowLog({ on: { subnet: 'app' } })
  .build();

it('builds a network that the parser takes without a gap', () => {
  expect(built.snapshot.gaps).toEqual([]);
});

it('gives every object an id that follows from its name', () => {
  expect([...built.snapshot.vpcs.keys()]).toEqual([vpc('main')]);
  expect(built.interface('web')).toMatchObject({ id: eni('web'), subnetId: subnet('app'), groups: [sg('web')] });
  expect(built.group('web').rules.map((rule) => rule.id)).toEqual([
    ...[0, 1, 2, 3, 4, 5].map((index) => sgr('web', 'ingress', index)),
    ...[0, 1].map((index) => sgr('web', 'egress', index)),
  ]);
  expect(built.snapshot.prefixLists.has(pl('offices'))).toBe(true);
});

it('says the same with rule ids and without', () => {
  const bare = buildVpc().securityGroup('web', { ingress: [allow(tcp(443), group('lb'))], egress: [] });

  const [withId] = bare.build().group('web').rules;
  const [without] = bare.withoutRuleIds().build().group('web').rules;

  expect(withId).toEqual({ id: sgr('web', 'ingress', 0), ...without });
});

it('gives subnets without an ACL of their own the default one', () => {
  expect(built.acl('default').subnetIds).toEqual([subnet('db')]);
  expect(built.acl('app').subnetIds).toEqual([subnet('app')]);
});

it('lists addresses of both families', () => {
  expect(built.interface('web').addresses.map((entry) => formatAddress(entry.address))).toEqual([
    '10.0.1.10',
    '2001:db8::10',
  ]);
});

it('leaves out of the JSON what was not asked for', () => {
  expect(buildVpc().raw({ NetworkAcls: undefined }).build().raw).not.toHaveProperty('NetworkAcls');
});
