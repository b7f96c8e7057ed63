import type { Gap } from './gap.ts';
import { parseRecordedAccountId, parseRegion, parseSecurityGroupId, type SecurityGroupId } from './ids.ts';
import { blockModeGaps, parseBlockPublicAccess } from './parse/block-public-access.ts';
import { parseFlowLogs } from './parse/flow-logs.ts';
import { parseGroupAssociations } from './parse/group-associations.ts';
import { parseInstances } from './parse/instances.ts';
import { parseInternetGateways } from './parse/internet-gateways.ts';
import { parseLogGroups } from './parse/log-groups.ts';
import { parseNatGateways } from './parse/nat-gateways.ts';
import { parseNetworkAcls } from './parse/network-acls.ts';
import { parseNetworkInterfaces } from './parse/network-interfaces.ts';
import { malformed, type Parsed } from './parse/parse-items.ts';
import { parsePeeringConnections } from './parse/peering-connections.ts';
import { parsePrefixLists } from './parse/prefix-lists.ts';
import { present } from './parse/present.ts';
import { refusalGaps } from './parse/refusals.ts';
import { parseRouteTables } from './parse/route-tables.ts';
import { parseSecurityGroups } from './parse/security-groups.ts';
import { parseSubnets } from './parse/subnets.ts';
import { parseTimestamp } from './parse/timestamp.ts';
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
    vpcs: byId(all((part) => part.vpcs)),
    subnets: byId(all((part) => part.subnets)),
    interfaces: byId(all((part) => part.interfaces)),
    instances: byId(all((part) => part.instances)),
    securityGroups: byId(all((part) => part.securityGroups)),
    networkAcls: byId(all((part) => part.networkAcls)),
    prefixLists: byId(all((part) => part.prefixLists)),
    peerings: byId(all((part) => part.peerings)),
    routeTables: byId(all((part) => part.routeTables)),
    internetGateways: byId(all((part) => part.internetGateways)),
    natGateways: byId(all((part) => part.natGateways)),
    vpnGateways: byId(all((part) => part.vpnGateways)),
    vpnConnections: byId(all((part) => part.vpnConnections)),
    endpoints: byId(all((part) => part.endpoints)),
    transitGateways: byId(all((part) => part.transitGateways)),
    transitGatewayAttachments: byId(all((part) => part.transitGatewayAttachments)),
    transitGatewayRouteTables: byId(all((part) => part.transitGatewayRouteTables)),
    loadBalancers: byArn(all((part) => part.loadBalancers)),
    targetGroups: byArn(all((part) => part.targetGroups)),
    flowLogs: all((part) => part.flowLogs),
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
    transitGateways: [],
    transitGatewayAttachments: [],
    transitGatewayRouteTables: [],
    loadBalancers: [],
    targetGroups: [],
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

/** A list that is there was asked for, unless the call that fills it was refused part of the way. */
function collectedMembers(raw: RawSnapshot): ReadonlySet<string> {
  return new Set(Object.keys(raw).filter((member) => Array.isArray(raw[member])));
}

function byId<Item extends { readonly id: unknown }>(items: readonly Item[]): ReadonlyMap<Item['id'], Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function byArn<Item extends { readonly arn: unknown }>(items: readonly Item[]): ReadonlyMap<Item['arn'], Item> {
  return new Map(items.map((item) => [item.arn, item]));
}
