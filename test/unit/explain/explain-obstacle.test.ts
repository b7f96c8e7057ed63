import { describe, expect, it } from 'vitest';
import type { Obstacle } from '../../../src/engine/path/path.ts';
import { explainObstacle, obstacleClause } from '../../../src/explain/explain-obstacle.ts';
import { toldObstacle } from '../../../src/explain/path-packets.ts';
import type { PathTelling } from '../../../src/explain/path-telling.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { obstacle, path } from '../../support/build-path.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { follow } from '../../support/follow-path.ts';
import { eni, igw, nat, pcx, vpce } from '../../support/ids.ts';
import { route, viaInternetGateway } from '../../support/routes.ts';
import { allow, ingress, tcp } from '../../support/rules.ts';

const say = (one: Obstacle, telling: PathTelling = path()): string =>
  plainText(obstacleClause(toldObstacle(telling, one)));
const tell = (one: Obstacle, telling: PathTelling = path()): string =>
  plainText(explainObstacle(toldObstacle(telling, one)));

describe('in a headline', () => {
  it.each<[Obstacle, string]>([
    [
      obstacle('security-group', { id: 'sg-1', direction: 'egress' }),
      'no outbound rule of security group sg-1 matches',
    ],
    [
      obstacle('security-group', { id: 'sg-1', ids: ['sg-1', 'sg-2'], direction: 'ingress' }),
      'no inbound rule of security groups sg-1, sg-2 matches',
    ],
    [
      obstacle('network-acl', { id: 'acl-1', direction: 'ingress', ruleNumber: 32_767 }),
      'inbound rule * of network ACL acl-1 denies it',
    ],
    [obstacle('route', { id: 'rtb-1', reason: 'no-route' }), 'route table rtb-1 has no route to 203.0.113.9'],
    [
      obstacle('route', { id: 'rtb-1', reason: 'blackhole' }),
      'route table rtb-1 drops it: the route to 203.0.113.9 is a blackhole',
    ],
    [
      obstacle('route', { id: 'rtb-1', reason: 'asymmetric', leg: 'return' }),
      'route table rtb-1 sends the answer another way than the request came',
    ],
    [
      obstacle('gateway', { id: 'igw-1', reason: 'no-public-address' }),
      'internet gateway igw-1 drops it: 10.0.1.5 has no public address',
    ],
    [
      obstacle('gateway', { id: 'igw-1', reason: 'not-publicly-routable' }),
      'internet gateway igw-1 drops it: 203.0.113.9 is a private address, to which the internet does not lead',
    ],
    [
      obstacle('gateway', { id: 'nat-1', reason: 'unsolicited-inbound' }),
      'NAT gateway nat-1 lets in answers only, and nobody behind it asked',
    ],
    [
      obstacle('gateway', { id: 'nat-1', reason: 'unsupported-protocol' }),
      'NAT gateway nat-1 does not carry tcp over IPv4',
    ],
    [
      obstacle('gateway', { id: 'nat-1', reason: 'no-internet-route' }),
      'NAT gateway nat-1 cannot pass it on: its own route table has no way to the internet',
    ],
    [
      obstacle('gateway', { id: 'nat-1', reason: 'private-nat' }),
      'NAT gateway nat-1 is a private one and has no public address to give',
    ],
    [obstacle('gateway', { id: 'nat-1', reason: 'not-available' }), 'NAT gateway nat-1 is not available'],
    [
      obstacle('gateway', { id: 'vgw-1', reason: 'no-vpn-route' }),
      'virtual private gateway vgw-1 has no VPN route to 203.0.113.9',
    ],
    [
      obstacle('gateway', { id: 'vgw-1', reason: 'no-route' }),
      'virtual private gateway vgw-1 carries traffic for its own VPC only, and 203.0.113.9 is outside it',
    ],
    [obstacle('gateway', { id: 'igw-1', reason: 'not-attached' }), 'internet gateway igw-1 is not attached to the VPC'],
    [obstacle('gateway', { id: 'vpc-1', reason: 'not-attached' }), 'an internet gateway of vpc-1 does not exist'],
    [
      obstacle('gateway', { reason: 'unsolicited-inbound' }),
      'the gateway lets in answers only, and nobody behind it asked',
    ],
    [obstacle('peering', { id: 'pcx-1', reason: 'not-active' }), 'peering connection pcx-1 is not active'],
    [
      obstacle('peering', { id: 'pcx-1', reason: 'no-transit' }),
      'peering connection pcx-1 does not lead to 203.0.113.9: it carries traffic between its own two VPCs only',
    ],
    [
      obstacle('transit-gateway', { id: 'tgw-1', reason: 'az-not-attached' }),
      "transit gateway tgw-1 has no attachment in the sender's Availability Zone",
    ],
    [
      obstacle('transit-gateway', { id: 'tgw-1', reason: 'no-association' }),
      'transit gateway tgw-1 has no route table for this attachment',
    ],
    [
      obstacle('transit-gateway', { id: 'tgw-1', reason: 'not-attached' }),
      'transit gateway tgw-1 has no attachment in force here',
    ],
    [
      obstacle('transit-gateway-route', { id: 'tgw-rtb-1', reason: 'no-route' }),
      'transit gateway route table tgw-rtb-1 has no route to 203.0.113.9',
    ],
    [obstacle('vpc-endpoint', { id: 'vpce-1', reason: 'not-available' }), 'VPC endpoint vpce-1 is not available'],
    [
      obstacle('load-balancer', { id: 'arn:lb/web', reason: 'no-listener' }),
      'load balancer arn:lb/web has no listener for tcp/443',
    ],
    [obstacle('load-balancer', { id: 'arn:lb/web', reason: 'no-targets' }), 'load balancer arn:lb/web has no targets'],
    [obstacle('block-public-access', { id: 'vpc-1' }), 'VPC Block Public Access of vpc-1 refuses it'],
    [
      obstacle('block-public-access', { id: 'vpc-1', leg: 'return' }),
      'VPC Block Public Access of vpc-1 refuses the answer',
    ],
    [
      obstacle('source-dest-check', { id: eni('app') }),
      'network interface app drops what is not for its own address: its source/destination check is on',
    ],
    [
      obstacle('destination', { reason: 'no-such-address' }),
      'the destination 203.0.113.9 is nobody: no network interface has this address',
    ],
    [
      obstacle('destination', { reason: 'not-publicly-routable', address: parseAddress('10.9.9.9')! }),
      'the destination 10.9.9.9 is a private address, to which the internet does not lead',
    ],
    [obstacle('source', { reason: 'no-such-address' }), 'the source 10.0.1.5 is nobody who could send it'],
    [obstacle('gateway', { id: 'igw-1' }), 'internet gateway igw-1 stops it'],
  ])('$0.kind $0.reason', (one, words) => {
    expect(say(one)).toBe(words);
  });

  it('tells the state of what is not there yet, in the word of AWS', () => {
    const { snapshot } = buildVpc()
      .peering('ledger', { cidrs: ['10.44.0.0/16'], status: 'pending-acceptance' })
      .endpoint('s3', { service: 's3', type: 'Gateway', state: 'deleting' })
      .build();
    const telling = {
      ...path(),
      snapshot: { ...path().snapshot, peerings: snapshot.peerings, endpoints: snapshot.endpoints },
    };

    expect(say(obstacle('peering', { id: pcx('ledger'), reason: 'not-active' }), telling)).toContain(
      'is not active (pending-acceptance)',
    );
    expect(say(obstacle('vpc-endpoint', { id: vpce('s3'), reason: 'not-available' }), telling)).toContain(
      'is not available (deleting)',
    );
  });
});

describe('in full', () => {
  it("has AWS's own name for it, and what a reader may not know", () => {
    const one = obstacle('gateway', {
      id: 'igw-1',
      reason: 'no-public-address',
      code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    });

    expect(tell(one)).toBe(
      'Internet gateway igw-1 drops it: 10.0.1.5 has no public address. An internet gateway serves only public IPv4 addresses that belong to the interface, and IPv6. Reachability Analyzer: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS.',
    );
  });

  it('says which clients it is for, and which way', () => {
    const one = obstacle('route', {
      id: 'rtb-1',
      reason: 'no-route',
      leg: 'return',
      clientPorts: { from: 1024, to: 32_767 },
    });

    expect(tell(one)).toBe(
      'On the way back, route table rtb-1 has no route to 10.0.1.5. This holds for client ports 1024-32767, not for all of 1024-65535.',
    );
  });
});

describe('the packet is told as the obstacle met it', () => {
  const front = buildVpc()
    .subnet('web', '10.0.1.0/24')
    .internetGateway()
    .routeTable('web', [route('0.0.0.0/0', viaInternetGateway())])
    .acl('web', [ingress(100).allow(tcp(443), '10.0.0.0/8')])
    .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
    .interface('web', { subnet: 'web', address: '10.0.1.5', publicAddress: '198.51.100.5', groups: ['web'] });

  it.each([
    [
      'internet',
      'no inbound rule allows tcp/443 from the internet',
      'no outbound rule allows tcp replies to the internet',
    ],
    ['8.8.8.8', 'no inbound rule allows tcp/443 from 8.8.8.8', 'no outbound rule allows tcp replies to 8.8.8.8'],
  ])('from %s', (from, there, back) => {
    const { snapshot } = front.build();
    const analysis = follow(front, from, 'web');
    const told = analysis.obstacles.map((one) => tell(one, { analysis, snapshot }));

    expect(told).toEqual([expect.stringContaining(there), expect.stringContaining(back)]);
  });

  it('and the address behind a gateway is the private one', () => {
    const { snapshot } = front.build();
    const analysis = follow(front, 'internet', 'web', 'tcp/443');

    expect(analysis.forward.hops[0]).toMatchObject({ kind: 'internet-gateway', id: igw('main') });
    expect(
      tell(obstacle('gateway', { id: nat('x'), reason: 'unsolicited-inbound' }), { analysis, snapshot }),
    ).toContain('Nothing behind a NAT gateway can be reached from outside.');
  });
});
