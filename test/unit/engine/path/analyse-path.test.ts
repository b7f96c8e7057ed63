import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, obstacleWords } from '../../../support/follow-path.ts';
import { eni, igw, nat, rtb, subnet, vgw, vpc } from '../../../support/ids.ts';
import { route, viaEndpoint, viaInternetGateway, viaNatGateway, viaPeering } from '../../../support/routes.ts';
import { allow, anything, egress, ingress, tcp } from '../../../support/rules.ts';

const HOST = '8.8.8.8';
const anywhere = route('0.0.0.0/0', viaInternetGateway());

/** A public web server, and a client behind a NAT gateway in the same VPC. */
function shop(): VpcBuilder {
  return buildVpc()
    .subnet('public', '10.0.1.0/24')
    .subnet('private', '10.0.2.0/24')
    .internetGateway()
    .routeTable('public', [anywhere])
    .routeTable('private', [route('0.0.0.0/0', viaNatGateway('nat'))])
    .natGateway('nat', { in: 'public', address: '10.0.1.4', publicAddress: '54.0.0.4' })
    .securityGroup('web', { ingress: [allow(tcp(443), '0.0.0.0/0')] })
    .interface('web', { subnet: 'public', address: '10.0.1.5', publicAddress: '54.0.0.5', groups: ['web'] })
    .interface('client', { subnet: 'private', address: '10.0.2.5', groups: ['web'] });
}

/** The ACL of the NAT gateway's subnet lets answers in from port `from` on. */
function shopThatHears(from: number): VpcBuilder {
  return shop().acl('public', [
    ingress(100).allow(tcp(443), '10.0.0.0/16'),
    ingress(110).allow(tcp(from, 65_535), '0.0.0.0/0'),
    egress(100).allow(anything, '0.0.0.0/0'),
  ]);
}

describe('what the naive walk over random networks found', () => {
  it('RT-18 nothing comes in by a gateway that is known to be detached, whatever the routes say', () => {
    const detached = shop().raw({ InternetGateways: [{ InternetGatewayId: igw('main'), Attachments: [] }] });

    expect(obstacleWords(follow(detached, HOST, '54.0.0.5'))).toEqual(['forward gateway not-attached']);
  });

  it('EVAL-16 the answer to a neighbour’s public address comes back through the NAT gateway', () => {
    expect(follow(shop(), 'client', '54.0.0.5').verdict).toBe('reachable');
  });

  it.each(['client', 'web'])('FLOW-71 a NAT gateway takes nothing meant for itself, from %s either', (from) => {
    const found = follow(shop(), from, '10.0.1.4');

    expect(obstacleWords(found)).toEqual(['forward gateway unsolicited-inbound']);
    expect(found.obstacles[0]).toMatchObject({ id: nat('nat') });
  });

  it('leaves open what becomes of that where NAT gateways were not collected', () => {
    expect(follow(shop().raw({ NatGateways: undefined }), 'client', '10.0.1.4')).toMatchObject({
      verdict: 'undetermined',
      gaps: [{ fact: 'nat-gateway' }],
    });
  });

  it('NACL-24 a NAT gateway sends from a port of its own, whatever port the client has', () => {
    expect(follow(shopThatHears(1_024), 'client', HOST, 'tcp/443', { sourcePort: 1_000 }).verdict).toBe('reachable');
    expect(follow(shopThatHears(32_768), 'client', HOST, 'tcp/443', { sourcePort: 40_000 })).toMatchObject({
      verdict: 'undetermined',
      obstacles: [{ kind: 'network-acl', leg: 'return', clientPorts: { from: 1_024, to: 32_767 } }],
      gaps: [{ fact: 'client-port' }],
    });
  });

  it('VPCE-18 of ICMP a gateway endpoint takes echo requests alone', () => {
    const reached = shop()
      .prefixList('s3', '52.216.0.0/15')
      .routeTable('public', [route({ prefixList: 's3' }, viaEndpoint('s3'))])
      .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['public'] });
    const send = (type: number) => follow(reached, 'web', '52.216.0.1', 'icmp', { icmp: { type, code: 0 } });

    expect(send(8).verdict).toBe('reachable');
    expect(obstacleWords(send(3))).toEqual(['forward vpc-endpoint unsupported-protocol']);
  });
});

describe('who sends', () => {
  it('stands at the head of the way', () => {
    expect(follow(shop(), 'client', HOST).forward).toMatchObject({
      leg: 'forward',
      hops: [
        {
          kind: 'interface',
          id: eni('client'),
          vpcId: vpc('main'),
          subnetId: subnet('private'),
          outcome: { kind: 'passed' },
        },
        ...Array.from({ length: 8 }, () => ({})),
      ],
    });
  });

  it('must be somebody: nobody on the internet has a private address', () => {
    const obstacle = { kind: 'source', leg: 'forward', reason: 'no-such-address', address: { bits: 0xc0a80707n } };

    expect(follow(shop(), '192.168.7.7', '54.0.0.5')).toMatchObject({
      verdict: 'blocked',
      obstacles: [obstacle],
      forward: { leg: 'forward', hops: [{ kind: 'address', outcome: { kind: 'blocked', obstacles: [obstacle] } }] },
      return: { leg: 'return', hops: [] },
      gaps: [],
    });
  });
});

describe('an answer is lost', () => {
  const office = shop()
    .vpnGateway()
    .vpnConnection('office', { gateway: 'main', routes: ['10.0.0.0/8'] });
  const twin = buildVpc('twin')
    .cidr('10.0.0.0/16')
    .subnet('twin', '10.0.2.0/24')
    .routeTable('twin', [])
    .interface('twin', { subnet: 'twin', address: '10.0.2.5' });
  const shared = buildVpc('shared')
    .cidr('10.1.0.0/16')
    .subnet('ledger', '10.1.1.0/24')
    .routeTable('ledger', [route('10.0.0.0/16', viaPeering('shared')), route('10.0.2.0/24', viaPeering('twin'))])
    .peering('twin', { cidrs: ['10.0.0.0/16'] })
    .securityGroup('ledger', { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', groups: ['ledger'] });
  const asking = shop()
    .routeTable('private', [route('10.1.0.0/16', viaPeering('shared'))])
    .peering('shared', { cidrs: ['10.1.0.0/16'] });

  it('PEER-13 with somebody else who has the address of the one who asked', () => {
    expect(follow(buildWorld(asking, shared, twin), 'client', 'ledger').obstacles).toMatchObject([
      { kind: 'route', leg: 'return', reason: 'asymmetric', id: rtb('ledger') },
    ]);
  });

  it('EVAL-25 in its own subnet, where the one who asked from elsewhere has an address of that', () => {
    const { obstacles, return: back } = follow(office, `10.0.1.77@${vgw('main')}`, 'web');

    expect(obstacles).toEqual([{ kind: 'route', leg: 'return', reason: 'asymmetric' }]);
    expect(back.hops).toEqual([{ kind: 'route-table', outcome: { kind: 'blocked', obstacles } }]);
  });
});

const namesake = (name: string): VpcBuilder =>
  buildVpc(name)
    .cidr('10.1.0.0/16')
    .subnet(name, '10.1.1.0/24')
    .routeTable(name, [route('10.0.0.0/16', viaPeering(name))])
    .securityGroup(name, { ingress: [allow(tcp(443), '10.0.0.0/16')] })
    .interface(name, { subnet: name, address: '10.1.1.9', groups: [name] });

it('PEER-13 an instance that was asked about is not its namesake elsewhere', () => {
  const network = buildWorld(
    shop()
      .routeTable('private', [route('10.1.0.0/16', viaPeering('one'))])
      .peering('one', { cidrs: ['10.1.0.0/16'] }),
    namesake('one'),
    namesake('two'),
  );

  expect(follow(network, 'client', 'instance:one').verdict).toBe('reachable');
  expect(obstacleWords(follow(network, 'client', 'instance:two'))).toEqual(['forward destination leads-elsewhere']);
});
