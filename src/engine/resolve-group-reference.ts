import { cidrCovers, hostCidr, type Cidr } from '../net/cidr.ts';
import type { Gap } from '../vpc/gap.ts';
import type { SecurityGroupId, VpcId } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { ANYWHERE, addressSet } from './address-set.ts';
import type { MissedField } from './decision.ts';
import { findGap } from './find-gap.ts';
import { CLOSED, linkBetween, OPEN, type Link } from './link-between-vpcs.ts';
import type { DoubtfulAddresses, GroupReference, ResolvedPeer, RuleStand } from './rule-peer.ts';

/**
 * A reference means the private addresses of the interfaces that carry the group, in this VPC or across an active
 * peering connection of one Region; public addresses never match.
 * SG-17..SG-20. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function resolveGroupReference(peer: GroupReference, stand: RuleStand): ResolvedPeer {
  const carriers = carriersOf(peer, stand);
  const members = carriers.filter((carrier) => linkTo(peer, stand, carrier.vpcId).kind === 'open');
  return {
    addresses: addressSet(members.flatMap(privateBlocks)),
    stated: addressSet(members.flatMap(primaryAddress)),
    doubtful: [
      ...carriersBehindDoubtfulLinks(peer, stand, carriers),
      ...carriersNobodyAskedFor(peer, stand),
      ...clientsOfLoadBalancers(peer, stand, members),
    ],
    missedOn: missedOn(peer, stand),
  };
}

type Carriers = ReadonlyMap<SecurityGroupId, readonly NetworkInterface[]>;

const CARRIERS = new WeakMap<Snapshot, Carriers>();

/** A network has as many references as interfaces, and more: who carries which group is looked up once. */
function carriersOf({ id }: GroupReference, { snapshot }: RuleStand): readonly NetworkInterface[] {
  const known = CARRIERS.get(snapshot) ?? indexCarriers(snapshot);
  CARRIERS.set(snapshot, known);
  return known.get(id) ?? [];
}

function indexCarriers({ interfaces }: Snapshot): Carriers {
  const index = new Map<SecurityGroupId, NetworkInterface[]>();
  for (const each of interfaces.values()) {
    for (const id of new Set(each.groups)) {
      const others = index.get(id);
      if (others === undefined) index.set(id, [each]);
      else others.push(each);
    }
  }
  return index;
}

/** Whether secondary, IPv6 and delegated addresses count is not written anywhere: they are taken to (SG-18). */
function privateBlocks({ addresses, prefixes }: NetworkInterface): readonly Cidr[] {
  return [...addresses.map(({ address }) => hostCidr(address)), ...prefixes];
}

function primaryAddress({ addresses }: NetworkInterface): readonly Cidr[] {
  return addresses.filter(({ primary }) => primary).map(({ address }) => hostCidr(address));
}

/** Whether the group counts in that VPC, as seen from the rule. */
function linkTo(peer: GroupReference, stand: RuleStand, vpcId: VpcId): Link {
  return vpcId === stand.vpcId ? linkWithin(peer, stand) : linkBetween(peer, stand, vpcId);
}

/** Away from home a group counts while its association with the VPC is `associated` (SG-41). */
function linkWithin(peer: GroupReference, { snapshot, vpcId }: RuleStand): Link {
  const association = snapshot.associations.find((each) => each.groupId === peer.id && each.vpcId === vpcId);
  return association === undefined || association.state === 'associated' ? OPEN : CLOSED;
}

/** Addresses inside the rule's own VPC belong to that VPC: its local route wins over every other way. */
function carriersBehindDoubtfulLinks(
  peer: GroupReference,
  stand: RuleStand,
  carriers: readonly NetworkInterface[],
): readonly DoubtfulAddresses[] {
  const own = stand.snapshot.vpcs.get(stand.vpcId)?.cidrs ?? [];
  return carriers.flatMap((carrier) => {
    const link = linkTo(peer, stand, carrier.vpcId);
    if (link.kind !== 'doubtful') return [];
    const blocks = privateBlocks(carrier).filter((block) => !own.some((cidr) => cidrCovers(cidr, block)));
    return [{ addresses: addressSet(blocks), gap: link.gap }];
  });
}

/**
 * Members that were never asked for may be anywhere in the VPCs where the group counts, and nowhere else.
 * SG-26. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html
 */
function carriersNobodyAskedFor(peer: GroupReference, stand: RuleStand): readonly DoubtfulAddresses[] {
  if (isDeleted(peer, stand) || membersAreKnown(peer, stand.snapshot)) return [];
  const gap = inItsAccount(findGap(stand.snapshot, 'security-group-members', peer.id), peer, stand);
  const home = homeOf(peer, stand);
  if (home === undefined) return [{ addresses: ANYWHERE, gap }];
  return [...vpcsWhereItCounts(peer, stand, home)].map((vpcId) => ({
    addresses: blocksOf(vpcId, stand.snapshot),
    gap,
  }));
}

/** Only that account can tell who carries a group of its own (SG-26). */
function inItsAccount(gap: Gap, { accountId }: GroupReference, { snapshot, vpcId }: RuleStand): Gap {
  const isForeign = accountId !== undefined && accountId !== snapshot.vpcs.get(vpcId)?.accountId;
  return isForeign ? { ...gap, accountId } : gap;
}

/** An interface that could not be read may carry any group. */
function membersAreKnown({ id }: GroupReference, { knownMembersOf, gaps }: Snapshot): boolean {
  const unreadable = gaps.some(({ fact, because }) => fact === 'network-interface' && because === 'malformed');
  return knownMembersOf.has(id) && !unreadable;
}

function vpcsWhereItCounts(peer: GroupReference, stand: RuleStand, home: VpcId): ReadonlySet<VpcId> {
  const associated = stand.snapshot.associations.filter(({ groupId }) => groupId === peer.id).map(({ vpcId }) => vpcId);
  return new Set([home, ...associated].filter((vpcId) => linkTo(peer, stand, vpcId).kind !== 'closed'));
}

/** A reference names the VPC of a group only where it is another one. */
function homeOf(peer: GroupReference, { snapshot }: RuleStand): VpcId | undefined {
  return peer.vpcId ?? snapshot.securityGroups.get(peer.id)?.vpcId;
}

function blocksOf(vpcId: VpcId, snapshot: Snapshot): ResolvedPeer['addresses'] {
  const sides = [...snapshot.peerings.values()].flatMap(({ requester, accepter }) => [requester, accepter]);
  const cidrs = [snapshot.vpcs.get(vpcId), ...sides.filter((side) => side.vpcId === vpcId)].flatMap(
    (holder) => holder?.cidrs ?? [],
  );
  return cidrs.length === 0 ? ANYWHERE : addressSet(cidrs);
}

/**
 * Clients of a Network Load Balancer whose addresses are preserved count as members of its group; which of them came
 * that way cannot be told from an address.
 * SG-24. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function clientsOfLoadBalancers(
  peer: GroupReference,
  stand: RuleStand,
  members: readonly NetworkInterface[],
): readonly DoubtfulAddresses[] {
  const balanced = members.some(({ interfaceType }) => interfaceType === 'network_load_balancer');
  const gap: Gap = { fact: 'path', about: peer.id, because: 'not-modelled' };
  return balanced && stand.direction === 'ingress' ? [{ addresses: ANYWHERE, gap }] : [];
}

/** SG-28. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeStaleSecurityGroups.html */
function missedOn(peer: GroupReference, stand: RuleStand): MissedField {
  const home = homeOf(peer, stand);
  const lostLink = home !== undefined && linkTo(peer, stand, home).kind === 'closed';
  return lostLink || isDeleted(peer, stand) ? 'stale' : 'membership';
}

/** The owner of a referenced group disappears from the rule when the group is deleted (SG-27). */
function isDeleted(peer: GroupReference, stand: RuleStand): boolean {
  return (
    peer.accountId === undefined && !stand.snapshot.securityGroups.has(peer.id) && carriersOf(peer, stand).length === 0
  );
}
