import { DESCRIBES, isDescribeName, memberOf, type DescribeName } from './describes.ts';
import { DETAILS, type DetailName } from './details.ts';
import type { Narrowing } from './keep-matching.ts';
import { logGroupNames, type FlowLogHome } from './log-group-names.ts';
import { textsAt } from './texts-at.ts';

/** Members of a snapshot as far as they have been read. */
export type Found = ReadonlyMap<string, readonly unknown[]>;

/** Something to ask of AWS about a network. */
export type Lead =
  | { readonly kind: 'listing'; readonly call: DescribeName; readonly narrow?: Narrowing }
  | { readonly kind: 'detail'; readonly call: DetailName; readonly id: string }
  | { readonly kind: 'vpc-attributes'; readonly id: string }
  | { readonly kind: 'log-group'; readonly name: string };

/** What is asked because something else was found. */
export interface Trail {
  /** What it fills. */
  readonly member: string;
  /** Members that lead there. Where they were read and lead nowhere, there is nothing. */
  readonly from: readonly string[];
  readonly ids: (found: Found) => readonly string[];
  readonly leads: (ids: readonly string[]) => readonly Lead[];
}

/** Everything that can be listed. */
export const ALL_LISTINGS: readonly Lead[] = Object.keys(DESCRIBES)
  .filter(isDescribeName)
  .map((call) => ({ kind: 'listing', call }));

/** The VPCs themselves: where they are not, nothing else is asked. */
export function vpcListing(vpcIds: readonly string[]): Lead {
  return { kind: 'listing', call: 'DescribeVpcs', narrow: { 'vpc-id': vpcIds } };
}

/** What can be listed of some VPCs without knowing more of them. What AWS cannot filter is filtered here. */
export function listingsOf(vpcIds: readonly string[]): readonly Lead[] {
  const later = new Set<DescribeName>(FOLLOWED_LISTINGS.map(({ call }) => call));
  return Object.keys(DESCRIBES)
    .filter(isDescribeName)
    .filter((call) => call !== 'DescribeVpcs' && (!later.has(call) || FILTER_OF.has(call)))
    .map((call) => listingOf(call, vpcIds));
}

function listingOf(call: DescribeName, vpcIds: readonly string[]): Lead {
  const filter = FILTER_OF.get(call);
  return filter === undefined ? { kind: 'listing', call } : { kind: 'listing', call, narrow: { [filter]: vpcIds } };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html (API-1 to API-29) */
const FILTER_OF: ReadonlyMap<DescribeName, string> = new Map([
  ['DescribeSubnets', 'vpc-id'],
  ['DescribeNetworkInterfaces', 'vpc-id'],
  ['DescribeInstances', 'vpc-id'],
  ['DescribeSecurityGroups', 'vpc-id'],
  ['DescribeNetworkAcls', 'vpc-id'],
  ['DescribeRouteTables', 'vpc-id'],
  ['DescribeNatGateways', 'vpc-id'],
  ['DescribeVpcEndpoints', 'vpc-id'],
  ['DescribeTransitGatewayVpcAttachments', 'vpc-id'],
  ['DescribeInternetGateways', 'attachment.vpc-id'],
  ['DescribeVpnGateways', 'attachment.vpc-id'],
]);

/** Only for some VPCs: everything of the transit gateways they are attached to, and groups that visit them (SG-41). */
const FOLLOWED_LISTINGS = [
  { call: 'DescribeSecurityGroups', filter: 'group-id', from: 'SecurityGroupVpcAssociations', field: 'GroupId' },
  { call: 'DescribeSecurityGroupRules', filter: 'group-id', from: 'SecurityGroups', field: 'GroupId' },
  ...(
    [
      'DescribeTransitGateways',
      'DescribeTransitGatewayAttachments',
      'DescribeTransitGatewayVpcAttachments',
      'DescribeTransitGatewayRouteTables',
    ] as const
  ).map((call) => ({
    call,
    filter: 'transit-gateway-id',
    from: 'TransitGatewayVpcAttachments',
    field: 'TransitGatewayId',
  })),
] as const;

/** A filter takes no more (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html). */
export const MOST_FILTER_VALUES = 200;

/** Where the things found lead to. */
export function trailsOf(place: FlowLogHome, isNarrowed: boolean): readonly Trail[] {
  return [...(isNarrowed ? FOLLOWED_LISTINGS.map(listingTrail) : []), ...DETAIL_TRAILS, logGroupTrail(place)];
}

function listingTrail({ call, filter, from, field }: (typeof FOLLOWED_LISTINGS)[number]): Trail {
  const member = memberOf(call);
  return {
    member,
    from: [from],
    ids: (found) => {
      // Groups at home here are known; of a transit gateway that is known there is more to know.
      const known = new Set(member === 'SecurityGroups' ? textsAt(found.get(member), [field]) : []);
      return textsAt(found.get(from), [field]).filter((id) => !known.has(id));
    },
    leads: (ids) => inChunks(ids).map((chunk) => ({ kind: 'listing', call, narrow: { [filter]: chunk } })),
  };
}

function inChunks(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / MOST_FILTER_VALUES);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * MOST_FILTER_VALUES, (index + 1) * MOST_FILTER_VALUES),
  );
}

const DETAIL_TRAILS: readonly Trail[] = [
  {
    member: 'VpcAttributes',
    from: ['Vpcs'],
    ids: (found) => textsAt(found.get('Vpcs'), ['VpcId']),
    leads: (ids) => ids.map((id) => ({ kind: 'vpc-attributes', id })),
  },
  detailTrail('GetTransitGatewayRouteTableAssociations', 'TransitGatewayRouteTables'),
  detailTrail('GetTransitGatewayRouteTablePropagations', 'TransitGatewayRouteTables'),
  detailTrail('SearchTransitGatewayRoutes', 'TransitGatewayRouteTables'),
  detailTrail('DescribeListeners', 'LoadBalancers'),
  detailTrail('DescribeLoadBalancerAttributes', 'LoadBalancers'),
  detailTrail('DescribeTargetGroupAttributes', 'TargetGroups'),
  detailTrail('DescribeTargetHealth', 'TargetGroups'),
  {
    ...detailTrail('GetManagedPrefixListEntries', 'SecurityGroups'),
    from: ['SecurityGroupRules', 'SecurityGroups', 'RouteTables', 'TransitGatewayRoutes'],
    ids: namedPrefixLists,
  },
];

function detailTrail(call: DetailName, from: string): Trail {
  const { member, idField } = DETAILS[call];
  return {
    member,
    from: [from],
    ids: (found) => textsAt(found.get(from), [idField]),
    leads: (ids) => ids.map((id) => ({ kind: 'detail', call, id })),
  };
}

/** Lists that rules and routes name; AWS's own have told their blocks already (API-20). */
function namedPrefixLists(found: Found): readonly string[] {
  const told = (found.get('PrefixLists') ?? []).filter((list) => textsAt(list, ['Cidrs']).length > 0);
  const known = new Set(textsAt(told, ['PrefixListId']));
  const named = NAMES_OF_PREFIX_LISTS.flatMap(([member = '', ...path]) => textsAt(found.get(member), path));
  return named.filter((id) => !known.has(id));
}

const NAMES_OF_PREFIX_LISTS: readonly (readonly string[])[] = [
  ['SecurityGroupRules', 'PrefixListId'],
  ['SecurityGroups', 'IpPermissions', 'PrefixListIds', 'PrefixListId'],
  ['SecurityGroups', 'IpPermissionsEgress', 'PrefixListIds', 'PrefixListId'],
  ['RouteTables', 'Routes', 'DestinationPrefixListId'],
  ['TransitGatewayRoutes', 'Routes', 'PrefixListId'],
];

function logGroupTrail(place: FlowLogHome): Trail {
  return {
    member: 'LogGroups',
    from: ['FlowLogs'],
    ids: (found) => logGroupNames(found.get('FlowLogs') ?? [], place),
    leads: (names) => names.map((name) => ({ kind: 'log-group', name })),
  };
}
