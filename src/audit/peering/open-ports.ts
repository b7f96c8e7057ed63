import { evaluateNetworkAclForPorts } from '../../engine/evaluate-network-acl.ts';
import { networkAclTable, type NetworkAclFilters, type NetworkAclTable } from '../../engine/network-acl-table.ts';
import { remoteOf } from '../../engine/remote-of.ts';
import { cidrContains, lastOf, type Cidr } from '../../net/cidr.ts';
import type { Direction } from '../../net/direction.ts';
import type { Packet } from '../../net/packet.ts';
import { ALL_PORTS, type PortRange } from '../../net/port-range.ts';
import { TCP } from '../../net/protocol.ts';
import type { NetworkAcl, NetworkAclEntry } from '../../vpc/network-acl.ts';

export type AclTables = Readonly<Record<Direction, NetworkAclTable>>;

export function aclTables(acl: NetworkAcl): AclTables {
  return { ingress: networkAclTable(acl, 'ingress'), egress: networkAclTable(acl, 'egress') };
}

/** TCP destination ports that the ACL lets through for at least one address of the block, ascending and apart. */
export function openPorts(tables: AclTables, direction: Direction, block: Cidr): readonly PortRange[] {
  const open = firstAddresses(tables[direction], block).flatMap((bits) =>
    evaluateNetworkAclForPorts(filtersOf(tables), direction, {
      packet: packetOf({ ...block, base: bits }),
      ports: ALL_PORTS,
    })
      .filter(({ decision }) => decision.kind === 'allowed')
      .map(({ ports }) => ports),
  );
  return open.sort((a, b) => a.from - b.from).reduce<readonly PortRange[]>(joinTouching, []);
}

/** What decides over a client's port of the block's first address. */
export function decidingEntry(tables: AclTables, direction: Direction, block: Cidr): NetworkAclEntry {
  const packet = packetOf(block);
  return tables[direction].decidingOf(packet, remoteOf(direction, packet)).entry;
}

function filtersOf(tables: AclTables): NetworkAclFilters {
  return { networkAcl: tables };
}

/** A port that every operating system of today gives its clients (NACL-17). */
const USUAL_CLIENT_PORT = 50_000;

/** An ACL looks at the remote address only, which is the source or the destination. */
function packetOf({ family, base }: Cidr): Packet {
  const address = { family, bits: base };
  return { protocol: TCP, source: address, destination: address, destinationPort: USUAL_CLIENT_PORT };
}

/** One address of every part of the block that the entries tell apart. */
function firstAddresses({ numbered }: NetworkAclTable, block: Cidr): readonly bigint[] {
  const borders = numbered
    .flatMap(({ entry: { cidr } }) => (cidr.family === block.family ? [cidr.base, lastOf(cidr) + 1n] : []))
    .filter((bits) => cidrContains(block, { family: block.family, bits }));
  return [...new Set([block.base, ...borders])];
}

function joinTouching(joined: readonly PortRange[], next: PortRange): readonly PortRange[] {
  const previous = joined.at(-1);
  if (previous === undefined || next.from > previous.to + 1) return [...joined, next];
  return [...joined.slice(0, -1), { from: previous.from, to: Math.max(previous.to, next.to) }];
}
