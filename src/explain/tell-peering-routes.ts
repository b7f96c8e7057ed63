import type { AuditFinding } from '../audit/audit-finding.ts';
import type { Beyond, PeeringFault } from '../audit/peering/peering-fault.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Region } from '../vpc/ids.ts';
import type { RouteDestination, RouteTarget } from '../vpc/route-table.ts';
import { resource } from './console-link.ts';
import type { FaultTelling } from './fault-telling.ts';
import { createRouteCommand, deleteRouteCommand } from './peering-commands.ts';
import { count, formatBlock } from './phrase.ts';
import { joinSpans, sentence, type Part, type Sentence } from './sentence.ts';
import {
  accountOf,
  doThis,
  formatBlocks,
  formatRoutes,
  namePeering,
  nameSide,
  regionOf,
  type TellingsOf,
} from './tell-peering.ts';

type Kind =
  | 'blackhole-routes'
  | 'peering-routed-on-one-side'
  | 'peering-block-not-routed'
  | 'peering-route-outside-peer'
  | 'peering-transit-attempt';

/** Routes that lead nowhere, or one way only. */
export const tellRoutes: TellingsOf<Kind> = {
  'blackhole-routes': ({ target, routes }, finding) => ({
    title: sentence`${resource(regionOf(finding), routes[0].tableId)}: ${count(routes.length, 'route')} to ${nameTarget(target, regionOf(finding))}, which is gone or cannot be used (blackhole).`,
    evidence: [
      formatRoutes(routes, regionOf(finding)),
      sentence`AWS reports ${routes.length === 1 ? 'it' : 'them'} as blackhole.`,
    ],
    why: sentence`A blackhole route still wins for its destination, and its packets are dropped.`,
    fix: doThis(
      sentence`In ${accountOf(finding.objects[0])}, bring the target back, replace it, or remove ${routes.length === 1 ? 'the route' : 'the routes'}:`,
      routes.map((route) => deleteRouteCommand(route, regionOf(finding))),
    ),
  }),
  'peering-routed-on-one-side': (fault, finding) => tellOneSided(fault, finding),
  'peering-block-not-routed': ({ peering, side, far, blocks, tables }, finding) => ({
    title: sentence`${namePeering(peering, regionOf(finding))}: ${nameSide(side)} has no route to ${formatBlocks(blocks)} of its peer.`,
    evidence: [
      sentence`The peer ${nameSide(far)} has ${blocks.length === 1 ? 'this block' : 'these blocks'} besides others that are routed.`,
      sentence`Tables that use the connection: ${nameAll(tables, side.region)}.`,
    ],
    why: sentence`Hosts in ${blocks.length === 1 ? 'that block' : 'those blocks'} can neither be reached nor answered. A block that was added to a VPC later needs a route of its own.`,
    fix: doThis(
      sentence`In ${accountOf(side)}, if hosts there must be reached:`,
      tables.flatMap((tableId) =>
        blocks.map((block) =>
          createRouteCommand({ tableId, block, target: { kind: 'peering', id: peering.id }, region: side.region }),
        ),
      ),
    ),
  }),
  'peering-route-outside-peer': ({ peering, far, route, peerBlocks }, finding) => ({
    title: sentence`${resource(regionOf(finding), route.tableId)}: the route to ${nameDestination(route.destination, regionOf(finding))} through ${namePeering(peering, regionOf(finding))} is dead: the peer VPC has no such addresses.`,
    evidence: [
      formatRoutes([route], regionOf(finding)),
      sentence`Blocks of ${nameSide(far)}: ${formatBlocks(peerBlocks)}.`,
    ],
    why: sentence`A connection passes only what is for the VPC at its far end. AWS shows the route as active all the same.`,
    fix: doThis(sentence`In ${accountOf(finding.objects[0])}, correct the destination, or remove the route:`, [
      deleteRouteCommand(route, regionOf(finding)),
    ]),
  }),
  'peering-transit-attempt': ({ peering, far, route, beyond }, finding) => ({
    title: sentence`${resource(regionOf(finding), route.tableId)}: the route to ${nameDestination(route.destination, regionOf(finding))} through ${namePeering(peering, regionOf(finding))} needs ${nameBeyond(beyond, far.region)}; peering has no transit.`,
    evidence: [formatRoutes([route], regionOf(finding)), sentence`The connection ends at ${nameSide(far)}.`],
    why: WHY_NO_TRANSIT[beyond.kind],
    fix: doThis(sentence`${INSTEAD[beyond.kind]} Then, in ${accountOf(finding.objects[0])}, remove the route:`, [
      deleteRouteCommand(route, regionOf(finding)),
    ]),
  }),
};

type OneSided = Extract<PeeringFault, { readonly kind: 'peering-routed-on-one-side' }>;

function tellOneSided(fault: OneSided, finding: AuditFinding): FaultTelling {
  const { peering, routed, unrouted, blocks, tables, isBare } = fault;
  const region = unrouted.region;
  const lacking =
    tables.length === 0 ? nameSide(unrouted) : sentence`${nameAll(tables, region)} of ${nameSide(unrouted)}`;
  const where = isBare ? 'routes exist on one side only' : 'some routes have no way back';
  return {
    title: sentence`${namePeering(peering, regionOf(finding))}: ${where} - ${lacking} ${tables.length > 1 ? 'lack' : 'lacks'} ${formatBlocks(blocks)}.`,
    evidence: [
      sentence`${nameSide(routed)} routes to the connection.`,
      isBare
        ? sentence`No table in use of ${nameSide(unrouted)} names it.`
        : sentence`The routes of ${nameSide(unrouted)} lead to other blocks.`,
      ...throughNat(fault),
    ],
    why: sentence`Requests arrive, but the answers have no way back: connections time out. Flow logs show ACCEPT all the same.`,
    fix: doThis(
      sentence`In ${accountOf(unrouted)}, add the way back to the tables of the subnets that must answer:`,
      tables.flatMap((tableId) =>
        blocks.map((block) =>
          createRouteCommand({ tableId, block, target: { kind: 'peering', id: peering.id }, region }),
        ),
      ),
    ),
  };
}

/** RT-28. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
function throughNat({ natGateways, routed }: OneSided): readonly Sentence[] {
  if (natGateways.length === 0) return [];
  return [
    sentence`It may be meant so for what is sent through ${nameAll(natGateways, routed.region)}: replies return to a NAT gateway without a route.`,
  ];
}

const MOST_NAMED = 3;

function nameAll(ids: readonly string[], region: Region | undefined): Part {
  const told = ids.slice(0, MOST_NAMED).map((id) => resource(region, id));
  const more = ids.length - told.length;
  return sentence`${joinSpans(told, ', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function nameDestination(destination: RouteDestination, region: Region | undefined): Part {
  return destination.kind === 'cidr' ? formatBlock(destination.cidr) : resource(region, destination.id);
}

function nameTarget(target: RouteTarget, region: Region | undefined): Part {
  return target.kind === 'local' ? 'local' : resource(region, target.id);
}

function nameBeyond(beyond: Beyond, region: Region | undefined): Part {
  switch (beyond.kind) {
    case 'vpc': {
      const third =
        beyond.vpcId === undefined ? 'a third VPC' : sentence`the third VPC ${resource(region, beyond.vpcId)}`;
      return sentence`${third} behind the peer (over ${resource(region, beyond.peeringId)})`;
    }
    case 'edge':
      return beyond.target === undefined
        ? 'a gateway of the peer VPC'
        : sentence`the peer VPC's ${nameTarget(beyond.target, region)}`;
    default:
      return assertNever(beyond);
  }
}

const WHY_NO_TRANSIT: Readonly<Record<Beyond['kind'], Sentence>> = {
  vpc: sentence`Peering is not transitive: a VPC does not pass packets on to its other peers. They are dropped.`,
  edge: sentence`A peer cannot use internet gateways, NAT devices, VPN or Direct Connect connections or gateway endpoints of another VPC. The packets are dropped.`,
};

const INSTEAD: Readonly<Record<Beyond['kind'], string>> = {
  vpc: 'Peer with the third VPC itself, or join all of them to a transit gateway.',
  edge: 'Give this VPC a gateway of its own, or use a transit gateway.',
};
