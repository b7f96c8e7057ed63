import { pathWorld } from '../../engine/path/path-world.ts';
import { selectRoute } from '../../engine/path/select-route.ts';
import { isNonEmpty } from '../../lang/non-empty.ts';
import { isAnywhere } from '../../net/cidr.ts';
import type { NatGatewayId } from '../../vpc/ids.ts';
import type { Route, RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import type { GatewayService } from '../traffic.ts';
import { objectIn, vpcInventories, wasCollected, type VpcInventory } from '../vpc-inventory.ts';
import type { EndpointFault, TableThroughNat, ThroughNat } from './endpoint-fault.ts';
import { gatewayServiceName, gatewayServiceOf, isAvailable, prefixListOf } from './endpoint-service.ts';
import { growthOf, measureNatTraffic } from './measure-nat-traffic.ts';

/**
 * S3 and DynamoDB can be reached without the NAT gateway and its price: a gateway endpoint costs nothing.
 * VPCE-4, VPCE-34. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function findMissingGateways(world: AuditWorld): readonly AuditFinding[] {
  return eachUseOfNat(world).flatMap(({ inventory, gateways, through }) => {
    if (gateways.length > 0) return [];
    const { vpc } = inventory;
    const fault = { family: 'endpoints', kind: 'gateway-endpoint-missing', vpcId: vpc.id, ...through } as const;
    const tables = through.tables.map((table) => objectIn(inventory, table));
    return [findingOf(fault, { id: `${vpc.id}:${through.service}`, objects: [objectIn(inventory, vpc), ...tables] })];
  });
}

/**
 * An endpoint serves the subnets whose route table is associated with it, and no others.
 * VPCE-11, VPCE-35. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 */
export function findUnassociatedTables(world: AuditWorld): readonly AuditFinding[] {
  return eachUseOfNat(world).flatMap(({ inventory, gateways, through }) => {
    const [gateway] = gateways;
    if (gateway === undefined) return [];
    const fault = {
      family: 'endpoints',
      kind: 'gateway-endpoint-not-associated',
      endpointId: gateway.id,
      ...through,
    } as const;
    const tables = through.tables.map((table) => objectIn(inventory, table));
    return [findingOf(fault, { id: gateway.id, objects: [objectIn(inventory, gateway), ...tables] })];
  });
}

function findingOf(
  fault: Extract<EndpointFault, ThroughNat>,
  { id, objects }: { readonly id: string; readonly objects: AuditFinding['objects'] },
): AuditFinding {
  const { measured } = fault;
  return {
    id: `${fault.kind}:${id}`,
    severity: measured === undefined ? 'low' : 'medium',
    fault,
    objects,
    ...(measured !== undefined && { measure: growthOf(measured) }),
    gaps: measured === undefined ? [{ fact: 'flow-log-records', because: 'not-collected' }] : [],
  };
}

interface UseOfNat {
  readonly inventory: VpcInventory;
  readonly gateways: readonly VpcEndpoint[];
  readonly through: ThroughNat;
}

const SERVICES: readonly GatewayService[] = ['s3', 'dynamodb'];

function eachUseOfNat(world: AuditWorld): readonly UseOfNat[] {
  return vpcInventories(world.snapshot)
    .filter((inventory) => wasCollected(inventory, 'VpcEndpoints', 'RouteTables', 'Subnets'))
    .flatMap((inventory) => SERVICES.flatMap((service) => useOfNat(inventory, service, world)));
}

function useOfNat(inventory: VpcInventory, service: GatewayService, world: AuditWorld): readonly UseOfNat[] {
  const ofService = inventory.endpoints.filter((each) => isAvailable(each) && gatewayServiceOf(each) === service);
  if (ofService.some(takesAllClients)) return [];
  const gateways = ofService.filter(({ type }) => type === 'Gateway');
  const serviceName = gatewayServiceName(service, inventory.vpc.region);
  const tables = tablesThroughNat(inventory, serviceName, world.snapshot).filter(
    ({ table }) => !gateways.some((gateway) => isAssociated(table, gateway)),
  );
  const told = tables.map(({ told: each }) => each);
  if (!isNonEmpty(told)) return [];
  const measured = measureNatTraffic(told, service, world);
  if (measured === 'none') return [];
  return [{ inventory, gateways, through: { service, serviceName, tables: told, ...(measured && { measured }) } }];
}

/** With private DNS for everybody, clients are led to the interface endpoint instead (VPCE-24). */
function takesAllClients({ type, privateDnsEnabled, privateDnsOnlyForInboundResolver }: VpcEndpoint): boolean {
  return type === 'Interface' && privateDnsEnabled && !privateDnsOnlyForInboundResolver;
}

function isAssociated({ id, routes }: RouteTable, gateway: VpcEndpoint): boolean {
  const isRouted = routes.some(({ target }) => target.kind === 'vpc-endpoint' && target.id === gateway.id);
  return isRouted || gateway.routeTableIds.includes(id);
}

interface FoundTable {
  readonly table: RouteTable;
  readonly told: TableThroughNat;
}

function tablesThroughNat(inventory: VpcInventory, serviceName: string, snapshot: Snapshot): readonly FoundTable[] {
  const list = prefixListOf(serviceName, snapshot);
  const addresses = (list?.cidrs ?? []).map(({ family, base }) => ({ family, bits: base }));
  return [...subnetsByTable(inventory, snapshot)].flatMap(([table, subnets]): readonly FoundTable[] => {
    const routes =
      addresses.length === 0
        ? table.routes.filter(isDefault)
        : addresses.flatMap((address) => chosenRoute(selectRoute(table, address, snapshot)));
    const natGatewayId = routes.flatMap((route) => natGatewayOf(route, snapshot))[0];
    const subnetIds = subnets.map(({ id }) => id);
    if (natGatewayId === undefined || !isNonEmpty(subnetIds)) return [];
    return [{ table, told: { id: table.id, natGatewayId, subnetIds } }];
  });
}

/** RT-1, RT-2. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html */
function subnetsByTable(inventory: VpcInventory, snapshot: Snapshot): ReadonlyMap<RouteTable, readonly Subnet[]> {
  const { routeTableOf } = pathWorld(snapshot);
  const grouped = new Map<RouteTable, Subnet[]>();
  for (const subnet of inventory.subnets) {
    const table = routeTableOf(subnet.id, subnet.vpcId);
    const others = table === undefined ? undefined : grouped.get(table);
    if (others !== undefined) others.push(subnet);
    else if (table !== undefined) grouped.set(table, [subnet]);
  }
  return grouped;
}

function chosenRoute(selection: ReturnType<typeof selectRoute>): readonly Route[] {
  return selection.kind === 'route' ? [selection.route] : [];
}

function isDefault({ destination }: Route): boolean {
  return destination.kind === 'cidr' && destination.cidr.family === 'ipv4' && isAnywhere(destination.cidr);
}

/** A private NAT gateway reaches no service on the internet (RT-25). */
function natGatewayOf({ target, state }: Route, { natGateways }: Snapshot): readonly NatGatewayId[] {
  if (target.kind !== 'nat-gateway' || state !== 'active') return [];
  return natGateways.get(target.id)?.connectivity === 'private' ? [] : [target.id];
}
