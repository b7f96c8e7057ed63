import * as z from 'zod';
import { cidrContains, parseCidr } from '../net/cidr.ts';
import { parseAddress, sameAddress, type Address } from '../net/address.ts';
import { parseNetworkInterfaceId, type NetworkInterfaceId } from '../vpc/ids.ts';
import { present } from '../vpc/parse/present.ts';

/** As much of an interface as it takes to know what else to read. The whole of it is parsed with the snapshot. */
export interface FoundInterface {
  readonly id: NetworkInterfaceId;
  readonly vpcId: string;
  readonly subnetId?: string;
  readonly ownerId?: string;
  readonly name?: string;
  readonly groupIds: readonly string[];
  readonly attachment?: { readonly instanceId?: string; readonly card: number; readonly deviceIndex?: number };
  readonly addresses: readonly string[];
  readonly prefixes: readonly string[];
  /** As AWS sent it, for the snapshot. */
  readonly raw: unknown;
}

export function parseFoundInterface(raw: unknown): FoundInterface | undefined {
  const parsed = RawInterface.safeParse(raw);
  const id = parseNetworkInterfaceId(parsed.data?.NetworkInterfaceId ?? '');
  if (!parsed.success || id === undefined) return undefined;
  const item = parsed.data;
  const name = item.TagSet.find((tag) => tag.Key === 'Name')?.Value;
  const told = present({
    id,
    vpcId: item.VpcId,
    subnetId: item.SubnetId,
    ownerId: item.OwnerId,
    name: name === '' ? undefined : name,
    groupIds: item.Groups.map((group) => group.GroupId),
    attachment: item.Attachment && attachmentOf(item.Attachment),
    addresses: addressesOf(item),
    prefixes: [...item.Ipv4Prefixes.map((p) => p.Ipv4Prefix), ...item.Ipv6Prefixes.map((p) => p.Ipv6Prefix)],
  });
  return { ...told, raw };
}

/** Whether packets for this address reach the interface: its own, public, secondary and delegated ones. */
export function answersTo(found: FoundInterface, address: Address): boolean {
  const own = found.addresses.map(parseAddress).some((other) => other !== undefined && sameAddress(other, address));
  return own || found.prefixes.map(parseCidr).some((block) => block !== undefined && cidrContains(block, address));
}

const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);

const Attachment = z.object({
  InstanceId: z.string().optional(),
  DeviceIndex: z.number().optional(),
  NetworkCardIndex: z.number().default(0),
});

const RawInterface = z.object({
  NetworkInterfaceId: z.string(),
  VpcId: z.string(),
  SubnetId: z.string().optional(),
  OwnerId: z.string().optional(),
  TagSet: listOf(z.object({ Key: z.string(), Value: z.string().default('') })),
  Groups: listOf(z.object({ GroupId: z.string() })),
  Attachment: Attachment.optional(),
  PrivateIpAddress: z.string().optional(),
  PrivateIpAddresses: listOf(
    z.object({
      PrivateIpAddress: z.string().optional(),
      Association: z.object({ PublicIp: z.string().optional() }).optional(),
    }),
  ),
  Association: z.object({ PublicIp: z.string().optional() }).optional(),
  Ipv6Addresses: listOf(z.object({ Ipv6Address: z.string() })),
  Ipv4Prefixes: listOf(z.object({ Ipv4Prefix: z.string() })),
  Ipv6Prefixes: listOf(z.object({ Ipv6Prefix: z.string() })),
});

function attachmentOf(raw: z.output<typeof Attachment>): NonNullable<FoundInterface['attachment']> {
  return present({ card: raw.NetworkCardIndex, instanceId: raw.InstanceId, deviceIndex: raw.DeviceIndex });
}

function addressesOf(item: z.output<typeof RawInterface>): string[] {
  return [
    item.PrivateIpAddress,
    item.Association?.PublicIp,
    ...item.PrivateIpAddresses.flatMap((entry) => [entry.PrivateIpAddress, entry.Association?.PublicIp]),
    ...item.Ipv6Addresses.map((entry) => entry.Ipv6Address),
  ].filter((address) => address !== undefined);
}
