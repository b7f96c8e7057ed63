import type { FixChange, LinkTarget, PathChange, RouteChange } from '../engine/fix/fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatCidr, type Cidr } from '../net/cidr.ts';
import { ALL_PORTS } from '../net/port-range.ts';
import { formatProtocol, hasPorts, isIcmp } from '../net/protocol.ts';
import { protocolName } from './fix-commands.ts';
import { hclName, hclResource, type HclValue } from './hcl.ts';

type Arguments = readonly (readonly [string, HclValue])[];

/** A change as the Terraform resource that makes it. The same change has the same name every time. */
export function fixTerraform(change: PathChange): string {
  switch (change.kind) {
    case 'add-security-group-rule':
      return groupRule(change);
    case 'add-network-acl-entry':
      return aclRule(change);
    case 'add-route':
      return route(change);
    default:
      return assertNever(change);
  }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule */
function groupRule(change: Extract<FixChange, { kind: 'add-security-group-rule' }>): string {
  const { groupId, direction, protocol, cidr } = change;
  return hclResource(
    [`aws_vpc_security_group_${direction}_rule`, nameOf(groupId, change)],
    [
      ['security_group_id', groupId],
      ['ip_protocol', protocolName(protocol)],
      ...(isIcmp(protocol) ? ANY_TYPE_OF_RULE : portsOf(change)),
      [cidr.family === 'ipv4' ? 'cidr_ipv4' : 'cidr_ipv6', formatCidr(cidr)],
    ],
  );
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule */
function aclRule(change: Extract<FixChange, { kind: 'add-network-acl-entry' }>): string {
  const { aclId, direction, ruleNumber, protocol, cidr } = change;
  return hclResource(
    ['aws_network_acl_rule', nameOf(aclId, change)],
    [
      ['network_acl_id', aclId],
      ['rule_number', ruleNumber],
      ['egress', direction === 'egress'],
      ['protocol', String(protocol)],
      ...(isIcmp(protocol) ? ANY_TYPE_OF_ENTRY : portsOf(change)),
      blockOf(cidr, ''),
      ['rule_action', 'allow'],
    ],
  );
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route */
function route({ tableId, cidr, target }: RouteChange): string {
  return hclResource(
    ['aws_route', hclName(tableId, formatCidr(cidr))],
    [['route_table_id', tableId], blockOf(cidr, 'destination_'), [TARGET_ARGUMENT[target.kind], target.id]],
  );
}

const TARGET_ARGUMENT: Readonly<Record<LinkTarget['kind'], string>> = {
  peering: 'vpc_peering_connection_id',
  'transit-gateway': 'transit_gateway_id',
};

/** `-1` means all, in both resources. */
const ANY_TYPE_OF_RULE: Arguments = [
  ['from_port', -1],
  ['to_port', -1],
];
const ANY_TYPE_OF_ENTRY: Arguments = [
  ['icmp_type', -1],
  ['icmp_code', -1],
];

function portsOf({ protocol, ports = ALL_PORTS }: FixChange): Arguments {
  if (!hasPorts(protocol)) return [];
  return [
    ['from_port', ports.from],
    ['to_port', ports.to],
  ];
}

function blockOf(cidr: Cidr, prefix: '' | 'destination_'): readonly [string, string] {
  return [`${prefix}${cidr.family === 'ipv4' ? 'cidr_block' : 'ipv6_cidr_block'}`, formatCidr(cidr)];
}

/** `sg_0c44_ingress_tcp_5432_10_20_4_17_32`. */
function nameOf(id: string, { direction, protocol, ports, cidr }: FixChange): string {
  const service = [formatProtocol(protocol), ...(ports === undefined ? [] : new Set([ports.from, ports.to]))];
  return hclName(id, direction, ...service, formatCidr(cidr));
}
