import type { Family } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import type { Gap } from '../vpc/gap.ts';
import { IMPLICIT_DENY, type NetworkAcl, type NetworkAclEntry } from '../vpc/network-acl.ts';
import { addressSet, type AddressSet } from './address-set.ts';
import { matchService, type ServiceMatch } from './match-service.ts';
import { perService } from './per-service.ts';

/** An entry with everything looked up that evaluation needs. */
export interface CompiledEntry {
  readonly entry: NetworkAclEntry;
  readonly addresses: AddressSet;
}

interface SpeakingEntry extends CompiledEntry {
  readonly match: Extract<ServiceMatch, 'match' | 'unknown'>;
}

/** The entries of one direction. */
export interface NetworkAclTable {
  /** By ascending number. */
  readonly numbered: readonly CompiledEntry[];
  /** Those of them that agree with the packet's service, or may, whatever the address. */
  readonly speakingOf: (packet: Packet) => readonly SpeakingEntry[];
  /** What decides when none of them matches. */
  readonly final: Readonly<Record<Family, NetworkAclEntry>>;
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
  return {
    numbered,
    speakingOf: perService(entries, (packet) => numbered.flatMap((compiled) => speaking(compiled, packet))),
    final: { ipv4: finalDeny(acl, direction, 'ipv4'), ipv6: finalDeny(acl, direction, 'ipv6') },
  };
}

function finalDeny({ id }: NetworkAcl, direction: Direction, family: Family): NetworkAclEntry {
  const cidr = { family, base: 0n, prefixLength: 0 };
  return { aclId: id, ruleNumber: IMPLICIT_DENY, direction, action: 'deny', protocol: 'all', cidr };
}

function compileEntry(entry: NetworkAclEntry): CompiledEntry {
  return { entry, addresses: addressSet([entry.cidr]) };
}

function speaking(compiled: CompiledEntry, packet: Packet): readonly SpeakingEntry[] {
  const match = matchService(compiled.entry, packet);
  return match === 'match' || match === 'unknown' ? [{ ...compiled, match }] : [];
}
