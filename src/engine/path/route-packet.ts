import { assertNever } from '../../lang/exhaustive.ts';
import { sameAddress } from '../../net/address.ts';
import { cidrContains } from '../../net/cidr.ts';
import type { Route, RouteTable, RouteTarget } from '../../vpc/route-table.ts';
import { findGap } from '../find-gap.ts';
import {
  type OutsideTarget,
  stoppedAt,
  unknownAt,
  type Crossing,
  type Guide,
  type Journey,
  type RoutingStand,
  type Step,
} from './journey.ts';
import type { Hop, Obstacle } from './path.ts';
import { selectRoute } from './select-route.ts';

/**
 * The table of the subnet, or the main one, says where the packet goes next.
 * RT-1, RT-3. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function routePacket(guide: Guide, journey: Journey, from: RoutingStand): Step {
  const { world } = guide;
  const back = returnToSender(guide, journey, from);
  if (back !== undefined) return { hops: [], place: { kind: 'crossing', from, target: back } };
  const table = from.table ?? world.routeTableOf(from.subnetId, from.vpcId);
  if (table === undefined) return withoutTable(guide, journey, from);
  const hop = hopAt(table, journey, from);
  const selection = selectRoute(table, journey.packet.destination, world.snapshot);
  switch (selection.kind) {
    case 'undetermined':
      return unknownAt(hop, ...selection.gaps);
    case 'no-route':
      return goOn(guide, journey, stoppedAt(hop, noRoute(table, journey)));
    case 'route':
      return follow(guide, journey, { from, table, route: selection.route });
    default:
      return assertNever(selection);
  }
}

function hopAt({ id }: RouteTable, { packet }: Journey, { vpcId, subnetId }: RoutingStand): Omit<Hop, 'outcome'> {
  return { kind: 'route-table', id, vpcId, ...(subnetId !== undefined && { subnetId }), packet };
}

function noRoute({ id }: RouteTable, { leg, packet }: Journey): Obstacle {
  return {
    kind: 'route',
    leg,
    id,
    reason: 'no-route',
    code: 'NO_ROUTE_TO_DESTINATION',
    address: packet.destination,
  };
}

interface Chosen {
  readonly from: RoutingStand;
  readonly table: RouteTable;
  readonly route: Route;
}

function follow(guide: Guide, journey: Journey, { from, table, route }: Chosen): Step {
  const hop = hopAt(table, journey, from);
  const { leg } = journey;
  if (route.state === 'blackhole') {
    const obstacle = { kind: 'route', leg, id: table.id, reason: 'blackhole', code: 'BAD_STATE_ROUTE', route } as const;
    return goOn(guide, journey, stoppedAt(hop, obstacle));
  }
  if (leavesAnotherWay(guide, from, route.target)) {
    return stoppedAt(hop, { kind: 'route', leg, id: table.id, reason: 'asymmetric', route });
  }
  const { target } = route;
  return {
    hops: [{ ...hop, outcome: { kind: 'passed', by: { kind: 'route', route } } }],
    place: target.kind === 'local' ? { kind: 'delivering', vpcId: from.vpcId } : { kind: 'crossing', from, target },
  };
}

/** A packet without a way is followed from where it was meant to go, so that what else is in its way is told as well. */
function goOn({ goal }: Guide, { packet }: Journey, stopped: Step): Step {
  const isGoal = goal?.addresses.some(({ address }) => sameAddress(address, packet.destination)) ?? false;
  return goal !== undefined && isGoal ? { ...stopped, place: { kind: 'delivering', vpcId: goal.vpcId } } : stopped;
}

const TRANSLATING: ReadonlySet<RouteTarget['kind']> = new Set([
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
]);

/**
 * An answer is only recognised when it comes from the address that was asked: it must leave by the gateway that
 * translated the request, and by none that translates when none did.
 * RT-15, EVAL-12. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
function leavesAnotherWay({ answering }: Guide, { vpcId }: RoutingStand, target: RouteTarget): boolean {
  if (answering === undefined || target.kind === 'local') return false;
  const entry = entryOf(answering, vpcId);
  const translated = entry?.kind === 'internet-gateway';
  const id = 'id' in target ? target.id : undefined;
  return translated ? id !== entry.id : TRANSLATING.has(target.kind);
}

function entryOf({ crossed }: Journey, vpcId: string): Crossing | undefined {
  return crossed.findLast(({ to }) => to === vpcId);
}

/**
 * What a NAT gateway sent over a peering connection comes back to it without a route of the far side.
 * RT-28. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function returnToSender({ answering }: Guide, { packet }: Journey, { vpcId }: RoutingStand): OutsideTarget | undefined {
  const entry = answering === undefined ? undefined : entryOf(answering, vpcId);
  if (answering === undefined || entry?.kind !== 'peering') return undefined;
  const isNat = answering.crossed.some(
    ({ kind, source }) =>
      kind === 'nat-gateway' && source !== undefined && sameAddress(source.after, packet.destination),
  );
  return isNat ? entry.by : undefined;
}

/** Every VPC routes its own blocks locally, so only what leaves it needs a table that was read (RT-8). */
function withoutTable({ world }: Guide, { packet }: Journey, { vpcId, subnetId }: RoutingStand): Step {
  const own = world.snapshot.vpcs.get(vpcId)?.cidrs ?? [];
  if (own.some((cidr) => cidrContains(cidr, packet.destination))) {
    return { hops: [], place: { kind: 'delivering', vpcId } };
  }
  const hop = { kind: 'route-table', vpcId, ...(subnetId !== undefined && { subnetId }) } as const;
  return unknownAt(hop, findGap(world.snapshot, 'route-table', subnetId ?? vpcId));
}
