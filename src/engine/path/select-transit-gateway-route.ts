import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import type { Address } from '../../net/address.ts';
import { cidrContains, type Cidr } from '../../net/cidr.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { TransitGatewayAttachmentId, TransitGatewayRouteTableId } from '../../vpc/ids.ts';
import type {
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
} from '../../vpc/transit-gateway.ts';
import { findGap } from '../find-gap.ts';
import type { PathWorld } from './path-world.ts';

export type TransitGatewaySelection =
  | { readonly kind: 'attachment'; readonly attachment: TransitGatewayAttachment }
  | { readonly kind: 'no-route' }
  | { readonly kind: 'blackhole' }
  | { readonly kind: 'undetermined'; readonly gaps: NonEmpty<Gap> };

/**
 * The longest prefix wins; of equal ones a static route comes before a propagated one. A blackhole drops.
 * RT-43..RT-45. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function selectTransitGatewayRoute(
  world: PathWorld,
  tableId: TransitGatewayRouteTableId,
  destination: Address,
): TransitGatewaySelection {
  const { snapshot } = world;
  const table = snapshot.transitGatewayRouteTables.get(tableId);
  if (table?.routes === undefined) {
    return { kind: 'undetermined', gaps: [findGap(snapshot, 'transit-gateway', tableId)] };
  }
  const candidates = [...statedRoutes(world, table), ...propagatedBlocks(world, table)].filter(({ cidr }) =>
    cidrContains(cidr, destination),
  );
  const best = candidates.toSorted(byPreference)[0];
  if (best === undefined) return { kind: 'no-route' };
  if (best.isBlackhole) return { kind: 'blackhole' };
  return attachmentOf(world, best);
}

interface Candidate {
  readonly cidr: Cidr;
  readonly isStatic: boolean;
  readonly isBlackhole: boolean;
  readonly attachmentIds: readonly TransitGatewayAttachmentId[];
}

function byPreference(a: Candidate, b: Candidate): number {
  return b.cidr.prefixLength - a.cidr.prefixLength || Number(b.isStatic) - Number(a.isStatic);
}

const USABLE: ReadonlySet<string> = new Set(['active', 'blackhole']);

function statedRoutes({ snapshot }: PathWorld, { routes = [] }: TransitGatewayRouteTable): readonly Candidate[] {
  const blocks = ({ destination }: TransitGatewayRoute): readonly Cidr[] =>
    destination.kind === 'cidr' ? [destination.cidr] : (snapshot.prefixLists.get(destination.id)?.cidrs ?? []);
  return routes
    .filter(({ state }) => USABLE.has(state))
    .flatMap((route) =>
      blocks(route).map((cidr) => ({
        cidr,
        isStatic: route.type === 'static',
        isBlackhole: route.state === 'blackhole',
        attachmentIds: route.attachmentIds,
      })),
    );
}

/** Where propagated routes were not listed, a VPC that propagates announces its own blocks (RT-43). */
function propagatedBlocks(
  { snapshot }: PathWorld,
  { propagations = [], routes = [] }: TransitGatewayRouteTable,
): readonly Candidate[] {
  if (routes.some(({ type }) => type === 'propagated')) return [];
  return propagations.flatMap((id) => {
    const resource = snapshot.transitGatewayAttachments.get(id)?.resourceId;
    const vpc = [...snapshot.vpcs.values()].find((each) => each.id === resource);
    return (vpc?.cidrs ?? []).map((cidr) => ({ cidr, isStatic: false, isBlackhole: false, attachmentIds: [id] }));
  });
}

/** Equal-cost paths may leave by any of several attachments: then nobody can tell which. */
function attachmentOf({ snapshot }: PathWorld, { attachmentIds }: Candidate): TransitGatewaySelection {
  const [only, ...more] = attachmentIds.map((id) => snapshot.transitGatewayAttachments.get(id));
  if (only !== undefined && more.length === 0) return { kind: 'attachment', attachment: only };
  const gaps = attachmentIds.map((id) => findGap(snapshot, 'transit-gateway', id));
  return isNonEmpty(gaps) ? { kind: 'undetermined', gaps } : { kind: 'blackhole' };
}
