import type { Hop, Leg, Obstacle, PathEnd } from '../engine/path/path.ts';
import { pathWorld } from '../engine/path/path-world.ts';
import { resolveEnds } from '../engine/path/resolve-ends.ts';
import { formatAddress, sameAddress, type Address } from '../net/address.ts';
import { hasPorts } from '../net/protocol.ts';
import type { Meeting } from './meeting.ts';
import { plainSpan } from './plain-text.ts';
import { readerOf } from './network-names.ts';
import { endName, type PathTelling } from './path-telling.ts';
import type { ToldObstacle } from './told-obstacle.ts';

/** An obstacle with the packet as it met it: gateways before it may have put other addresses in. */
export function toldObstacle(telling: PathTelling, obstacle: Obstacle): ToldObstacle {
  return { obstacle, meeting: meetingAt(telling, obstacle), snapshot: telling.snapshot };
}

function meetingAt(telling: PathTelling, obstacle: Obstacle): Meeting {
  const { analysis } = telling;
  const ways = waysOf(telling);
  const met = ways[obstacle.leg].find(({ hop }) => isPlaceOf(hop, obstacle)) ?? ways[obstacle.leg][0];
  const { source, destination } = met ?? (obstacle.leg === 'forward' ? ways.start : turned(ways.start));
  const { protocol, destinationPort, sourcePort } = analysis.question;
  const port = obstacle.leg === 'forward' ? destinationPort : sourcePort;
  const name = (address: Address): string => nameOf(telling, ways, address);
  return {
    reader: readerOf(telling.snapshot, met?.hop.vpcId),
    leg: obstacle.leg,
    protocol,
    family: source.family,
    source: name(source),
    destination: name(destination),
    ...(hasPorts(protocol) && port !== undefined && { destinationPort: port }),
  };
}

/** The addresses in a packet before a hop. */
interface Met {
  readonly hop: Hop;
  readonly source: Address;
  readonly destination: Address;
}

interface Addresses {
  readonly source: Address;
  readonly destination: Address;
}

type Ways = Readonly<Record<Leg, readonly Met[]>> & { readonly start: Addresses };

function waysOf({ analysis, snapshot }: PathTelling): Ways {
  const start = resolveEnds(analysis.question, pathWorld(snapshot));
  const there = follow(analysis.forward.hops, start);
  return { start, forward: there.met, return: follow(analysis.return.hops, turned(there.last)).met };
}

function turned({ source, destination }: Addresses): Addresses {
  return { source: destination, destination: source };
}

function follow(hops: readonly Hop[], start: Addresses): { readonly met: readonly Met[]; readonly last: Addresses } {
  const met: Met[] = [];
  let { source, destination } = start;
  for (const hop of hops) {
    met.push({ hop, source, destination });
    const by = hop.outcome.kind === 'passed' ? hop.outcome.by : undefined;
    if (by?.kind === 'translated' && by.what === 'source') source = by.to;
    if (by?.kind === 'translated' && by.what === 'destination') destination = by.to;
  }
  return { met, last: { source, destination } };
}

/** Where the obstacle stands, whether or not it stands there for every port. */
function isPlaceOf({ kind, id, direction, outcome }: Hop, obstacle: Obstacle): boolean {
  if (kind === obstacle.kind && id === obstacle.id && direction === obstacle.direction) return true;
  const own = outcome.kind === 'blocked' ? outcome.obstacles : [];
  return own.some(
    (each) => each.kind === obstacle.kind && each.id === obstacle.id && each.direction === obstacle.direction,
  );
}

/** Ends without an address of their own have one that stands for all: it must not be told as theirs. */
function nameOf(telling: PathTelling, { start }: Ways, address: Address): string {
  const { from, to } = telling.analysis.question;
  if (hasNoAddress(from) && sameAddress(address, start.source)) return plainSpan(endName(telling, from));
  if (hasNoAddress(to) && sameAddress(address, start.destination)) return plainSpan(endName(telling, to));
  return formatAddress(address);
}

function hasNoAddress({ kind }: PathEnd): boolean {
  return kind === 'internet' || kind === 'service';
}
