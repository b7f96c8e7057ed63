import type { FlowGroup } from './observations.ts';

/** A probe is this many packets at most: a person's client goes on trying (T-11). */
const PROBE_PACKETS = 3;

/** T-11 says "many" and gives no number [I]: a client uses one port of a server, or a few. */
const MANY_PORTS = 5;

/** As many strangers at one port do not come by accident [I]. */
const MANY_SOURCES = 10;

/**
 * Whether the rejects of a group have the shape of background scanning (T-11): the other side opened, never got
 * through, and either tried many ports with a probe each, or sent one probe to a port that many others tried as well.
 * Whether it came from the internet at all is for the engine to say. A client that keeps trying one port is no scan,
 * however many others try the same (T-12).
 */
export function looksLikeScan(group: FlowGroup): boolean {
  const { rejected } = group.ingress;
  if (rejected === undefined || group.opener.side === 'local' || wasEverAccepted(group)) return false;
  const triedManyPorts = group.spread.portsTriedByRemote >= MANY_PORTS;
  const isOneOfMany = group.spread.remotesTryingPort >= MANY_SOURCES;
  return (
    (triedManyPorts && rejected.packets <= PROBE_PACKETS * group.conversations) ||
    (isOneOfMany && rejected.packets <= PROBE_PACKETS)
  );
}

function wasEverAccepted(group: FlowGroup): boolean {
  return group.ingress.accepted !== undefined || group.egress.accepted !== undefined;
}
