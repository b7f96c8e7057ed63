import * as z from 'zod';
import { ICMPV6 } from '../../net/protocol.ts';
import { parseNetworkAclId, parseSubnetId, parseVpcId, type SubnetId } from '../ids.ts';
import type { NetworkAcl, NetworkAclEntry } from '../network-acl.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { cidrField, listOf, nameOf, otherTagsOf, tagList, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';
import { icmpField, icmpMatch, numbersMean, portField, portsBetween, protocolField } from './rule-match.ts';

/**
 * An ACL with an entry that cannot be read is left out whole: any entry may be the one that decides (NACL-1).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAcl.html
 */
export function parseNetworkAcls(raw: RawSnapshot): Parsed<NetworkAcl> {
  return parseItems(raw, {
    member: 'NetworkAcls',
    idField: 'NetworkAclId',
    fact: 'network-acl',
    schema: RawNetworkAcl,
  });
}

type UnownedEntry = Omit<NetworkAclEntry, 'aclId'>;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html (NACL-10) */
const RawFields = z.object({
  RuleNumber: z.number().int().min(1).max(65535),
  Egress: z.boolean(),
  Protocol: protocolField,
  RuleAction: z.enum(['allow', 'deny']),
  CidrBlock: cidrField.optional(),
  Ipv6CidrBlock: cidrField.optional(),
  PortRange: z.object({ From: portField, To: portField }).nullish(),
  IcmpTypeCode: z.object({ Type: icmpField, Code: icmpField }).nullish(),
});

type RawFields = z.output<typeof RawFields>;

/** An entry that has no ACL yet. */
export const RawNetworkAclEntry: z.ZodType<UnownedEntry> = RawFields.transform((raw, context) => {
  const cidr = raw.CidrBlock ?? raw.Ipv6CidrBlock;
  const ports = portsOf(raw);
  if (cidr === undefined || (raw.CidrBlock && raw.Ipv6CidrBlock) || ports === 'malformed') {
    context.addIssue({ code: 'custom', message: 'not exactly one CIDR, or not a port range' });
    return z.NEVER;
  }
  return present({
    ruleNumber: raw.RuleNumber,
    direction: raw.Egress ? ('egress' as const) : ('ingress' as const),
    action: raw.RuleAction,
    protocol: raw.Protocol,
    cidr,
    ports,
    icmp: icmpOf(raw),
  });
});

function portsOf(raw: RawFields): ReturnType<typeof portsBetween> {
  if (numbersMean(raw.Protocol) !== 'ports' || !raw.PortRange) return undefined;
  return portsBetween(raw.PortRange.From, raw.PortRange.To);
}

/** With an IPv4 block, an entry for ICMPv6 stands for all its types, whatever it says (NACL-12). */
function icmpOf(raw: RawFields): NetworkAclEntry['icmp'] {
  if (numbersMean(raw.Protocol) !== 'icmp' || !raw.IcmpTypeCode) return undefined;
  if (raw.Protocol === ICMPV6 && raw.Ipv6CidrBlock === undefined) return undefined;
  return icmpMatch(raw.IcmpTypeCode.Type, raw.IcmpTypeCode.Code);
}

const RawNetworkAcl: z.ZodType<NetworkAcl> = z
  .object({
    NetworkAclId: textOf(parseNetworkAclId),
    VpcId: textOf(parseVpcId),
    IsDefault: z.boolean().default(false),
    Entries: listOf(RawNetworkAclEntry),
    Associations: listOf(
      z.object({ SubnetId: textOf(parseSubnetId), NetworkAclAssociationId: z.string().max(64).optional() }),
    ),
    Tags: tagList,
  })
  .transform((acl) =>
    present({
      id: acl.NetworkAclId,
      vpcId: acl.VpcId,
      isDefault: acl.IsDefault,
      name: nameOf(acl.Tags),
      tags: otherTagsOf(acl.Tags),
      entries: acl.Entries.map((entry) => ({ aclId: acl.NetworkAclId, ...entry })),
      subnetIds: acl.Associations.map((association) => association.SubnetId),
      associations: idsOfAssociations(acl.Associations),
    }),
  );

function idsOfAssociations(
  associations: readonly { readonly SubnetId: SubnetId; readonly NetworkAclAssociationId?: string | undefined }[],
): NetworkAcl['associations'] {
  const told = associations.flatMap(({ SubnetId: subnetId, NetworkAclAssociationId: id }) =>
    id === undefined ? [] : [[subnetId, id] as const],
  );
  return told.length === 0 ? undefined : new Map(told);
}
