import { isNonEmpty } from '../../lang/non-empty.ts';
import { cidrCovers, isAnywhere, type Cidr } from '../../net/cidr.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import type { StandingTable } from '../tables-in-use.ts';
import { overlapsAny } from './block-pairs.ts';
import { strandedBlocks } from './find-one-sided-routes.ts';
import { distinctObjects, peeringFinding, tableObject, vpcObjects } from './peering-finding.ts';
import { activePeerings, blocksOf, bothWays, type Facing } from './peering-situation.ts';

/**
 * A block that was added to the peer VPC later needs a route of its own.
 * PEER-11, PEER-20. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export const FIND_BLOCKS_NOT_ROUTED: AuditRule = {
  kind: 'peering-block-not-routed',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'VpcPeeringConnections'],
  check: ({ snapshot }) =>
    activePeerings(snapshot)
      .flatMap(bothWays)
      .flatMap((facing) => blocksNotRouted(facing, snapshot)),
};

function blocksNotRouted(facing: Facing, snapshot: Snapshot): readonly AuditFinding[] {
  const { situation, near, far } = facing;
  const routes = near.routing?.routes ?? [];
  const tables = [...new Map(routes.map(({ table }) => [table.id, table])).values()];
  const tableIds = tables.map(({ id }) => id);
  const blocks = missingBlocks(facing, snapshot);
  if (!isNonEmpty(tableIds) || !isNonEmpty(blocks)) return [];
  const { peering } = situation;
  const fault = {
    kind: 'peering-block-not-routed',
    peering,
    side: near.side,
    far: far.side,
    blocks,
    tables: tableIds,
  } as const;
  const objects = distinctObjects(situation.object, [
    ...vpcObjects(near),
    ...tables.map((table) => tableObject(table, snapshot)),
  ]);
  return [peeringFinding(fault, { severity: 'medium', objects, of: [peering.id, near.side.vpcId ?? ''] })];
}

/** What senders on the far side miss is told as a route on one side only. */
function missingBlocks(facing: Facing, snapshot: Snapshot): readonly Cidr[] {
  const { near, far } = facing;
  const { routes, tables } = near.routing ?? { routes: [], tables: [] };
  if (routes.some(({ blocks }) => blocks === undefined)) return [];
  const routed = routes.flatMap(({ blocks = [] }) => blocks);
  const told = strandedBlocks({ ...facing, near: far, far: near }).map(({ block }) => block);
  return far.cidrs.filter(
    (block) =>
      near.cidrs.some(({ family }) => family === block.family) &&
      !overlapsAny(block, routed) &&
      !overlapsAny(block, told) &&
      !isRoutedElsewhere(block, tables, snapshot),
  );
}

function isRoutedElsewhere(block: Cidr, tables: readonly StandingTable[], snapshot: Snapshot): boolean {
  return tables.some(({ table }) =>
    table.routes.some(
      (route) =>
        route.target.kind !== 'peering' &&
        (blocksOf(route, snapshot) ?? []).some((cidr) => !isAnywhere(cidr) && cidrCovers(cidr, block)),
    ),
  );
}
