import { describe, expect, it } from 'vitest';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { follow } from '../../../support/follow-path.ts';
import { vgw } from '../../../support/ids.ts';
import {
  route,
  viaEndpoint,
  viaInternetGateway,
  viaNatGateway,
  viaPeering,
  viaTransitGateway,
  viaVpnGateway,
  type RoutePlan,
} from '../../../support/routes.ts';
import { allow, anything } from '../../../support/rules.ts';
import { tellWay } from './tell-way.ts';

const HOST = '203.0.113.9';
const PUBLIC = '198.51.100.5';

function main(...routes: readonly RoutePlan[]): VpcBuilder {
  return buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('web', '10.0.1.0/24', '2001:db8:1:1::/64')
    .internetGateway()
    .routeTable('web', routes)
    .securityGroup('web', {
      ingress: [allow(anything, '0.0.0.0/0')],
      egress: [allow(anything, '0.0.0.0/0', 'v4'), allow(anything, '::/0')],
    })
    .interface('web', {
      subnet: 'web',
      address: '10.0.1.5',
      publicAddress: PUBLIC,
      ipv6: '2001:db8:1:1::5',
      groups: ['web'],
    });
}

const NAMES = [
  'main',
  'web',
  'public',
  'nat',
  'shared',
  'ledger',
  'hub',
  'door',
  'yard',
  's3',
  'default',
  'shared default',
  'shared main',
];

const outside = main(route('0.0.0.0/0', viaInternetGateway()));
const behindNat = main(route('0.0.0.0/0', viaNatGateway('nat')))
  .subnet('public', '10.0.9.0/24')
  .routeTable('public', [route('0.0.0.0/0', viaInternetGateway())])
  .natGateway('nat', { in: 'public', address: '10.0.9.4', publicAddress: '198.51.100.9' });

const shared = (way: RoutePlan): VpcBuilder =>
  buildVpc('shared')
    .cidr('10.1.0.0/16')
    .subnet('ledger', '10.1.1.0/24')
    .subnet('yard', '10.1.9.0/28')
    .routeTable('ledger', [way])
    .securityGroup('ledger', { ingress: [allow(anything, '10.0.0.0/16')] })
    .interface('ledger', { subnet: 'ledger', address: '10.1.1.9', groups: ['ledger'] })
    .interface('yard', {
      subnet: 'yard',
      address: '10.1.9.4',
      type: 'transit_gateway',
      instance: false,
      requesterManaged: true,
    });

const peered = buildWorld(
  main(route('10.1.0.0/16', viaPeering('shared'))).peering('shared', { cidrs: ['10.1.0.0/16'] }),
  shared(route('10.0.0.0/16', viaPeering('shared'))),
);

const joined = buildWorld(
  main(route('10.1.0.0/16', viaTransitGateway('hub')))
    .subnet('door', '10.0.8.0/28')
    .interface('door', {
      subnet: 'door',
      address: '10.0.8.4',
      type: 'transit_gateway',
      instance: false,
      requesterManaged: true,
    })
    .transitGateway('hub', {
      attachments: [
        { name: 'main', subnets: ['door'] },
        { name: 'shared', subnets: ['yard'] },
      ],
      routes: [
        { destination: '10.0.0.0/16', to: 'main' },
        { destination: '10.1.0.0/16', to: 'shared' },
      ],
    }),
  shared(route('10.0.0.0/16', viaTransitGateway('hub'))),
);

const office = main(route('192.168.0.0/16', viaVpnGateway()))
  .vpnGateway()
  .vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'] });
const store = main(route({ prefixList: 's3' }, viaEndpoint('s3')))
  .prefixList('s3', '203.0.113.0/24')
  .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['web'] });

interface Way {
  readonly network: VpcBuilder | BuiltWorld;
  readonly from: string;
  readonly to: string;
  readonly forward: readonly string[];
  readonly back: readonly string[];
}

describe('every hop tells where it stands and why it lets the packet through', () => {
  it.each<[string, Way]>([
    [
      'out to the internet',
      {
        network: outside,
        from: 'web',
        to: HOST,
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 203.0.113.9 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 203.0.113.9 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 203.0.113.9 443] to internet-gateway',
          'internet-gateway main in main/- source 10.0.1.5 is now 198.51.100.5',
        ],
        back: [
          'internet-gateway main in main/- destination 198.51.100.5 is now 10.0.1.5',
          'network-acl default in main/web ingress [203.0.113.9 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [203.0.113.9 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
    [
      'in from the internet',
      {
        network: outside,
        from: HOST,
        to: PUBLIC,
        forward: [
          'internet-gateway main in main/- destination 198.51.100.5 is now 10.0.1.5',
          'network-acl default in main/web ingress [203.0.113.9 any > 10.0.1.5 443] by entry 100',
          'security-group web in main/web ingress [203.0.113.9 any > 10.0.1.5 443] by rule of web',
          'interface web in main/web',
        ],
        back: [
          'security-group web in main/web egress [10.0.1.5 443 > 203.0.113.9 any] tracked',
          'network-acl default in main/web egress [10.0.1.5 443 > 203.0.113.9 any] by entry 100',
          'route-table web in main/web [10.0.1.5 443 > 203.0.113.9 any] to internet-gateway',
          'internet-gateway main in main/- source 10.0.1.5 is now 198.51.100.5',
        ],
      },
    ],
    [
      'through a NAT gateway',
      {
        network: behindNat,
        from: 'web',
        to: HOST,
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 203.0.113.9 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 203.0.113.9 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 203.0.113.9 443] to nat-gateway',
          'network-acl default in main/public ingress [10.0.1.5 any > 203.0.113.9 443] by entry 100',
          'nat-gateway nat in main/public source 10.0.1.5 is now 10.0.9.4',
          'network-acl default in main/public egress [10.0.9.4 any > 203.0.113.9 443] by entry 100',
          'route-table public in main/public [10.0.9.4 any > 203.0.113.9 443] to internet-gateway',
          'internet-gateway main in main/- source 10.0.9.4 is now 198.51.100.9',
        ],
        back: [
          'internet-gateway main in main/- destination 198.51.100.9 is now 10.0.9.4',
          'network-acl default in main/public ingress [203.0.113.9 443 > 10.0.9.4 any] by entry 100',
          'nat-gateway nat in main/public destination 10.0.9.4 is now 10.0.1.5',
          'network-acl default in main/public egress [203.0.113.9 443 > 10.0.1.5 any] by entry 100',
          'route-table public in main/public [203.0.113.9 443 > 10.0.1.5 any] to local',
          'network-acl default in main/web ingress [203.0.113.9 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [203.0.113.9 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
    [
      'over a peering connection',
      {
        network: peered,
        from: 'web',
        to: 'ledger',
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 10.1.1.9 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 10.1.1.9 443] to peering',
          'peering shared in -/-',
          'network-acl shared default in shared/ledger ingress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'security-group ledger in shared/ledger ingress [10.0.1.5 any > 10.1.1.9 443] by rule of ledger',
          'interface ledger in shared/ledger',
        ],
        back: [
          'security-group ledger in shared/ledger egress [10.1.1.9 443 > 10.0.1.5 any] tracked',
          'network-acl shared default in shared/ledger egress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'route-table ledger in shared/ledger [10.1.1.9 443 > 10.0.1.5 any] to peering',
          'peering shared in -/-',
          'network-acl default in main/web ingress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [10.1.1.9 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
    [
      'over a transit gateway',
      {
        network: joined,
        from: 'web',
        to: 'ledger',
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 10.1.1.9 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 10.1.1.9 443] to transit-gateway',
          'network-acl default in main/door ingress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'transit-gateway hub in main/-',
          'transit-gateway-route-table hub in -/-',
          'network-acl shared default in shared/yard egress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'route-table shared main in shared/yard [10.0.1.5 any > 10.1.1.9 443] to local',
          'network-acl shared default in shared/ledger ingress [10.0.1.5 any > 10.1.1.9 443] by entry 100',
          'security-group ledger in shared/ledger ingress [10.0.1.5 any > 10.1.1.9 443] by rule of ledger',
          'interface ledger in shared/ledger',
        ],
        back: [
          'security-group ledger in shared/ledger egress [10.1.1.9 443 > 10.0.1.5 any] tracked',
          'network-acl shared default in shared/ledger egress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'route-table ledger in shared/ledger [10.1.1.9 443 > 10.0.1.5 any] to transit-gateway',
          'network-acl shared default in shared/yard ingress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'transit-gateway hub in shared/-',
          'transit-gateway-route-table hub in -/-',
          'network-acl default in main/door egress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'route-table main in main/door [10.1.1.9 443 > 10.0.1.5 any] to local',
          'network-acl default in main/web ingress [10.1.1.9 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [10.1.1.9 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
    [
      'to the office',
      {
        network: office,
        from: 'web',
        to: '192.168.7.7',
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 192.168.7.7 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 192.168.7.7 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 192.168.7.7 443] to vpn-gateway',
          'vpn-gateway main in main/-',
        ],
        back: [
          'vpn-gateway main in main/-',
          'network-acl default in main/web ingress [192.168.7.7 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [192.168.7.7 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
    [
      'from the office',
      {
        network: office,
        from: `192.168.7.7@${vgw('main')}`,
        to: 'web',
        forward: [
          'vpn-gateway main in main/-',
          'network-acl default in main/web ingress [192.168.7.7 any > 10.0.1.5 443] by entry 100',
          'security-group web in main/web ingress [192.168.7.7 any > 10.0.1.5 443] by rule of web',
          'interface web in main/web',
        ],
        back: [
          'security-group web in main/web egress [10.0.1.5 443 > 192.168.7.7 any] tracked',
          'network-acl default in main/web egress [10.0.1.5 443 > 192.168.7.7 any] by entry 100',
          'route-table web in main/web [10.0.1.5 443 > 192.168.7.7 any] to vpn-gateway',
          'vpn-gateway main in main/-',
        ],
      },
    ],
    [
      'to a gateway endpoint',
      {
        network: store,
        from: 'web',
        to: 'service:s3',
        forward: [
          'interface web in main/web',
          'security-group web in main/web egress [10.0.1.5 any > 203.0.113.1 443] by rule of web',
          'network-acl default in main/web egress [10.0.1.5 any > 203.0.113.1 443] by entry 100',
          'route-table web in main/web [10.0.1.5 any > 203.0.113.1 443] to vpc-endpoint',
          'vpc-endpoint s3 in main/-',
        ],
        back: [
          'network-acl default in main/web ingress [203.0.113.1 443 > 10.0.1.5 any] by entry 100',
          'security-group web in main/web ingress [203.0.113.1 443 > 10.0.1.5 any] tracked',
          'interface web in main/web',
        ],
      },
    ],
  ])('%s', (_, { network, from, to, forward, back }) => {
    const found = follow(network, from, to, 'tcp/443');

    expect(found.verdict).toBe('reachable');
    expect(tellWay(found.forward, NAMES)).toEqual(forward);
    expect(tellWay(found.return, NAMES)).toEqual(back);
  });
});
