import type { Address, Family } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import { IMPLICIT_DENY, type NetworkAcl, type NetworkAclEntry } from '../vpc/network-acl.ts';
import { addressSet, holdsAddress, type AddressSet } from './address-set.ts';
import { matchService, type ServiceMatch } from './match-service.ts';
import { perAddress } from './per-address.ts';
import { perService } from './per-service.ts';

/** An entry with everything looked up that evaluation needs. */
export interface CompiledEntry {
  readonly entry: NetworkAclEntry;
  readonly addresses: AddressSet;
}

/** An entry that agrees with the packet's service, or may, whatever the address. */
interface Speaking extends CompiledEntry {
  readonly match: Extract<ServiceMatch, 'match' | 'unknown'>;
}

/** What decides about packets that are alike. */
interface Deciding {
  /** The first that surely matches. */
  readonly entry: NetworkAclEntry;
  /** One before it matches perhaps, and says the opposite. */
  readonly isContested: boolean;
}

/** The entries of one direction. */
export interface NetworkAclTable {
  /** By ascending number. */
  readonly numbered: readonly CompiledEntry[];
  readonly decidingOf: (packet: Packet, remote: Address) => Deciding;
}

/** Both directions of an ACL, or why it is not known. */
export type NetworkAclRules = Readonly<Record<Direction, NetworkAclTable>> | { readonly gap: Gap };

export interface NetworkAclFilters {
  readonly networkAcl: NetworkAclRules;
}

/**
 * The final deny counts whether or not AWS lists it, under the number of its IPv4 form for both families; numbers from
 * there on are AWS's own.
 * NACL-1..NACL-4. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
export function networkAclTable(acl: NetworkAcl, direction: Direction): NetworkAclTable {
  const entries = acl.entries
    .filter((entry) => entry.direction === direction && entry.ruleNumber < IMPLICIT_DENY)
    .sort((a, b) => a.ruleNumber - b.ruleNumber);
  const numbered = entries.map(compileEntry);
  const final = { ipv4: finalDeny(acl, direction, 'ipv4'), ipv6: finalDeny(acl, direction, 'ipv6') };
  const decidingOf = perService(entries, (packet) => {
    const speaking = numbered.flatMap((compiled) => ifSpeaking(compiled, packet));
    const sets = speaking.map(({ addresses }) => addresses);
    return perAddress(sets, (remote) => decide(speaking, remote, final[remote.family]));
  });
  return { numbered, decidingOf: (packet, remote) => decidingOf(packet)(remote) };
}

function decide(speaking: readonly Speaking[], remote: Address, final: NetworkAclEntry): Deciding {
  const matching = speaking.filter(({ addresses }) => holdsAddress(addresses, remote));
  const sure = matching.findIndex(({ match }) => match === 'match');
  const entry = matching[sure]?.entry ?? final;
  const before = sure < 0 ? matching : matching.slice(0, sure);
  return { entry, isContested: before.some((perhaps) => perhaps.entry.action !== entry.action) };
}

function finalDeny({ id }: NetworkAcl, direction: Direction, family: Family): NetworkAclEntry {
  const cidr = { family, base: 0n, prefixLength: 0 };
  return { aclId: id, ruleNumber: IMPLICIT_DENY, direction, action: 'deny', protocol: 'all', cidr };
}

function compileEntry(entry: NetworkAclEntry): CompiledEntry {
  return { entry, addresses: addressSet([entry.cidr]) };
}

function ifSpeaking(compiled: CompiledEntry, packet: Packet): readonly Speaking[] {
  const match = matchService(compiled.entry, packet);
  return match === 'match' || match === 'unknown' ? [{ ...compiled, match }] : [];
}
