import { TCP } from '../net/protocol.ts';
import { isSyn, isSynAck } from './tcp-flags.ts';
import type { Conversation } from './flows.ts';
import type { Sighting } from './sighting.ts';

/**
 * What happened to a conversation, as a key: which directions were accepted, which rejected, and of the rejects what kind
 * of packet and for what reason (the rows of the decision table differ in just these).
 */
export function fateOf(conversation: Conversation, sightings: readonly Sighting[]): string {
  const events = sightings.map((sighting) => {
    const { direction, action, rejectReason = '' } = sighting;
    if (action === 'ACCEPT') return `${direction}:accepted`;
    return `${direction}:rejected:${packetKind(conversation, sighting)}:${rejectReason}`;
  });
  return [...new Set(events)].sort().join(' ');
}

function packetKind({ protocol }: Conversation, { flags }: Sighting): string {
  if (protocol !== TCP || flags === undefined) return 'untold';
  if (isSynAck(flags)) return 'syn-ack';
  return isSyn(flags) ? 'syn' : 'established';
}
