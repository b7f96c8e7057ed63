import type { EpochSeconds } from '../lang/time.ts';
import type { Direction } from '../net/direction.ts';
import { TCP } from '../net/protocol.ts';
import type { Conversation } from './flows.ts';
import type { Opener, RejectOrder, Side } from './observations.ts';
import type { Action } from './record.ts';
import { clearServicePort } from './service-port.ts';
import type { Sighting } from './sighting.ts';
import { isSyn, isSynAck } from './tcp-flags.ts';

/** What one conversation can tell of the order of its packets; whether later ones fared better takes the others too. */
export type RejectTiming = Omit<RejectOrder, 'acceptedAfter'>;

/**
 * Which side sent the first packet. TCP flags prove it (FLOW-64). Without them the ports are a sign where one of them is
 * clearly a service's, and else the earlier start is: two starts in one second tell nothing, and a connection older
 * than the window shows either side first, so order gives way to clear ports.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html
 */
export function openerOf(conversation: Conversation, sightings: readonly Sighting[]): Opener {
  return (
    openerByFlags(conversation, sightings) ??
    openerByPortsAndOrder(conversation, sightings) ?? { side: 'unknown', because: 'nothing' }
  );
}

function openerByFlags(conversation: Conversation, sightings: readonly Sighting[]): Opener | undefined {
  if (conversation.protocol !== TCP) return undefined;
  for (const sighting of sightings) {
    const flags = sighting.flags ?? 0;
    const sender = senderOf(sighting.direction);
    if (isSyn(flags)) return { side: sender, because: 'flags' };
    if (isSynAck(flags)) return { side: OTHER[sender], because: 'flags' };
  }
  return undefined;
}

function openerByPortsAndOrder(conversation: Conversation, sightings: readonly Sighting[]): Opener | undefined {
  const byOrder = firstSender(sightings);
  const byPort = sideWithClientPort(conversation);
  if (byOrder !== undefined && (byPort ?? byOrder) === byOrder) return { side: byOrder, because: 'order' };
  return byPort === undefined ? undefined : { side: byPort, because: 'port' };
}

const OTHER: Record<Side, Side> = { local: 'remote', remote: 'local' };

function senderOf(direction: Direction): Side {
  return direction === 'egress' ? 'local' : 'remote';
}

/** `undefined` when both directions start in the same second. */
function firstSender(sightings: readonly Sighting[]): Side | undefined {
  const first = sightings.filter(({ start }) => start === sightings[0]?.start);
  const senders = new Set(first.map(({ direction }) => senderOf(direction)));
  const [sender, other] = senders;
  return other === undefined ? sender : undefined;
}

/** The client's port of a merged conversation is the one that was dropped. */
function sideWithClientPort({ localPort, remotePort, isMerged }: Conversation): Side | undefined {
  if (localPort !== undefined && remotePort !== undefined) {
    const service = clearServicePort(localPort, remotePort);
    if (service === undefined) return undefined;
    return service === localPort ? 'remote' : 'local';
  }
  if (!isMerged || localPort === remotePort) return undefined;
  return localPort === undefined ? 'local' : 'remote';
}

/**
 * How the rejects stand to the accepts of the same five-tuple, either way: what keeps or loses a tracked connection is
 * traffic in both directions (CT-11, CT-23). `sightings` are in the order of their start.
 */
export function orderOf(conversation: Conversation, sightings: readonly Sighting[]): RejectTiming {
  if (conversation.isMerged) return { acceptedBefore: false, overlapping: false };
  const firstReject = sightings.findIndex((sighting) => sighting.action === 'REJECT');
  const idle = longestIdle(sightings);
  return {
    acceptedBefore: firstReject > 0,
    ...(idle === undefined ? {} : { idleBeforeReject: idle }),
    overlapping: hasOverlap(sightings, 'ingress') || hasOverlap(sightings, 'egress'),
  };
}

/** From the end of the accepts to the next reject, the longest of all such pauses. */
function longestIdle(sightings: readonly Sighting[]): number | undefined {
  let longest: number | undefined;
  let lastAccept: EpochSeconds | undefined;
  for (const { action, start, end } of sightings) {
    if (action === 'ACCEPT') {
      lastAccept = Math.max(end, lastAccept ?? end);
    } else if (lastAccept !== undefined) {
      longest = Math.max(longest ?? 0, start - lastAccept);
      lastAccept = undefined;
    }
  }
  return longest;
}

/** Whether an ACCEPT and a REJECT of one direction share a second (T-65). */
function hasOverlap(sightings: readonly Sighting[], direction: Direction): boolean {
  const latestEnd: Record<Action, EpochSeconds> = { ACCEPT: -1, REJECT: -1 };
  for (const sighting of sightings.filter((each) => each.direction === direction)) {
    const other = sighting.action === 'ACCEPT' ? 'REJECT' : 'ACCEPT';
    if (sighting.start <= latestEnd[other]) return true;
    latestEnd[sighting.action] = Math.max(latestEnd[sighting.action], sighting.end);
  }
  return false;
}
