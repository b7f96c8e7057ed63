import { assertNever } from '../lang/exhaustive.ts';
import type { RulePeer } from '../vpc/security-group.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { ANYWHERE, NOWHERE, addressSet, type AddressSet } from './address-set.ts';
import { findGap } from './find-gap.ts';
import { resolveGroupReference } from './resolve-group-reference.ts';
import type { ResolvedPeer, RuleStand } from './rule-peer.ts';

/** A rule names one peer: a block, a prefix list or a group (SG-7). */
export function resolvePeer(peer: RulePeer, stand: RuleStand): ResolvedPeer {
  switch (peer.kind) {
    case 'cidr':
      return known(addressSet([peer.cidr]));
    case 'prefix-list':
      return resolvePrefixList(peer, stand.snapshot);
    case 'group':
      return resolveGroupReference(peer, stand);
    default:
      return assertNever(peer);
  }
}

/**
 * Any current entry of the list matches; a list that could not be read may hold any address.
 * SG-32, SG-36. https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
function resolvePrefixList({ id }: Extract<RulePeer, { kind: 'prefix-list' }>, snapshot: Snapshot): ResolvedPeer {
  const list = snapshot.prefixLists.get(id);
  if (list !== undefined) return known(addressSet(list.cidrs));
  const gap = findGap(snapshot, 'prefix-list', id);
  return { ...known(NOWHERE), doubtful: [{ addresses: ANYWHERE, gap }] };
}

function known(addresses: AddressSet): ResolvedPeer {
  return { addresses, stated: addresses, doubtful: [], missedOn: 'address' };
}
