import type { StandInAccount } from '../../../demo/aws/stand-in-account.ts';
import type { RawSnapshot } from '../../../src/vpc/raw-snapshot.ts';
import { buildVpc, buildWorld } from '../../support/build-vpc.ts';
import {
  balancer,
  eni,
  instance,
  pl,
  sg,
  subnet,
  targetGroup,
  tgwAttachment,
  tgwTable,
  vgw,
  vpc,
} from '../../support/ids.ts';
import { route, viaInternetGateway, viaNatGateway, viaPeering, viaTransitGateway } from '../../support/routes.ts';
import { allow, group, prefixList, tcp } from '../../support/rules.ts';

/** A VPC with a thing of every kind that a path may meet. */
const MAIN = buildVpc('main')
  .cidr('10.0.0.0/16')
  .subnet('public', '10.0.0.0/24')
  .subnet('app', '10.0.1.0/24')
  .securityGroup('web', { ingress: [allow(tcp(443), prefixList('s3')), allow(tcp(22), prefixList('offices'))] })
  .securityGroup('app', { ingress: [allow(tcp(8080), group('web'))] })
  .prefixList('s3', '198.51.100.0/24')
  .interface('web', { subnet: 'public', groups: ['web'], address: '10.0.0.10', publicAddress: '203.0.113.10' })
  .interface('app', { subnet: 'app', groups: ['app'], address: '10.0.1.10' })
  .routeTable('public', [route('0.0.0.0/0', viaInternetGateway()), route('10.1.0.0/16', viaPeering('side'))])
  .routeTable('app', [
    route('0.0.0.0/0', viaNatGateway('nat')),
    route('10.2.0.0/16', viaTransitGateway('hub')),
    route({ prefixList: 'partners' }, viaTransitGateway('hub')),
  ])
  .internetGateway()
  .egressOnlyInternetGateway()
  .natGateway('nat', { in: 'public', address: '10.0.0.5', publicAddress: '203.0.113.5' })
  .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['app'] })
  .vpnGateway()
  .vpnConnection('office', { gateway: 'main', routes: ['192.168.0.0/16'] })
  .transitGateway('hub', {
    attachments: [
      { name: 'main', subnets: ['app'] },
      { name: 'side', subnets: ['far'] },
    ],
    routes: [
      { destination: '10.2.0.0/16', to: 'side', type: 'propagated' },
      { destination: '172.16.0.0/12' },
      { destination: { prefixList: 'far-networks' }, to: 'side' },
    ],
  })
  .peering('side', { cidrs: ['10.1.0.0/16'] })
  .flowLog({ logGroup: '/vpc/main' }, 'main')
  .encryptionControl('monitor');

const SIDE = buildVpc('side')
  .cidr('10.1.0.0/16')
  .subnet('far', '10.1.1.0/24')
  .securityGroup('far')
  .interface('far', { subnet: 'far', groups: ['far'], address: '10.1.1.10' })
  .flowLog({ logGroup: '/vpc/gone' }, 'side');

const LISTS = ['offices', 'partners', 'far-networks'];

/** What the builder does not make: what is gathered per parent, and load balancers. */
const BESIDES = {
  VpcAttributes: [
    { VpcId: vpc('main'), EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } },
    { VpcId: vpc('side'), EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: false } },
  ],
  ManagedPrefixListEntries: LISTS.map((name, index) => ({
    PrefixListId: pl(name),
    Entries: [{ Cidr: `192.0.2.${index}/32` }],
  })),
  TransitGatewayAssociations: [
    {
      TransitGatewayRouteTableId: tgwTable('hub'),
      Associations: ['main', 'side'].map((name) => ({
        TransitGatewayAttachmentId: tgwAttachment(name),
        ResourceId: vpc(name),
        ResourceType: 'vpc',
        State: 'associated',
      })),
    },
  ],
  Addresses: [
    { PublicIp: '203.0.113.10', AllocationId: 'eipalloc-0123456789abcdef0', NetworkInterfaceId: eni('web') },
    { PublicIp: '203.0.113.99', AllocationId: 'eipalloc-0123456789abcdef1' },
  ],
  LoadBalancers: ['front', 'back'].map((name) => rawBalancer(name, name === 'front' ? 'main' : 'side')),
  LoadBalancerListeners: ['front', 'back'].map((name) => ({
    LoadBalancerArn: balancer(name),
    Listeners: [
      {
        ListenerArn: `${balancer(name)}/listener`,
        LoadBalancerArn: balancer(name),
        Protocol: 'HTTPS',
        Port: 443,
        DefaultActions: [
          { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: targetGroup(name), Weight: 1 }] } },
        ],
      },
    ],
  })),
  LoadBalancerAttributes: ['front', 'back'].map((name) => ({
    LoadBalancerArn: balancer(name),
    Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
  })),
  TargetGroups: ['front', 'back'].map((name) => ({
    TargetGroupArn: targetGroup(name),
    TargetGroupName: name,
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: vpc(name === 'front' ? 'main' : 'side'),
    LoadBalancerArns: [balancer(name)],
    TargetType: 'instance',
    HealthCheckPort: 'traffic-port',
  })),
  TargetGroupAttributes: ['front', 'back'].map((name) => ({
    TargetGroupArn: targetGroup(name),
    Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }],
  })),
  LoadBalancerTargetHealth: ['front', 'back'].map((name) => ({
    TargetGroupArn: targetGroup(name),
    TargetHealthDescriptions: [
      { Target: { Id: instance(name === 'front' ? 'app' : 'far'), Port: 8080 }, TargetHealth: { State: 'healthy' } },
    ],
  })),
  LogGroups: [{ logGroupName: '/vpc/main', retentionInDays: 30, logGroupClass: 'STANDARD' }],
};

function rawBalancer(name: string, home: string): object {
  return {
    LoadBalancerArn: balancer(name),
    LoadBalancerName: name,
    DNSName: `${name}.example.com`,
    Type: 'application',
    Scheme: 'internal',
    State: { Code: 'active' },
    VpcId: vpc(home),
    SecurityGroups: [sg(home === 'main' ? 'web' : 'far')],
    AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: subnet(home === 'main' ? 'public' : 'far') }],
  };
}

/** The network as it would be recorded. */
export const RECORDED: RawSnapshot = { ...buildWorld(MAIN, SIDE).raws[0]!, ...BESIDES };

const LOG_GROUP = { name: '/vpc/main', retentionInDays: 30, streams: [] };

/** The same network as AWS would answer for it, with what AWS tells and no file should hold. */
export const NETWORK: StandInAccount = {
  snapshot: {
    ...RECORDED,
    VpnConnections: [
      {
        VpnConnectionId: 'vpn-0123456789abcdef0',
        VpnGatewayId: vgw('main'),
        State: 'available',
        CustomerGatewayConfiguration: '<pre_shared_key>hush-hush</pre_shared_key>',
        Options: {
          StaticRoutesOnly: true,
          TunnelOptions: [{ OutsideIpAddress: '203.0.113.77', PreSharedKey: 'hush-hush' }],
        },
        Routes: [{ DestinationCidrBlock: '192.168.0.0/16', State: 'available' }],
      },
    ],
  },
  logGroups: [LOG_GROUP, { name: '/vpc/main-2', streams: [] }],
};
