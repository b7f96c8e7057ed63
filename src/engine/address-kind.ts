import type { Address } from '../net/address.ts';
import { cidrContains, parseCidr, type Cidr } from '../net/cidr.ts';
import type { VpcId } from '../vpc/ids.ts';
import type { PeeringConnection, PeeringSide, Snapshot } from '../vpc/snapshot.ts';

/** Where an address lies, as one VPC sees it. */
export type AddressKind = 'vpc' | 'peer' | SpecialKind | 'public';

type SpecialKind = 'private' | 'loopback' | 'link-local' | 'multicast' | 'reserved';

/**
 * The VPC's own blocks and those of active peers come first: they may lie anywhere, in public space too. Without a
 * VPC, those of all VPCs and peers count.
 */
export function addressKind(address: Address, snapshot: Snapshot, vpcId?: VpcId): AddressKind {
  const isInside = (cidr: Cidr): boolean => cidrContains(cidr, address);
  if (vpcCidrs(snapshot, vpcId).some(isInside)) return 'vpc';
  if (peerCidrs(snapshot, vpcId).some(isInside)) return 'peer';
  return addressSpace(address);
}

/** What the address alone tells, without a VPC. */
export function addressSpace(address: Address): SpecialKind | 'public' {
  return SPECIAL_BLOCKS.find(({ cidr }) => cidrContains(cidr, address))?.kind ?? 'public';
}

/** Whether packets with this address can only have come over the internet, or go there. */
export function isEffectivePublic(address: Address, snapshot: Snapshot, vpcId?: VpcId): boolean {
  return addressKind(address, snapshot, vpcId) === 'public';
}

function vpcCidrs(snapshot: Snapshot, vpcId: VpcId | undefined): readonly Cidr[] {
  if (vpcId !== undefined) return snapshot.vpcs.get(vpcId)?.cidrs ?? [];
  return [...snapshot.vpcs.values()].flatMap((vpc) => vpc.cidrs);
}

/** Only an active connection carries traffic (PEER-1), and only to blocks of the far VPC (PEER-12). */
function peerCidrs(snapshot: Snapshot, vpcId: VpcId | undefined): readonly Cidr[] {
  return [...snapshot.peerings.values()]
    .filter((peering) => peering.status === 'active')
    .flatMap((peering) => farSides(peering, vpcId))
    .flatMap((side) => side.cidrs);
}

/** The sides of a connection that lie beyond it for this VPC; both for none. */
export function farSides({ requester, accepter }: PeeringConnection, vpcId: VpcId | undefined): readonly PeeringSide[] {
  if (vpcId === undefined) return [requester, accepter];
  return [...(requester.vpcId === vpcId ? [accepter] : []), ...(accepter.vpcId === vpcId ? [requester] : [])];
}

/**
 * Space that the internet does not route. https://www.iana.org/assignments/iana-ipv4-special-registry and
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const SPECIAL_BLOCKS: readonly { readonly cidr: Cidr; readonly kind: SpecialKind }[] = [
  ...blocks('private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']),
  ...blocks('loopback', ['127.0.0.0/8', '::1/128']),
  ...blocks('link-local', ['169.254.0.0/16', 'fe80::/10']),
  ...blocks('multicast', ['224.0.0.0/4', 'ff00::/8']),
  ...blocks('reserved', ['0.0.0.0/8', '240.0.0.0/4', '::/128']),
];

function blocks(kind: SpecialKind, cidrs: readonly string[]): readonly { cidr: Cidr; kind: SpecialKind }[] {
  return cidrs
    .map(parseCidr)
    .filter((cidr) => cidr !== undefined)
    .map((cidr) => ({ cidr, kind }));
}
