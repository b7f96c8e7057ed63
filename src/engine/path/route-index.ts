import { FAMILY_BITS, type Address } from '../../net/address.ts';
import type { Cidr } from '../../net/cidr.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { Route, RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { findGap } from '../find-gap.ts';

/** The routes of one table by the blocks they lead to. */
export interface RouteIndex {
  /** The routes to the smallest block that holds the address: several where they lead to the same block. */
  readonly longestPrefix: (destination: Address) => readonly Route[];
  /** Prefix lists of its routes that could not be read. */
  readonly unread: readonly Gap[];
}

/** Compiled when a table is asked for the first time: a path asks a few times, an audit asks thousands. */
export function routeIndexOf(table: RouteTable, snapshot: Snapshot): RouteIndex {
  const known = INDEXES.get(snapshot)?.get(table);
  if (known !== undefined) return known;
  const index = compile(table, snapshot);
  const ofSnapshot = INDEXES.get(snapshot) ?? new WeakMap<RouteTable, RouteIndex>();
  INDEXES.set(snapshot, ofSnapshot.set(table, index));
  return index;
}

/** Snapshots never change; what was compiled of them goes when they go. */
const INDEXES = new WeakMap<Snapshot, WeakMap<RouteTable, RouteIndex>>();

/** Routes to blocks of one size in one family, by the bits that the size leaves. */
interface Level {
  readonly hostBits: number;
  readonly routes: Map<number | bigint, Route[]>;
}

function compile(table: RouteTable, snapshot: Snapshot): RouteIndex {
  const usable = table.routes.filter(({ state }) => state !== 'filtered');
  const levels: Record<Address['family'], Level[]> = { ipv4: [], ipv6: [] };
  for (const route of usable) for (const cidr of blocksOf(route, snapshot)) insert(levels[cidr.family], cidr, route);
  for (const each of Object.values(levels)) each.sort((a, b) => a.hostBits - b.hostBits);
  return {
    longestPrefix(destination) {
      const bits = bitsOf(destination);
      for (const { hostBits, routes } of levels[destination.family]) {
        const found = routes.get(networkOf(bits, hostBits));
        if (found !== undefined) return found;
      }
      return [];
    },
    unread: usable.flatMap((route) => unreadList(route, snapshot)),
  };
}

function blocksOf({ destination }: Route, snapshot: Snapshot): readonly Cidr[] {
  return destination.kind === 'cidr' ? [destination.cidr] : (snapshot.prefixLists.get(destination.id)?.cidrs ?? []);
}

function insert(levels: Level[], { family, base, prefixLength }: Cidr, route: Route): void {
  const hostBits = FAMILY_BITS[family] - prefixLength;
  const level = levels.find((each) => each.hostBits === hostBits) ?? { hostBits, routes: new Map() };
  if (level.routes.size === 0) levels.push(level);
  const network = networkOf(bitsOf({ family, bits: base }), hostBits);
  const known = level.routes.get(network);
  if (known === undefined) level.routes.set(network, [route]);
  else known.push(route);
}

/** In IPv4 a plain number: those are many times as fast. */
function bitsOf({ family, bits }: Address): number | bigint {
  return family === 'ipv4' ? Number(bits) : bits;
}

/** What comes before the host's bits. A shift by 32 is none in JavaScript. */
function networkOf(bits: number | bigint, hostBits: number): number | bigint {
  if (typeof bits === 'bigint') return bits >> BigInt(hostBits);
  return hostBits === FAMILY_BITS.ipv4 ? 0 : bits >>> hostBits;
}

/** A list that could not be read may hold a longer prefix than any other route. */
function unreadList({ destination }: Route, snapshot: Snapshot): readonly Gap[] {
  return destination.kind === 'prefix-list' && !snapshot.prefixLists.has(destination.id)
    ? [findGap(snapshot, 'prefix-list', destination.id)]
    : [];
}
