import { describe, expect, it } from 'vitest';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow, obstacleWords } from '../../../support/follow-path.ts';
import { igw, nat } from '../../../support/ids.ts';
import { route, viaEndpoint, viaInternetGateway, viaNatGateway } from '../../../support/routes.ts';
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
