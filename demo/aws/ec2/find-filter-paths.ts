import type { Shape } from '../shape.ts';

/**
 * Where a filter looks. Most filters are named after the field (`vpc-id`, `association.subnet-id`), and the schema
 * says whether there is such a field; the others are in a table. None found: there is no such filter.
 */
export function findFilterPaths(name: string, item: Shape): readonly Path[] {
  const shapeName = item.kind === 'structure' ? item.name : '';
  const special = SPECIAL_FILTERS[shapeName]?.[name];
  if (special !== undefined) {
    return special;
  }
  const path = followNames(name.split('.'), item) ?? followNames(['instance', ...name.split('.')], item);
  return path === undefined ? [] : [path];
}

type Path = readonly string[];

function followNames(words: readonly string[], shape: Shape): Path | undefined {
  const [word, ...rest] = words;
  if (word === undefined) {
    return shape.kind === 'scalar' ? [] : undefined;
  }
  const here = shape.kind === 'list' ? shape.item.shape : shape;
  const members = here.kind === 'structure' ? here.members : new Map<string, never>();
  for (const [name, member] of members) {
    if (sameName(word, name)) {
      const path = followNames(rest, member.shape);
      return path && [name, ...path];
    }
  }
  return undefined;
}

/** `association` names the member `Associations`, `cidr-block-association` the member `CidrBlockAssociationSet`. */
function sameName(word: string, member: string): boolean {
  const plain = word.replaceAll('-', '');
  const lower = member.toLowerCase();
  return [plain, `${plain}s`, `${plain}set`, `is${plain}`].includes(lower);
}

const IPV6_BLOCKS: readonly Path[] = [['Ipv6CidrBlockAssociationSet', 'Ipv6CidrBlock']];

/** By the name of the resource's shape. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html */
const SPECIAL_FILTERS: Readonly<Record<string, Readonly<Record<string, readonly Path[]>>>> = {
  NetworkInterface: {
    'group-id': [['Groups', 'GroupId']],
    'group-name': [['Groups', 'GroupName']],
    'addresses.private-ip-address': [['PrivateIpAddresses', 'PrivateIpAddress']],
    'addresses.primary': [['PrivateIpAddresses', 'Primary']],
    'addresses.association.public-ip': [['PrivateIpAddresses', 'Association', 'PublicIp']],
    'attachment.status': [['Attachment', 'Status']],
  },
  SecurityGroup: {
    'ip-permission.cidr': [['IpPermissions', 'IpRanges', 'CidrIp']],
    'ip-permission.ipv6-cidr': [['IpPermissions', 'Ipv6Ranges', 'CidrIpv6']],
    'ip-permission.group-id': [['IpPermissions', 'UserIdGroupPairs', 'GroupId']],
    'ip-permission.prefix-list-id': [['IpPermissions', 'PrefixListIds', 'PrefixListId']],
    'ip-permission.protocol': [['IpPermissions', 'IpProtocol']],
    'egress.ip-permission.cidr': [['IpPermissionsEgress', 'IpRanges', 'CidrIp']],
    'egress.ip-permission.ipv6-cidr': [['IpPermissionsEgress', 'Ipv6Ranges', 'CidrIpv6']],
    'egress.ip-permission.group-id': [['IpPermissionsEgress', 'UserIdGroupPairs', 'GroupId']],
    'egress.ip-permission.prefix-list-id': [['IpPermissionsEgress', 'PrefixListIds', 'PrefixListId']],
  },
  NetworkAcl: { default: [['IsDefault']], 'entry.cidr': [['Entries', 'CidrBlock']] },
  Subnet: { 'default-for-az': [['DefaultForAz']], 'ipv6-cidr-block-association.ipv6-cidr-block': IPV6_BLOCKS },
  Vpc: {
    cidr: [['CidrBlock']],
    'cidr-block-association.state': [['CidrBlockAssociationSet', 'CidrBlockState', 'State']],
    'ipv6-cidr-block-association.ipv6-cidr-block': IPV6_BLOCKS,
  },
  FlowLog: { 'deliver-log-status': [['DeliverLogsStatus']] },
  VpcPeeringConnection: { 'status-code': [['Status', 'Code']], 'status-message': [['Status', 'Message']] },
  NatGateway: { state: [['State']] },
  VpnGateway: { 'attachment.vpc-id': [['VpcAttachments', 'VpcId']] },
  RouteTable: { 'association.main': [['Associations', 'Main']] },
  SecurityGroupVpcAssociation: { 'group-owner-id': [['GroupOwnerId']] },
  Reservation: {
    'instance-state-name': [['Instances', 'State', 'Name']],
    'ip-address': [['Instances', 'PublicIpAddress']],
    'instance.group-id': [['Instances', 'SecurityGroups', 'GroupId']],
    'network-interface.addresses.private-ip-address': [
      ['Instances', 'NetworkInterfaces', 'PrivateIpAddresses', 'PrivateIpAddress'],
    ],
    'network-interface.addresses.association.public-ip': [
      ['Instances', 'NetworkInterfaces', 'PrivateIpAddresses', 'Association', 'PublicIp'],
    ],
    'network-interface.ipv6-addresses.ipv6-address': [
      ['Instances', 'NetworkInterfaces', 'Ipv6Addresses', 'Ipv6Address'],
    ],
  },
};
