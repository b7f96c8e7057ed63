import { ACCOUNT_ID, REGION, resourceId } from './ids.ts';
import { nameTag } from './raw-network.ts';
import type { Group, Host, Rule } from './story.ts';

type Raw = Readonly<Record<string, unknown>>;

/** A host as DescribeNetworkInterfaces tells it. */
export function rawInterface(host: Host, vpc: string): Raw {
  return {
    NetworkInterfaceId: resourceId('eni', host.name),
    VpcId: resourceId('vpc', vpc),
    SubnetId: resourceId('subnet', host.subnet),
    OwnerId: ACCOUNT_ID,
    AvailabilityZone: `${REGION}a`,
    InterfaceType: 'interface',
    Status: 'in-use',
    SourceDestCheck: true,
    MacAddress: '02:00:5e:00:53:01',
    Groups: host.groups.map(({ name }) => ({ GroupId: resourceId('sg', name), GroupName: name })),
    PrivateIpAddress: host.address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: host.address, Association: rawAssociation(host) }],
    Association: rawAssociation(host),
    Ipv6Addresses: host.ipv6 === undefined ? [] : [{ Ipv6Address: host.ipv6 }],
    ...rawOwner(host),
  };
}

function rawAssociation({ publicAddress }: Host): Raw | undefined {
  return publicAddress === undefined ? undefined : { PublicIp: publicAddress, IpOwnerId: 'amazon' };
}

/** By these marks the owner of an interface is known (ENI-22 to ENI-32). */
function rawOwner(host: Host): Raw {
  const tag = nameTag(host.tag ?? host.name);
  const index = host.besides === undefined ? 0 : 1;
  const attachment = { AttachmentId: resourceId('eni-attach', host.name), DeviceIndex: index, Status: 'attached' };
  switch (host.behind ?? 'instance') {
    case 'instance':
      return {
        Description: '',
        RequesterManaged: false,
        Attachment: { ...attachment, InstanceId: instanceOf(host), InstanceOwnerId: ACCOUNT_ID },
        TagSet: tag,
      };
    case 'rds':
      return {
        Description: 'RDSNetworkInterface',
        RequesterManaged: true,
        RequesterId: 'amazon-rds',
        Attachment: { ...attachment, InstanceOwnerId: 'amazon-rds' },
        TagSet: tag,
      };
    case 'application-load-balancer':
      return {
        Description: `ELB app/${host.name}/50dc6c495c0c9188`,
        RequesterManaged: true,
        RequesterId: 'amazon-elb',
        Attachment: { ...attachment, InstanceOwnerId: 'amazon-elb' },
        TagSet: [],
      };
    case 'nat-gateway':
      return {
        Description: `Interface for NAT Gateway ${resourceId('nat', host.name.replace(/^nat-/, ''))}`,
        InterfaceType: 'nat_gateway',
        RequesterManaged: true,
        RequesterId: 'amazon-aws',
        SourceDestCheck: false,
        Attachment: { ...attachment, InstanceOwnerId: 'amazon-aws' },
        TagSet: [],
      };
    default:
      throw new Error(`no owner like ${String(host.behind)}`);
  }
}

export function instanceOf({ name, besides }: Host): string {
  return resourceId('i', besides?.name ?? name);
}

/** The reservation of a host's instance; none for what others run, and none for its second interface. */
export function rawReservations(host: Host, vpc: string): readonly Raw[] {
  if ((host.behind ?? 'instance') !== 'instance' || host.besides !== undefined) {
    return [];
  }
  const instance = {
    InstanceId: resourceId('i', host.name),
    InstanceType: host.instanceType ?? 'm7g.large',
    State: { Code: 16, Name: 'running' },
    VpcId: resourceId('vpc', vpc),
    SubnetId: resourceId('subnet', host.subnet),
    PrivateIpAddress: host.address,
    PublicIpAddress: host.publicAddress,
    NetworkInterfaces: [
      {
        NetworkInterfaceId: resourceId('eni', host.name),
        PrivateIpAddress: host.address,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: host.address, Association: rawAssociation(host) }],
      },
    ],
    Tags: nameTag(host.tag ?? host.name),
  };
  return [{ ReservationId: resourceId('r', host.name), OwnerId: ACCOUNT_ID, Instances: [instance] }];
}

export function rawGroup(group: Group, vpc: string): Raw {
  return {
    GroupId: resourceId('sg', group.name),
    GroupName: group.name,
    Description: group.description,
    OwnerId: ACCOUNT_ID,
    VpcId: resourceId('vpc', vpc),
    IpPermissions: group.ingress.map(rawPermission),
    IpPermissionsEgress: (group.egress ?? ALL).map(rawPermission),
    Tags: [],
  };
}

const ALL: readonly Rule[] = [
  { protocol: '-1', peer: '0.0.0.0/0' },
  { protocol: '-1', peer: '::/0' },
];

function rawPermission({ protocol, ports, peer, description }: Rule): Raw {
  const [from, to] = typeof ports === 'number' ? [ports, ports] : (ports ?? []);
  const [kind, name = ''] = peer.split('/');
  const lists = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  const common = { IpProtocol: protocol, FromPort: from, ToPort: to, ...lists };
  if (kind === 'pl') {
    return { ...common, PrefixListIds: [{ PrefixListId: resourceId('pl', name), Description: description }] };
  }
  if (kind === 'sg') {
    const pair = { GroupId: resourceId('sg', name), UserId: ACCOUNT_ID, Description: description };
    return { ...common, UserIdGroupPairs: [pair] };
  }
  return peer.includes(':')
    ? { ...common, Ipv6Ranges: [{ CidrIpv6: peer, Description: description }] }
    : { ...common, IpRanges: [{ CidrIp: peer, Description: description }] };
}
