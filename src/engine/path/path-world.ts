import { formatAddress, type Address } from '../../net/address.ts';
import type { NatGateway } from '../../vpc/gateway.ts';
import type { NetworkInterfaceId, SubnetId, VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { areAllRead } from '../are-all-read.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../interface-filters.ts';

/** A snapshot with the indexes that following a packet needs; made once, asked many times. */
export interface PathWorld {
  readonly snapshot: Snapshot;
  readonly filtersOf: (id: NetworkInterfaceId) => InterfaceFilters;
  /** Who has this private IPv4 or IPv6 address in the VPC. */
  readonly interfaceAt: (vpcId: VpcId, address: Address) => NetworkInterface | undefined;
  readonly interfacesWith: (address: Address) => readonly NetworkInterface[];
  /** Whose public IPv4, or IPv6, address it is. */
  readonly ownerOfPublic: (address: Address) => NetworkInterface | undefined;
  readonly natGatewayWith: (publicAddress: Address) => NatGateway | undefined;
  /** The table that the subnet uses (RT-1). */
  readonly routeTableOf: (subnetId: SubnetId | undefined, vpcId: VpcId) => RouteTable | undefined;
  /** The table that an internet or virtual private gateway uses for what comes in (RT-14). */
  readonly edgeTableOf: (gatewayId: string) => RouteTable | undefined;
  /** Whether this member of the VPC's account and region was asked for, so that what is not there does not exist. */
  readonly isWhole: (member: string, vpcId: VpcId) => boolean;
}

export function pathWorld(snapshot: Snapshot): PathWorld {
  return worldOf(snapshot);
}

const worldOf = remembered(buildWorld);
/** A snapshot with one more rule has the same interfaces: their index is made once for both. */
const addressesOf = remembered(indexAddresses);
const natsOf = remembered(indexNatGateways);
const tablesOf = remembered(indexTables);

function remembered<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}

function buildWorld(snapshot: Snapshot): PathWorld {
  const compiled = new Map<NetworkInterfaceId, InterfaceFilters>();
  const addresses = addressesOf(snapshot.interfaces);
  const nats = natsOf(snapshot.natGateways);
  const tables = tablesOf(snapshot.routeTables);
  return {
    snapshot,
    filtersOf: (id) => {
      const filters = compiled.get(id) ?? compileInterfaceFilters(snapshot, id);
      compiled.set(id, filters);
      return filters;
    },
    interfaceAt: (vpcId, address) => addresses.inside.get(formatAddress(address))?.find((each) => each.vpcId === vpcId),
    interfacesWith: (address) => addresses.inside.get(formatAddress(address)) ?? [],
    ownerOfPublic: (address) => addresses.outside.get(formatAddress(address)),
    natGatewayWith: (address) => nats.get(formatAddress(address)),
    routeTableOf: (subnetId, vpcId) => tables.bySubnet.get(subnetId ?? '') ?? tables.main.get(vpcId),
    edgeTableOf: (gatewayId) => tables.byGateway.get(gatewayId),
    isWhole: (member, vpcId) => areAllRead(snapshot, member, vpcId),
  };
}

interface Addresses {
  readonly inside: ReadonlyMap<string, readonly NetworkInterface[]>;
  readonly outside: ReadonlyMap<string, NetworkInterface>;
}

/** IPv6 addresses are the same inside and outside (EVAL-12 speaks of IPv4 only). */
function indexAddresses(interfaces: Snapshot['interfaces']): Addresses {
  const inside = new Map<string, NetworkInterface[]>();
  const outside = new Map<string, NetworkInterface>();
  for (const each of interfaces.values()) {
    for (const { address, publicAddress } of each.addresses) {
      const text = formatAddress(address);
      inside.set(text, [...(inside.get(text) ?? []), each]);
      if (publicAddress !== undefined) outside.set(formatAddress(publicAddress), each);
      if (address.family === 'ipv6') outside.set(text, each);
    }
  }
  return { inside, outside };
}

function indexNatGateways(natGateways: Snapshot['natGateways']): ReadonlyMap<string, NatGateway> {
  return new Map(
    [...natGateways.values()].flatMap((nat) =>
      nat.addresses.flatMap(({ publicAddress }) =>
        publicAddress === undefined ? [] : [[formatAddress(publicAddress), nat] as const],
      ),
    ),
  );
}

interface Tables {
  readonly bySubnet: ReadonlyMap<string, RouteTable>;
  readonly main: ReadonlyMap<VpcId, RouteTable>;
  readonly byGateway: ReadonlyMap<string, RouteTable>;
}

function indexTables(routeTables: Snapshot['routeTables']): Tables {
  const all = [...routeTables.values()];
  const pairs = (select: (table: RouteTable) => readonly string[]): ReadonlyMap<string, RouteTable> =>
    new Map(all.flatMap((table) => select(table).map((id) => [id, table] as const)));
  return {
    bySubnet: pairs(({ subnetIds }) => subnetIds),
    main: new Map(all.filter(({ isMain }) => isMain).map((table) => [table.vpcId, table])),
    byGateway: pairs(({ gatewayIds }) => gatewayIds),
  };
}
