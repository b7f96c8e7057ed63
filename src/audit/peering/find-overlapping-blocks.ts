import { isNonEmpty } from '../../lang/non-empty.ts';
import { cidrsOverlap } from '../../net/cidr.ts';
import type { PeeringConnectionId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import { overlapsAny, overlapsOf } from './block-pairs.ts';
import type { BlockPair } from './peering-fault.ts';
import { distinctObjects, peeringFinding, vpcObjects } from './peering-finding.ts';
import {
  activePeerings,
  bothWays,
  peeringSituations,
  type Facing,
  type PeeringRoute,
  type PeeringSituation,
} from './peering-situation.ts';

/**
 * VPCs that share an address cannot be peered, whichever of their blocks it is in.
 * PEER-6. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export const FIND_OVERLAPPING_SIDES: AuditRule = {
  kind: 'peering-blocks-overlap',
  family: 'peering',
  needs: ['Vpcs', 'VpcPeeringConnections'],
  check: ({ snapshot }) =>
    peeringSituations(snapshot)
      .filter(({ peering }) => UNFINISHED.has(peering.status))
      .flatMap(overlappingSides),
};

/** A failed request tells of the overlap itself. */
const UNFINISHED: ReadonlySet<string> = new Set(['initiating-request', 'pending-acceptance', 'provisioning', 'active']);

function overlappingSides({ peering, object, requester, accepter }: PeeringSituation): readonly AuditFinding[] {
  const overlaps = overlapsOf(requester.cidrs, accepter.cidrs);
  if (!isNonEmpty(overlaps)) return [];
  const objects = distinctObjects(object, [...vpcObjects(requester), ...vpcObjects(accepter)]);
  const fault = { kind: 'peering-blocks-overlap', peering, overlaps } as const;
  return [peeringFinding(fault, { severity: 'high', objects, of: [peering.id] })];
}

/**
 * Of two peers with the same addresses a VPC answers the one that its routes lead to, whoever asked.
 * PEER-13. https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html
 */
export const FIND_OVERLAPPING_PEERS: AuditRule = {
  kind: 'peers-overlap',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) => pairsOfPeers(snapshot).flatMap(overlappingPeers),
};

type Pair = readonly [Facing, Facing];

/** Connections of one VPC, each pair once, in the order of their ids. */
function pairsOfPeers(snapshot: Snapshot): readonly Pair[] {
  const byVpc = new Map<string, Facing[]>();
  for (const facing of activePeerings(snapshot).flatMap(bothWays)) {
    const { vpcId } = facing.near.side;
    if (vpcId !== undefined) byVpc.set(vpcId, [...(byVpc.get(vpcId) ?? []), facing]);
  }
  return [...byVpc.values()].flatMap((facings) => {
    const sorted = facings.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    return sorted.flatMap((one, index) => sorted.slice(index + 1).map((other): Pair => [one, other]));
  });
}

function idOf({ situation }: Facing): PeeringConnectionId {
  return situation.peering.id;
}

/** Routes that keep the two apart were made by somebody who knew. */
function overlappingPeers([one, other]: Pair): readonly AuditFinding[] {
  const overlaps = overlapsOf(one.far.cidrs, other.far.cidrs);
  const { vpcId } = one.near.side;
  if (vpcId === undefined || !isNonEmpty(overlaps)) return [];
  const [first, second] = [one, other].map((facing) => routesInto(facing, overlaps));
  const routedBy = [...(first ?? []), ...(second ?? [])].map(({ peeringId }) => peeringId);
  const fault = {
    kind: 'peers-overlap',
    vpcId,
    peerings: [one.situation.peering, other.situation.peering],
    overlaps,
    routedBy: [...new Set(routedBy)],
  } as const;
  const objects = distinctObjects(one.situation.object, [other.situation.object, ...vpcObjects(one.near)]);
  const severity = areKeptApart(first ?? [], second ?? []) ? 'low' : 'medium';
  return [peeringFinding(fault, { severity, objects, of: [vpcId, idOf(one), idOf(other)] })];
}

function routesInto({ near }: Facing, overlaps: readonly BlockPair[]): readonly PeeringRoute[] {
  const shared = overlaps.flat();
  return (near.routing?.routes ?? []).filter(({ blocks = [] }) => blocks.some((block) => overlapsAny(block, shared)));
}

/** Both are routed to, and no address by both ways. */
function areKeptApart(first: readonly PeeringRoute[], second: readonly PeeringRoute[]): boolean {
  const [a, b] = [first, second].map((routes) => routes.flatMap(({ blocks = [] }) => blocks));
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return false;
  return !a.some((block) => b.some((other) => cidrsOverlap(block, other)));
}
