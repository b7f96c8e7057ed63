import { acl, sg, sgr, subnet } from './ids.ts';
import type { AclEntry, GroupRule, Peer, Traffic } from './rules.ts';

const PROTOCOL_NAMES = new Map<Traffic['protocol'], string>([
  ['all', '-1'],
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmpv6'],
]);

/** The permission of `DescribeSecurityGroups` for one rule; `-1` comes without ports (SG-15). */
export function rawIpPermission({ traffic, peer, description }: GroupRule): object {
  const note = description === undefined ? {} : { Description: description };
  const { protocol, from, to } = traffic;
  return {
    IpProtocol: PROTOCOL_NAMES.get(protocol) ?? String(protocol),
    ...(from === undefined ? {} : { FromPort: from, ToPort: to }),
    IpRanges: typeof peer === 'string' && !peer.includes(':') ? [{ CidrIp: peer, ...note }] : [],
    Ipv6Ranges: typeof peer === 'string' && peer.includes(':') ? [{ CidrIpv6: peer, ...note }] : [],
    PrefixListIds: typeof peer === 'object' && 'PrefixListId' in peer ? [{ ...peer, ...note }] : [],
    UserIdGroupPairs: typeof peer === 'object' && 'GroupId' in peer ? [{ ...peer, ...note }] : [],
  };
}

/** The same as one item of `DescribeSecurityGroupRules`. */
export function rawSecurityGroupRule(group: string, direction: 'ingress' | 'egress'): RuleToRaw {
  return ({ traffic, peer, description }, index) => ({
    SecurityGroupRuleId: sgr(group, direction, index),
    GroupId: sg(group),
    GroupOwnerId: '123456789012',
    IsEgress: direction === 'egress',
    IpProtocol: PROTOCOL_NAMES.get(traffic.protocol) ?? String(traffic.protocol),
    FromPort: traffic.from ?? -1,
    ToPort: traffic.to ?? -1,
    ...rawPeer(peer),
    ...(description === undefined ? {} : { Description: description }),
  });
}

type RuleToRaw = (rule: GroupRule, index: number) => object;

function rawPeer(peer: Peer): object {
  if (typeof peer === 'string') return peer.includes(':') ? { CidrIpv6: peer } : { CidrIpv4: peer };
  return 'GroupId' in peer ? { ReferencedGroupInfo: peer } : peer;
}

function rawNetworkAclEntry(entry: AclEntry): object {
  const { protocol, from, to } = entry.traffic;
  const isIcmp = protocol === 1 || protocol === 58;
  return {
    RuleNumber: entry.number,
    Egress: entry.egress,
    Protocol: protocol === 'all' ? '-1' : String(protocol),
    RuleAction: entry.action,
    ...(entry.cidr.includes(':') ? { Ipv6CidrBlock: entry.cidr } : { CidrBlock: entry.cidr }),
    ...(from !== undefined && isIcmp ? { IcmpTypeCode: { Type: from, Code: to } } : {}),
    ...(from !== undefined && !isIcmp ? { PortRange: { From: from, To: to } } : {}),
  };
}

/** An ACL with the denies that AWS ends it with: 32767, and 32768 for IPv6 (NACL-3). */
export function rawNetworkAcl(plan: RawAclPlan): object {
  return {
    NetworkAclId: acl(plan.name),
    VpcId: plan.vpcId,
    IsDefault: plan.isDefault,
    Entries: [
      ...plan.entries,
      ...finalDenies('0.0.0.0/0', 32767),
      ...(plan.hasIpv6 ? finalDenies('::/0', 32768) : []),
    ].map(rawNetworkAclEntry),
    Associations: plan.subnets.map((name) => ({ NetworkAclId: acl(plan.name), SubnetId: subnet(name) })),
    Tags: [{ Key: 'Name', Value: plan.name }],
  };
}

interface RawAclPlan {
  readonly name: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly hasIpv6: boolean;
  readonly entries: readonly AclEntry[];
  readonly subnets: readonly string[];
}

function finalDenies(cidr: string, number: number): readonly AclEntry[] {
  return [false, true].map((egress) => ({ number, egress, action: 'deny', traffic: { protocol: 'all' }, cidr }));
}
