import type { Gap } from './gap.ts';
import { parseRecordedAccountId, parseRegion, parseSecurityGroupId, parseVpcId, type SecurityGroupId } from './ids.ts';
import { blockModeGaps, parseBlockPublicAccess } from './parse/block-public-access.ts';
import { parseFlowLogs } from './parse/flow-logs.ts';
import { parseGroupAssociations } from './parse/group-associations.ts';
import { parseInstances } from './parse/instances.ts';
import { parseInternetGateways } from './parse/internet-gateways.ts';
import { parseLoadBalancers } from './parse/load-balancers.ts';
import { parseLogGroups } from './parse/log-groups.ts';
import { mergeById } from './parse/merge-by-id.ts';
import { parseNatGateways } from './parse/nat-gateways.ts';
import { parseNetworkAcls } from './parse/network-acls.ts';
import { parseNetworkInterfaces } from './parse/network-interfaces.ts';
import { malformed, type Parsed } from './parse/parse-items.ts';
import { parsePeeringConnections } from './parse/peering-connections.ts';
import { parsePrefixLists } from './parse/prefix-lists.ts';
import { present } from './parse/present.ts';
import { refusalGaps, refusedMembers } from './parse/refusals.ts';
import { parseRouteTables } from './parse/route-tables.ts';
import { parseSecurityGroups } from './parse/security-groups.ts';
import { parseSubnets } from './parse/subnets.ts';
import { parseTargetGroups } from './parse/target-groups.ts';
import { parseTimestamp } from './parse/timestamp.ts';
import { parseTransitGatewayAttachments } from './parse/transit-gateway-attachments.ts';
import { parseTransitGatewayRouteTables } from './parse/transit-gateway-route-tables.ts';
import { parseTransitGateways } from './parse/transit-gateways.ts';
import { parseVpcEndpoints } from './parse/vpc-endpoints.ts';
import { parseVpcs } from './parse/vpcs.ts';
import { parseVpnConnections } from './parse/vpn-connections.ts';
import { parseVpnGateways } from './parse/vpn-gateways.ts';
import type { RawSnapshot } from './raw-snapshot.ts';
import type { SecurityGroup } from './security-group.ts';
import type { Snapshot, SnapshotScope } from './snapshot.ts';

/**
 * Raw AWS JSON to the domain, for live and recorded networks alike. Only the fields we use are looked at; what is odd
 * or missing becomes a gap of that resource and hides nothing else.
 */
export function parseSnapshot(raws: readonly RawSnapshot[]): Snapshot {
  const parts = raws.map(parseScope);
  const all = <Item>(select: (part: Part) => readonly Item[]): readonly Item[] => parts.flatMap(select);
  return {
    scopes: all((part) => part.scopes),
    vpcs: mergeById(all((part) => part.vpcs)),
    subnets: mergeById(all((part) => part.subnets)),
    interfaces: mergeById(all((part) => part.interfaces)),
    instances: mergeById(all((part) => part.instances)),
    securityGroups: mergeById(all((part) => part.securityGroups)),
    networkAcls: mergeById(all((part) => part.networkAcls)),
    prefixLists: mergeById(all((part) => part.prefixLists)),
    peerings: mergeById(all((part) => part.peerings)),
    routeTables: mergeById(all((part) => part.routeTables)),
    internetGateways: mergeById(all((part) => part.internetGateways)),
    natGateways: mergeById(all((part) => part.natGateways)),
    vpnGateways: mergeById(all((part) => part.vpnGateways)),
    vpnConnections: mergeById(all((part) => part.vpnConnections)),
    endpoints: mergeById(all((part) => part.endpoints)),
    transitGateways: mergeById(all((part) => part.transitGateways)),
    transitGatewayAttachments: mergeById(all((part) => part.transitGatewayAttachments)),
    transitGatewayRouteTables: mergeById(all((part) => part.transitGatewayRouteTables)),
    loadBalancers: byArn(all((part) => part.loadBalancers)),
    targetGroups: byArn(all((part) => part.targetGroups)),
    flowLogs: [...mergeById(all((part) => part.flowLogs)).values()],
    logGroups: all((part) => part.logGroups),
    knownMembersOf: new Set(all((part) => part.knownMembersOf)),
    associations: all((part) => part.associations),
    gaps: all((part) => part.gaps),
  };
}

type Part = {
  readonly [Key in keyof Snapshot]: Snapshot[Key] extends ReadonlyMap<unknown, infer Item>
    ? readonly Item[]
    : Snapshot[Key] extends ReadonlySet<infer Item>
      ? readonly Item[]
      : Snapshot[Key];
};

const NOTHING: Part = {
  scopes: [],
  vpcs: [],
  subnets: [],
  interfaces: [],
  instances: [],
  securityGroups: [],
  networkAcls: [],
  prefixLists: [],
  peerings: [],
  routeTables: [],
  internetGateways: [],
  natGateways: [],
  vpnGateways: [],
  vpnConnections: [],
  endpoints: [],
  transitGateways: [],
  transitGatewayAttachments: [],
  transitGatewayRouteTables: [],
  loadBalancers: [],
  targetGroups: [],
  flowLogs: [],
  logGroups: [],
  knownMembersOf: [],
  associations: [],
  gaps: [],
};

/** One account and region. Whose account id or region cannot be read cannot be told apart, so nothing of it is taken. */
function parseScope(raw: RawSnapshot): Part {
  const accountId = parseRecordedAccountId(raw.accountId);
  const region = parseRegion(raw.region);
  if (accountId === undefined || region === undefined) return { ...NOTHING, gaps: [malformed('vpc', undefined, raw)] };

  const gaps: Gap[] = [...refusalGaps(raw), ...blockModeGaps(raw)];
  const take = <Item>(parsed: Parsed<Item>): readonly Item[] => {
    gaps.push(...parsed.gaps);
    return parsed.items;
  };
  const access = parseBlockPublicAccess(raw);
  gaps.push(...access.gaps);
  const takenAt = parseTimestamp(raw.takenAt ?? '');
  const scope: SnapshotScope = {
    accountId,
    region,
    takenAt,
    collected: collectedMembers(raw),
    ...onlyVpcsOf(raw),
    ...present({ blockPublicAccess: access.blockPublicAccess }),
  };
  const securityGroups = take(parseSecurityGroups(raw));
  return {
    scopes: [scope],
    vpcs: take(parseVpcs(raw, region)),
    subnets: take(parseSubnets(raw)),
    interfaces: take(parseNetworkInterfaces(raw)),
    instances: take(parseInstances(raw)),
    securityGroups,
    networkAcls: take(parseNetworkAcls(raw)),
    prefixLists: take(parsePrefixLists(raw)),
    peerings: take(parsePeeringConnections(raw)),
    routeTables: take(parseRouteTables(raw)),
    internetGateways: take(parseInternetGateways(raw)),
    natGateways: take(parseNatGateways(raw)),
    vpnGateways: take(parseVpnGateways(raw)),
    vpnConnections: take(parseVpnConnections(raw)),
    endpoints: take(parseVpcEndpoints(raw)),
    transitGateways: take(parseTransitGateways(raw)),
    transitGatewayAttachments: take(parseTransitGatewayAttachments(raw)),
    transitGatewayRouteTables: take(parseTransitGatewayRouteTables(raw)),
    loadBalancers: take(parseLoadBalancers(raw)),
    targetGroups: take(parseTargetGroups(raw)),
    flowLogs: take(parseFlowLogs(raw)),
    logGroups: take(parseLogGroups(raw, scope)),
    knownMembersOf: knownMembers(raw, securityGroups),
    associations: take(parseGroupAssociations(raw)),
    gaps,
  };
}

/** Without `membersOf` the interfaces were read without a filter: then every group of the account is known by them. */
function knownMembers(raw: RawSnapshot, groups: readonly SecurityGroup[]): readonly SecurityGroupId[] {
  if (raw.membersOf !== undefined) {
    return raw.membersOf.map(parseSecurityGroupId).filter((id) => id !== undefined);
  }
  const wasRefused = refusalGaps(raw).some((gap) => gap.action === 'ec2:DescribeNetworkInterfaces');
  return Array.isArray(raw['NetworkInterfaces']) && !wasRefused ? groups.map((group) => group.id) : [];
}

/** A list that is there was asked for and answered, unless it is only of some groups' members or its call was refused. */
function collectedMembers(raw: RawSnapshot): ReadonlySet<string> {
  const partial = new Set([...refusedMembers(raw), ...(areInterfacesWhole(raw) ? [] : ['NetworkInterfaces'])]);
  return new Set(Object.keys(raw).filter((key) => IS_MEMBER.test(key) && Array.isArray(raw[key]) && !partial.has(key)));
}

/** Read by group, interfaces are some of many; read by VPC they are all of that VPC. */
function areInterfacesWhole({ membersOf, onlyVpcs }: RawSnapshot): boolean {
  return membersOf === undefined || onlyVpcs !== undefined;
}

function onlyVpcsOf({ onlyVpcs }: RawSnapshot): Pick<SnapshotScope, 'onlyVpcs'> {
  if (onlyVpcs === undefined) return {};
  return { onlyVpcs: new Set(onlyVpcs.map(parseVpcId).filter((id) => id !== undefined)) };
}

/** AWS writes its members with a capital; the other keys are ours. */
const IS_MEMBER = /^[A-Z]/;

function byArn<Item extends { readonly arn: unknown }>(items: readonly Item[]): ReadonlyMap<Item['arn'], Item> {
  return new Map(items.map((item) => [item.arn, item]));
}
