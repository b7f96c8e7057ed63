import { describe, expect, it } from 'vitest';
import type { FixChange, PathChange } from '../../../src/engine/fix/fix.ts';
import { fixTerraform } from '../../../src/explain/fix-terraform.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { ACL, GROUP } from '../../support/build-diagnosis.ts';
import { pcx, rtb, tgw } from '../../support/ids.ts';

const rule = { kind: 'add-security-group-rule', groupId: GROUP, direction: 'ingress', protocol: 6 } as const;
const entry = { kind: 'add-network-acl-entry', aclId: ACL, direction: 'ingress', ruleNumber: 80, protocol: 6 } as const;
const five432 = { from: 5432, to: 5432 };
const v4 = parseCidr('10.20.4.17/32')!;
const v6 = parseCidr('2001:db8::17/128')!;

/** `from_port=443 to_port=443`: the arguments, without the layout that the HCL test looks at. */
function argumentsOf(change: PathChange): string {
  const lines = fixTerraform(change).split('\n').slice(1, -1);
  return lines.map((line) => line.trim().replace(/ += /, '=').replaceAll('"', '')).join(' ');
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule */
describe('a security group rule', () => {
  it.each<[string, FixChange, string]>([
    [
      'tcp',
      { ...rule, ports: five432, cidr: v4 },
      'ip_protocol=tcp from_port=5432 to_port=5432 cidr_ipv4=10.20.4.17/32',
    ],
    ['all ports', { ...rule, cidr: v4 }, 'ip_protocol=tcp from_port=0 to_port=65535 cidr_ipv4=10.20.4.17/32'],
    [
      'IPv6',
      { ...rule, ports: five432, cidr: v6 },
      'ip_protocol=tcp from_port=5432 to_port=5432 cidr_ipv6=2001:db8::17/128',
    ],
    ['icmp', { ...rule, protocol: 1, cidr: v4 }, 'ip_protocol=icmp from_port=-1 to_port=-1 cidr_ipv4=10.20.4.17/32'],
    [
      'icmpv6',
      { ...rule, protocol: 58, cidr: v6 },
      'ip_protocol=icmpv6 from_port=-1 to_port=-1 cidr_ipv6=2001:db8::17/128',
    ],
    ['esp', { ...rule, protocol: 50, cidr: v4 }, 'ip_protocol=50 cidr_ipv4=10.20.4.17/32'],
  ])('for %s', (_, change, written) => {
    expect(argumentsOf(change)).toBe(`security_group_id=${GROUP} ${written}`);
  });

  it.each(['ingress', 'egress'] as const)('%s is a resource of its own, named after what it allows', (direction) => {
    expect(fixTerraform({ ...rule, direction, ports: five432, cidr: v4 })).toContain(
      `resource "aws_vpc_security_group_${direction}_rule" "sg_0c44d1e2f3a4b5c6d_${direction}_tcp_5432_10_20_4_17_32" {`,
    );
  });
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule */
describe('a network ACL entry', () => {
  it.each<[string, FixChange, string]>([
    [
      'tcp',
      { ...entry, ports: five432, cidr: v4 },
      'egress=false protocol=6 from_port=5432 to_port=5432 cidr_block=10.20.4.17/32',
    ],
    ['all ports', { ...entry, cidr: v4 }, 'egress=false protocol=6 from_port=0 to_port=65535 cidr_block=10.20.4.17/32'],
    [
      'what goes out, IPv6',
      { ...entry, direction: 'egress', ports: { from: 1024, to: 65535 }, cidr: v6 },
      'egress=true protocol=6 from_port=1024 to_port=65535 ipv6_cidr_block=2001:db8::17/128',
    ],
    [
      'icmp',
      { ...entry, protocol: 1, cidr: v4 },
      'egress=false protocol=1 icmp_type=-1 icmp_code=-1 cidr_block=10.20.4.17/32',
    ],
    ['esp', { ...entry, protocol: 50, cidr: v4 }, 'egress=false protocol=50 cidr_block=10.20.4.17/32'],
  ])('for %s', (_, change, written) => {
    expect(argumentsOf(change)).toBe(`network_acl_id=${ACL} rule_number=80 ${written} rule_action=allow`);
  });
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route */
it.each<[string, PathChange, string]>([
  [
    'a peering',
    { kind: 'add-route', tableId: rtb('app'), cidr: v4, target: { kind: 'peering', id: pcx('peer') } },
    `destination_cidr_block=10.20.4.17/32 vpc_peering_connection_id=${pcx('peer')}`,
  ],
  [
    'a transit gateway, IPv6',
    { kind: 'add-route', tableId: rtb('app'), cidr: v6, target: { kind: 'transit-gateway', id: tgw('hub') } },
    `destination_ipv6_cidr_block=2001:db8::17/128 transit_gateway_id=${tgw('hub')}`,
  ],
])('a route through %s', (_, change, written) => {
  expect(argumentsOf(change)).toBe(`route_table_id=${rtb('app')} ${written}`);
});
