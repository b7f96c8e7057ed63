import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import type { AclPlan, EntryPlan, SubnetPlan, VpcPlan } from './network.ts';

type Raw = Readonly<Record<string, unknown>>;

/** VPCs, subnets, ACLs and prefix lists as their `Describe*` calls would tell them. */
export function rawVpc({ name, cidr, ipv6 }: VpcPlan): Raw {
  return {
    VpcId: resourceId('vpc', name),
    OwnerId: ACCOUNT_ID,
    State: 'available',
    IsDefault: false,
    InstanceTenancy: 'default',
    CidrBlock: cidr,
    CidrBlockAssociationSet: [
      { AssociationId: resourceId('vpc-cidr-assoc', name), CidrBlock: cidr, CidrBlockState: { State: 'associated' } },
    ],
    Ipv6CidrBlockAssociationSet: ipv6Blocks(name, ipv6, 'Ipv6CidrBlockState'),
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'block-ingress' },
    Tags: nameTag(name),
  };
}

export function rawSubnet({ name, vpc, cidr, ipv6, isPublic }: SubnetPlan): Raw {
  return {
    SubnetId: resourceId('subnet', name),
    VpcId: resourceId('vpc', vpc),
    OwnerId: ACCOUNT_ID,
    State: 'available',
    CidrBlock: cidr,
    Ipv6CidrBlockAssociationSet: ipv6Blocks(name, ipv6, 'Ipv6CidrBlockState'),
    AvailabilityZone: `${REGION}a`,
    AvailabilityZoneId: 'euw1-az1',
    AvailableIpAddressCount: 240,
    DefaultForAz: false,
    MapPublicIpOnLaunch: isPublic === true,
    BlockPublicAccessStates: { InternetGatewayBlockMode: isPublic === true ? 'off' : 'block-ingress' },
    Tags: nameTag(name),
  };
}

function ipv6Blocks(name: string, ipv6: string | undefined, state: string): readonly Raw[] {
  return ipv6 === undefined
    ? []
    : [{ AssociationId: resourceId('ipv6-assoc', name), Ipv6CidrBlock: ipv6, [state]: { State: 'associated' } }];
}

/** One ACL for each plan and VPC: subnets that share a plan within a VPC share the ACL. */
export function rawNetworkAcls(subnets: readonly SubnetPlan[]): readonly Raw[] {
  const acls = new Map(subnets.map((subnet) => [aclIdOf(subnet), subnet]));
  return [...acls].map(([id, { acl, vpc }]) => ({
    NetworkAclId: id,
    VpcId: resourceId('vpc', vpc),
    OwnerId: ACCOUNT_ID,
    IsDefault: acl.name === 'open',
    Entries: [...rawEntries(acl.ingress, false), ...rawEntries(acl.egress, true)],
    Associations: subnets.filter((subnet) => aclIdOf(subnet) === id).map((subnet) => rawAssociation(id, subnet)),
    Tags: [...nameTag(`${vpc}-${acl.name}`), ...rawTags(acl)],
  }));
}

function aclIdOf({ acl, vpc }: SubnetPlan): string {
  return resourceId('acl', `${vpc}-${acl.name}`);
}

function rawAssociation(aclId: string, { name }: SubnetPlan): Raw {
  return {
    NetworkAclAssociationId: resourceId('aclassoc', name),
    NetworkAclId: aclId,
    SubnetId: resourceId('subnet', name),
  };
}

function rawTags({ tags }: AclPlan): readonly Raw[] {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ Key: key, Value: value }));
}

/** The final denies of both families are listed as AWS lists them (NACL-3). */
function rawEntries(entries: readonly EntryPlan[], egress: boolean): readonly Raw[] {
  const last: readonly EntryPlan[] = [
    [32_767, 'deny', -1, 'all', '0.0.0.0/0'],
    [32_768, 'deny', -1, 'all', '::/0'],
  ];
  return [...entries, ...last].map(([ruleNumber, action, protocol, ports, cidr]) => ({
    RuleNumber: ruleNumber,
    RuleAction: action,
    Protocol: String(protocol),
    Egress: egress,
    [cidr.includes(':') ? 'Ipv6CidrBlock' : 'CidrBlock']: cidr,
    PortRange: ports === 'all' ? undefined : { From: ports[0], To: ports[1] },
  }));
}

export function rawPrefixList(list: { readonly name: string; readonly blocks: Readonly<Record<string, string>> }): Raw {
  return {
    PrefixListId: resourceId('pl', list.name),
    PrefixListName: list.name,
    PrefixListArn: `arn:aws:ec2:${REGION}:${ACCOUNT_ID}:prefix-list/${resourceId('pl', list.name)}`,
    AddressFamily: 'IPv4',
    State: 'modify-complete',
    MaxEntries: 20,
    Version: 7,
    OwnerId: ACCOUNT_ID,
    Tags: [],
  };
}

export function rawPrefixListEntries(list: {
  readonly name: string;
  readonly blocks: Readonly<Record<string, string>>;
}): Raw {
  return {
    PrefixListId: resourceId('pl', list.name),
    Entries: Object.entries(list.blocks).map(([cidr, description]) => ({ Cidr: cidr, Description: description })),
  };
}

export function nameTag(name: string): readonly Raw[] {
  return [{ Key: 'Name', Value: name }];
}
