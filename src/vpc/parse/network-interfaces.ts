import * as z from 'zod';
import {
  parseInstanceId,
  parseNetworkInterfaceId,
  parseRecordedAccountId,
  parseSecurityGroupId,
  parseSubnetId,
  parseVpcId,
} from '../ids.ts';
import type { IdleTimeouts, InterfaceAddress, NetworkInterface } from '../network-interface.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { addressField, cidrField, listOf, nameOf, otherTagsOf, tagList, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html */
export function parseNetworkInterfaces(raw: RawSnapshot): Parsed<NetworkInterface> {
  return parseItems(raw, {
    member: 'NetworkInterfaces',
    idField: 'NetworkInterfaceId',
    fact: 'network-interface',
    schema: RawNetworkInterface.transform(toNetworkInterface),
  });
}

const association = z.object({ PublicIp: addressField.optional() }).optional();

const RawNetworkInterface = z.object({
  NetworkInterfaceId: textOf(parseNetworkInterfaceId),
  VpcId: textOf(parseVpcId),
  SubnetId: textOf(parseSubnetId).optional(),
  OwnerId: textOf(parseRecordedAccountId).optional(),
  Description: z.string().default(''),
  InterfaceType: z.string().default('interface'),
  RequesterManaged: z.boolean().default(false),
  RequesterId: z.string().optional(),
  Attachment: z
    .object({ InstanceId: textOf(parseInstanceId).optional(), DeviceIndex: z.number().int().optional() })
    .nullish(),
  Status: z.string().optional(),
  Groups: listOf(z.object({ GroupId: textOf(parseSecurityGroupId) })),
  PrivateIpAddress: addressField.optional(),
  Association: association,
  PrivateIpAddresses: listOf(
    z.object({ PrivateIpAddress: addressField, Primary: z.boolean().default(false), Association: association }),
  ),
  Ipv6Addresses: listOf(z.object({ Ipv6Address: addressField, IsPrimaryIpv6: z.boolean().default(false) })),
  Ipv4Prefixes: listOf(z.object({ Ipv4Prefix: cidrField })),
  Ipv6Prefixes: listOf(z.object({ Ipv6Prefix: cidrField })),
  SourceDestCheck: z.boolean().default(true),
  ConnectionTrackingConfiguration: z
    .object({
      TcpEstablishedTimeout: z.number().optional(),
      UdpStreamTimeout: z.number().optional(),
      UdpTimeout: z.number().optional(),
    })
    .optional(),
  AvailabilityZone: z.string().optional(),
  TagSet: tagList,
});

type RawNetworkInterface = z.output<typeof RawNetworkInterface>;

function toNetworkInterface(raw: RawNetworkInterface): NetworkInterface {
  return present({
    id: raw.NetworkInterfaceId,
    vpcId: raw.VpcId,
    subnetId: raw.SubnetId,
    accountId: raw.OwnerId,
    name: nameOf(raw.TagSet),
    tags: otherTagsOf(raw.TagSet),
    description: raw.Description,
    interfaceType: raw.InterfaceType === 'natGateway' ? 'nat_gateway' : raw.InterfaceType,
    requesterManaged: raw.RequesterManaged,
    requesterId: raw.RequesterId,
    instanceId: raw.Attachment?.InstanceId,
    deviceIndex: raw.Attachment?.DeviceIndex,
    status: raw.Status,
    groups: raw.Groups.map((group) => group.GroupId),
    addresses: [...ipv4Addresses(raw), ...ipv6Addresses(raw)],
    prefixes: [
      ...raw.Ipv4Prefixes.map((prefix) => prefix.Ipv4Prefix),
      ...raw.Ipv6Prefixes.map((prefix) => prefix.Ipv6Prefix),
    ],
    sourceDestCheck: raw.SourceDestCheck,
    idleTimeouts: idleTimeouts(raw.ConnectionTrackingConfiguration),
    availabilityZone: raw.AvailabilityZone,
  });
}

/** Each private address has its own public one, if any (RT-20). The short form of the response tells the primary only. */
function ipv4Addresses(raw: RawNetworkInterface): readonly InterfaceAddress[] {
  const listed = raw.PrivateIpAddresses.map((entry) =>
    present({
      address: entry.PrivateIpAddress,
      primary: entry.Primary,
      publicAddress: entry.Association?.PublicIp,
    }),
  );
  if (listed.length > 0) return listed.sort((a, b) => Number(b.primary) - Number(a.primary));
  if (raw.PrivateIpAddress === undefined) return [];
  return [present({ address: raw.PrivateIpAddress, primary: true, publicAddress: raw.Association?.PublicIp })];
}

function ipv6Addresses(raw: RawNetworkInterface): readonly InterfaceAddress[] {
  return raw.Ipv6Addresses.map((entry) => ({ address: entry.Ipv6Address, primary: entry.IsPrimaryIpv6 }));
}

function idleTimeouts(tracking: RawNetworkInterface['ConnectionTrackingConfiguration']): IdleTimeouts {
  return present({
    tcpEstablished: tracking?.TcpEstablishedTimeout,
    udpStream: tracking?.UdpStreamTimeout,
    udp: tracking?.UdpTimeout,
  });
}
