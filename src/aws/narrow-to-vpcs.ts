import type { Found } from './network-trails.ts';
import { textsAt } from './texts-at.ts';

/**
 * Leaves only what concerns these VPCs, where AWS was asked for more: it has no filter for some listings, and knows one
 * side of a peering connection at a time (API-15, API-17, API-30). Each member is held against what is left of those
 * before it; against one that was not read, everything passes.
 */
export function narrowToVpcs(found: Found, vpcIds: readonly string[]): Found {
  const narrowed = new Map(found);
  for (const [member, ties] of TIES) {
    const items = narrowed.get(member);
    const wanted = ties.map(({ path, to }) => ({ path, ids: to === 'VPCS' ? new Set(vpcIds) : idsOf(narrowed, to) }));
    if (items === undefined) continue;
    narrowed.set(
      member,
      items.filter((item) =>
        wanted.some(({ path, ids }) => ids === undefined || textsAt(item, path).some((id) => ids.has(id))),
      ),
    );
  }
  return narrowed;
}

/** A field of an item, and where its value must be found: among the VPCs, or in a field of another member. */
interface Tie {
  readonly path: readonly string[];
  readonly to: 'VPCS' | readonly [member: string, ...path: readonly string[]];
}

const tie = (path: string, to: Tie['to'] = 'VPCS'): Tie => ({ path: path.split('.'), to });

const TIES: readonly (readonly [member: string, ties: readonly Tie[]])[] = [
  ['VpcEncryptionControls', [tie('VpcId')]],
  ['EgressOnlyInternetGateways', [tie('Attachments.VpcId')]],
  ['VpcPeeringConnections', [tie('RequesterVpcInfo.VpcId'), tie('AccepterVpcInfo.VpcId')]],
  ['SecurityGroupVpcAssociations', [tie('VpcId'), tie('GroupId', ['SecurityGroups', 'GroupId'])]],
  ['Addresses', [tie('NetworkInterfaceId', ['NetworkInterfaces', 'NetworkInterfaceId'])]],
  [
    'VpnConnections',
    [
      tie('VpnGatewayId', ['VpnGateways', 'VpnGatewayId']),
      tie('TransitGatewayId', ['TransitGatewayVpcAttachments', 'TransitGatewayId']),
    ],
  ],
  ['LoadBalancers', [tie('VpcId')]],
  ['TargetGroups', [tie('VpcId'), tie('LoadBalancerArns', ['LoadBalancers', 'LoadBalancerArn'])]],
  [
    'FlowLogs',
    [
      tie('ResourceId'),
      tie('ResourceId', ['Subnets', 'SubnetId']),
      tie('ResourceId', ['NetworkInterfaces', 'NetworkInterfaceId']),
    ],
  ],
];

function idsOf(found: Found, [member, ...path]: Exclude<Tie['to'], 'VPCS'>): ReadonlySet<string> | undefined {
  const items = found.get(member);
  return items === undefined ? undefined : new Set(textsAt(items, path));
}
