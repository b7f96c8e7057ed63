import { eigw, eni, igw, instance, nat, pcx, pl, tgw, vgw, vpce } from './ids.ts';

/** One route of a table: `route('0.0.0.0/0', viaNatGateway('nat'))`. */
export interface RoutePlan {
  readonly destination: Readonly<Record<string, string>>;
  readonly target: RouteTarget;
  readonly state: 'active' | 'blackhole' | 'filtered';
  readonly origin: 'CreateRoute' | 'CreateRouteTable' | 'EnableVgwRoutePropagation' | 'Advertisement';
}

/** The target as AWS names it. */
type RouteTarget = Readonly<Record<string, string>>;

/** To a block, or to a prefix list named as in `prefixList('s3')`. */
export function route(destination: string | { readonly prefixList: string }, target: RouteTarget): RoutePlan {
  return { destination: rawDestination(destination), target, state: 'active', origin: 'CreateRoute' };
}

/** Its target is gone. */
export const blackhole = (plan: RoutePlan): RoutePlan => ({ ...plan, state: 'blackhole' });
/** It came from a virtual private gateway. */
export const propagated = (plan: RoutePlan): RoutePlan => ({ ...plan, origin: 'EnableVgwRoutePropagation' });

function rawDestination(destination: string | { readonly prefixList: string }): RoutePlan['destination'] {
  if (typeof destination !== 'string') return { DestinationPrefixListId: pl(destination.prefixList) };
  const isIpv6 = destination.includes(':');
  return { [isIpv6 ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock']: destination };
}

export const viaInternetGateway = (name = 'main'): RouteTarget => ({ GatewayId: igw(name) });
export const viaEgressOnlyInternetGateway = (name = 'main'): RouteTarget => ({
  EgressOnlyInternetGatewayId: eigw(name),
});
export const viaVpnGateway = (name = 'main'): RouteTarget => ({ GatewayId: vgw(name) });
export const viaNatGateway = (name: string): RouteTarget => ({ NatGatewayId: nat(name) });
export const viaPeering = (name: string): RouteTarget => ({ VpcPeeringConnectionId: pcx(name) });
export const viaTransitGateway = (name: string): RouteTarget => ({ TransitGatewayId: tgw(name) });
/** A gateway endpoint, or a Gateway Load Balancer endpoint. */
export const viaEndpoint = (name: string): RouteTarget => ({ GatewayId: vpce(name) });
/** The interface of an instance of the same name. */
export const viaInterface = (name: string): RouteTarget => ({
  NetworkInterfaceId: eni(name),
  InstanceId: instance(name),
});
