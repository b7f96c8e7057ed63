import * as z from 'zod';
import {
  parseGatewayId,
  parseInstanceId,
  parseNatGatewayId,
  parseNetworkInterfaceId,
  parsePeeringConnectionId,
  parsePrefixListId,
  parseRecordedAccountId,
  parseRouteTableId,
  parseSubnetId,
  parseTransitGatewayId,
  parseVpcEndpointId,
  parseVpcId,
} from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../route-table.ts';
import { cidrField, listOf, nameTag, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * A table with a route that cannot be read is left out whole: any route may be the most specific one (RT-3).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html
 */
export function parseRouteTables(raw: RawSnapshot): Parsed<RouteTable> {
  return parseItems(raw, {
    member: 'RouteTables',
    idField: 'RouteTableId',
    fact: 'route-table',
    schema: RawRouteTable.transform(toRouteTable),
  });
}

type UnownedRoute = Omit<Route, 'tableId'>;

/** A target as the route names it: at most one of these, but for an instance and its interface (RT-9). */
const RawRouteTarget = z.object({
  GatewayId: z.string().optional(),
  EgressOnlyInternetGatewayId: textOf(parseGatewayId).optional(),
  NatGatewayId: textOf(parseNatGatewayId).optional(),
  NetworkInterfaceId: textOf(parseNetworkInterfaceId).optional(),
  InstanceId: textOf(parseInstanceId).optional(),
  VpcPeeringConnectionId: textOf(parsePeeringConnectionId).optional(),
  TransitGatewayId: textOf(parseTransitGatewayId).optional(),
  LocalGatewayId: z.string().optional(),
  CarrierGatewayId: z.string().optional(),
  CoreNetworkArn: z.string().optional(),
  OdbNetworkArn: z.string().optional(),
});

type RawRouteTarget = z.output<typeof RawRouteTarget>;

const ORIGINS = {
  CreateRouteTable: 'local',
  CreateRoute: 'static',
  EnableVgwRoutePropagation: 'propagated',
  Advertisement: 'advertised',
} as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html (RT-9, RT-10, RT-11) */
export const RawRoute: z.ZodType<UnownedRoute> = RawRouteTarget.extend({
  DestinationCidrBlock: cidrField.optional(),
  DestinationIpv6CidrBlock: cidrField.optional(),
  DestinationPrefixListId: textOf(parsePrefixListId).optional(),
  State: z.enum(['active', 'blackhole', 'filtered']),
  Origin: z.enum(['CreateRouteTable', 'CreateRoute', 'EnableVgwRoutePropagation', 'Advertisement']),
}).transform((raw, context) => {
  const cidrs = [raw.DestinationCidrBlock, raw.DestinationIpv6CidrBlock].filter((cidr) => cidr !== undefined);
  const lists = [raw.DestinationPrefixListId].filter((list) => list !== undefined);
  const [destination, ...more]: readonly RouteDestination[] = [
    ...cidrs.map((cidr) => ({ kind: 'cidr' as const, cidr })),
    ...lists.map((id) => ({ kind: 'prefix-list' as const, id })),
  ];
  const [target = UNKNOWN_TARGET, ...others] = targetsOf(raw);
  if (destination === undefined || more.length > 0 || others.length > 0) {
    context.addIssue({ code: 'custom', message: 'not exactly one destination and target' });
    return z.NEVER;
  }
  return { destination, target, state: raw.State, origin: ORIGINS[raw.Origin] };
});

/** AWS may learn of further kinds of target; what such a route does is not known, what the others do is. */
const UNKNOWN_TARGET: RouteTarget = { kind: 'other', id: 'unknown' };

function targetsOf(raw: RawRouteTarget): readonly RouteTarget[] {
  const targets: readonly (RouteTarget | undefined)[] = [
    raw.GatewayId === undefined ? undefined : gatewayTarget(raw.GatewayId),
    raw.EgressOnlyInternetGatewayId && { kind: 'egress-only-internet-gateway', id: raw.EgressOnlyInternetGatewayId },
    raw.NatGatewayId && { kind: 'nat-gateway', id: raw.NatGatewayId },
    interfaceTarget(raw),
    raw.VpcPeeringConnectionId && { kind: 'peering', id: raw.VpcPeeringConnectionId },
    raw.TransitGatewayId && { kind: 'transit-gateway', id: raw.TransitGatewayId },
    ...[raw.LocalGatewayId, raw.CarrierGatewayId, raw.CoreNetworkArn, raw.OdbNetworkArn].map(otherTarget),
  ];
  return targets.filter((target) => target !== undefined);
}

/** `GatewayId` names several kinds of things, told apart by their prefixes (RT-9). */
function gatewayTarget(id: string): RouteTarget {
  if (id === 'local') return { kind: 'local' };
  const gatewayId = parseGatewayId(id);
  if (gatewayId !== undefined) return { kind: kindOfGateway(id), id: gatewayId };
  const endpointId = parseVpcEndpointId(id);
  return endpointId === undefined ? { kind: 'other', id } : { kind: 'vpc-endpoint', id: endpointId };
}

function kindOfGateway(id: string): 'internet-gateway' | 'egress-only-internet-gateway' | 'vpn-gateway' {
  if (id.startsWith('eigw-')) return 'egress-only-internet-gateway';
  return id.startsWith('vgw-') ? 'vpn-gateway' : 'internet-gateway';
}

function interfaceTarget({ NetworkInterfaceId: id, InstanceId: instanceId }: RawRouteTarget): RouteTarget | undefined {
  return id === undefined ? otherTarget(instanceId) : present({ kind: 'network-interface' as const, id, instanceId });
}

function otherTarget(id: string | undefined): RouteTarget | undefined {
  return id === undefined ? undefined : { kind: 'other', id };
}

/** An association that AWS does not call `associated` is being made or undone, or has failed. */
const RawAssociation = z.object({
  Main: z.boolean().default(false),
  SubnetId: textOf(parseSubnetId).optional(),
  GatewayId: z.string().optional(),
  AssociationState: z.object({ State: z.string().optional() }).nullish(),
});

const RawRouteTable = z.object({
  RouteTableId: textOf(parseRouteTableId),
  VpcId: textOf(parseVpcId),
  OwnerId: textOf(parseRecordedAccountId).optional(),
  Associations: listOf(RawAssociation),
  Routes: listOf(RawRoute),
  Tags: nameTag,
});

function toRouteTable(raw: z.output<typeof RawRouteTable>): RouteTable {
  const inForce = raw.Associations.filter(
    ({ AssociationState: state }) => (state?.State ?? 'associated') === 'associated',
  );
  return present({
    id: raw.RouteTableId,
    vpcId: raw.VpcId,
    accountId: raw.OwnerId,
    name: raw.Tags,
    isMain: inForce.some((association) => association.Main),
    subnetIds: inForce.map((association) => association.SubnetId).filter((id) => id !== undefined),
    gatewayIds: inForce
      .map((association) => parseGatewayId(association.GatewayId ?? ''))
      .filter((id) => id !== undefined),
    routes: raw.Routes.map((route) => ({ tableId: raw.RouteTableId, ...route })),
  });
}
