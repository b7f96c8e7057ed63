import { eigw, eni, igw, nat, ofVpc, rtb, sg, subnet, tgw, vgw, vpc, vpce, vpn } from './ids.ts';
import { rawTransitGateways } from './raw-transit-gateways.ts';
import type { RoutePlan } from './routes.ts';
import type { VpcPlan } from './vpc-plan.ts';

/** What leads out of a VPC and between them. Told whole or not at all: see `VpcBuilder.paths`. */
export function rawPaths(plan: VpcPlan): object {
  if (!plan.paths) return {};
  return {
    RouteTables: rawRouteTables(plan),
    InternetGateways: plan.internetGateways.map(({ name, isAttached }) => ({
      InternetGatewayId: igw(name),
      OwnerId: plan.account,
      Attachments: isAttached ? [{ VpcId: vpc(plan.name), State: 'available' }] : [],
    })),
    EgressOnlyInternetGateways: plan.egressOnlyInternetGateways.map((name) => ({
      EgressOnlyInternetGatewayId: eigw(name),
      Attachments: [{ VpcId: vpc(plan.name), State: 'attached' }],
    })),
    NatGateways: plan.natGateways.map((gateway) => rawNatGateway(plan, gateway)),
    VpnGateways: plan.vpnGateways.map(({ name, isAttached }) => ({
      VpnGatewayId: vgw(name),
      State: 'available',
      VpcAttachments: isAttached ? [{ VpcId: vpc(plan.name), State: 'attached' }] : [],
    })),
    VpnConnections: plan.vpnConnections.map(rawVpnConnection),
    VpcEndpoints: plan.endpoints.map((endpoint) => rawEndpoint(plan, endpoint)),
    ...rawTransitGateways(plan),
  };
}

function rawRouteTables(plan: VpcPlan): readonly object[] {
  const hasMain = plan.routeTables.some(({ plan: table }) => table.main === true);
  const main = hasMain ? [] : [{ name: ofVpc(plan, 'main'), routes: [], plan: { main: true } }];
  return [...main, ...plan.routeTables].map((table) => rawRouteTable(plan, table));
}

/** A table for the subnet of its own name, unless it is told to be the main one or whose it is. */
function rawRouteTable(plan: VpcPlan, { name, routes, plan: table }: VpcPlan['routeTables'][number]): object {
  const isOnlyMain = table.main === true || table.gateway !== undefined;
  const subnets = table.on ?? (isOnlyMain ? [] : [name]);
  const inForce = { AssociationState: { State: 'associated' }, RouteTableId: rtb(name) };
  return {
    RouteTableId: rtb(name),
    VpcId: vpc(plan.name),
    OwnerId: plan.account,
    Associations: [
      ...(table.main === true ? [{ Main: true, ...inForce }] : []),
      ...subnets.map((on) => Object.assign({ Main: false, SubnetId: subnet(on) }, inForce)),
      ...(table.gateway === undefined ? [] : [{ Main: false, GatewayId: table.gateway, ...inForce }]),
    ],
    Routes: [...localRoutes(plan), ...routes].map(rawRoute),
    Tags: [{ Key: 'Name', Value: name }],
  };
}

/** One for each block of the VPC, in every table (RT-8). */
function localRoutes(plan: VpcPlan): readonly RoutePlan[] {
  return plan.cidrs.map((cidr) => ({
    destination: { [cidr.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock']: cidr },
    target: { GatewayId: 'local' },
    state: 'active',
    origin: 'CreateRouteTable',
  }));
}

function rawRoute({ destination, target, state, origin }: RoutePlan): object {
  return { ...destination, ...target, State: state, Origin: origin };
}

function rawNatGateway(plan: VpcPlan, { name, plan: gateway }: VpcPlan['natGateways'][number]): object {
  return {
    NatGatewayId: nat(name),
    VpcId: vpc(plan.name),
    SubnetId: subnet(gateway.in),
    State: gateway.state ?? 'available',
    FailureCode: gateway.failureCode,
    ConnectivityType: gateway.publicAddress === undefined ? 'private' : 'public',
    AvailabilityMode: 'zonal',
    NatGatewayAddresses: [
      { PrivateIp: gateway.address, PublicIp: gateway.publicAddress, NetworkInterfaceId: eni(name), IsPrimary: true },
    ],
  };
}

function rawVpnConnection({ name, plan }: VpcPlan['vpnConnections'][number]): object {
  return {
    VpnConnectionId: vpn(name),
    VpnGatewayId: plan.gateway === undefined ? undefined : vgw(plan.gateway),
    TransitGatewayId: plan.transitGateway === undefined ? undefined : tgw(plan.transitGateway),
    State: plan.state ?? 'available',
    Options: { StaticRoutesOnly: plan.routes !== undefined },
    Routes: (plan.routes ?? []).map((cidr) => ({ DestinationCidrBlock: cidr, State: 'available' })),
  };
}

function rawEndpoint(plan: VpcPlan, { name, plan: endpoint }: VpcPlan['endpoints'][number]): object {
  return {
    VpcEndpointId: vpce(name),
    VpcId: vpc(plan.name),
    OwnerId: plan.account,
    VpcEndpointType: endpoint.type ?? 'Interface',
    ServiceName: `com.amazonaws.${plan.region}.${endpoint.service}`,
    State: endpoint.state ?? 'available',
    LastError: endpoint.error === undefined ? undefined : { Code: endpoint.error },
    RouteTableIds: (endpoint.tables ?? []).map(rtb),
    SubnetIds: (endpoint.subnets ?? []).map(subnet),
    NetworkInterfaceIds: (endpoint.interfaces ?? []).map(eni),
    Groups: (endpoint.groups ?? []).map((group) => ({ GroupId: sg(group), GroupName: group })),
    PrivateDnsEnabled: endpoint.privateDns ?? false,
    DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: endpoint.privateDnsForResolverOnly ?? false },
    PolicyDocument: endpoint.policy === undefined ? undefined : JSON.stringify(endpoint.policy),
    RequesterManaged: false,
    Tags: [{ Key: 'Name', Value: name }],
  };
}
