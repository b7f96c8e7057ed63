import { freeRuleNumber } from '../../engine/fix/free-rule-number.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import { cidrCovers, cidrsOverlap, formatCidr, type Cidr } from '../../net/cidr.ts';
import type { Direction } from '../../net/direction.ts';
import { CLIENT_PORTS, intersectRanges, type PortRange } from '../../net/port-range.ts';
import type { SubnetId } from '../../vpc/ids.ts';
import type { NetworkAcl } from '../../vpc/network-acl.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import { aclTables, decidingEntry, openPorts } from './open-ports.ts';
import type { StopKind } from './peering-fault.ts';
import { distinctObjects, peeringFinding, vpcObjects } from './peering-finding.ts';
import { activePeerings, bothWays, type Facing, type PeeringRoute } from './peering-situation.ts';

/**
 * ACLs keep no state: where a subnet is routed to a peer, they must let answers through to the ports that clients use.
 * NACL-17, NACL-18. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
export const FIND_STOPPED_ANSWERS: AuditRule = {
  kind: 'peering-acl-stops-answers',
  family: 'peering',
  needs: ['Vpcs', 'Subnets', 'RouteTables', 'NetworkAcls', 'VpcPeeringConnections'],
  check: ({ snapshot }) => {
    const acls = aclsBySubnet(snapshot);
    return activePeerings(snapshot)
      .flatMap(bothWays)
      .flatMap((facing) => stoppedAnswers(facing, acls));
  },
};

type AclsBySubnet = ReadonlyMap<SubnetId, NetworkAcl>;

/** AWS lists every association, the one with the default ACL too (NACL-6, NACL-7). */
function aclsBySubnet({ networkAcls }: Snapshot): AclsBySubnet {
  return new Map([...networkAcls.values()].flatMap((acl) => acl.subnetIds.map((id) => [id, acl] as const)));
}

/** An ACL on the way, the subnets it guards and the peer's addresses that they are routed to. */
interface Guard {
  readonly acl: NetworkAcl;
  readonly subnets: NonEmpty<SubnetId>;
  readonly blocks: readonly Cidr[];
}

function stoppedAnswers(facing: Facing, acls: AclsBySubnet): readonly AuditFinding[] {
  const { situation, near } = facing;
  const { peering } = situation;
  const [vpc] = vpcObjects(near);
  return guardsOf(facing, acls).flatMap(({ acl, subnets, blocks }) =>
    stopsOf(acl, blocks).map(({ stops, direction, blocks: stopped, isSure }) => {
      const entry = decidingEntry(aclTables(acl), direction, stopped[0]);
      const free = stops === 'everything' ? undefined : freeRuleNumber(acl, direction, entry.ruleNumber);
      const fault = {
        kind: 'peering-acl-stops-answers',
        peering,
        side: near.side,
        aclId: acl.id,
        subnets,
        stops,
        blocks: stopped,
        entry,
        ...(free !== undefined && { freeRuleNumber: free }),
      } as const;
      const own = { ...vpc, id: acl.id };
      const objects = distinctObjects(acl.name === undefined ? own : { ...own, name: acl.name }, [situation.object]);
      return peeringFinding(fault, { severity: isSure ? 'high' : 'medium', objects, of: [peering.id, acl.id, stops] });
    }),
  );
}

function guardsOf({ near, far }: Facing, acls: AclsBySubnet): readonly Guard[] {
  const guards = new Map<NetworkAcl, { readonly subnets: Set<SubnetId>; readonly blocks: Map<string, Cidr> }>();
  for (const route of near.routing?.routes ?? []) {
    for (const { id } of route.subnets) {
      const acl = acls.get(id);
      if (acl === undefined) continue;
      const guard = guards.get(acl) ?? { subnets: new Set(), blocks: new Map() };
      guards.set(acl, guard);
      guard.subnets.add(id);
      for (const block of reachedBlocks(route, far.cidrs)) guard.blocks.set(formatCidr(block), block);
    }
  }
  return [...guards].flatMap(([acl, { subnets, blocks }]) => {
    const ids = [...subnets];
    return isNonEmpty(ids) ? [{ acl, subnets: ids, blocks: [...blocks.values()] }] : [];
  });
}

/** The narrower of what is routed and what is there. */
function reachedBlocks({ blocks = [] }: PeeringRoute, there: readonly Cidr[]): readonly Cidr[] {
  return blocks.flatMap((block) =>
    there.filter((cidr) => cidrsOverlap(cidr, block)).map((cidr) => (cidrCovers(block, cidr) ? cidr : block)),
  );
}

interface Stop {
  readonly stops: StopKind;
  /** Whose entry stops it. */
  readonly direction: Direction;
  /** Whether nothing in the subnets can be meant to work so. */
  readonly isSure: boolean;
}

function stopsOf(acl: NetworkAcl, blocks: readonly Cidr[]): readonly (Stop & { readonly blocks: NonEmpty<Cidr> })[] {
  const tables = aclTables(acl);
  const stops = new Map<StopKind, Stop & { readonly blocks: NonEmpty<Cidr> }>();
  for (const block of blocks) {
    const stop = stopFor(openPorts(tables, 'ingress', block), openPorts(tables, 'egress', block));
    if (stop === undefined) continue;
    const others = stops.get(stop.stops)?.blocks;
    stops.set(stop.stops, { ...stop, blocks: others === undefined ? [block] : [...others, block] });
  }
  return [...stops.values()];
}

/** A subnet of clients needs no way in but for answers, and one of servers none out: neither is at fault. */
function stopFor(inbound: readonly PortRange[], outbound: readonly PortRange[]): Stop | undefined {
  if (inbound.length === 0) return { stops: 'everything', direction: 'ingress', isSure: true };
  if (servesAnything(inbound) && !touches(outbound, CLIENT_PORTS)) {
    return { stops: 'answers-to-peer', direction: 'egress', isSure: true };
  }
  if (outbound.length === 0) return { stops: 'everything', direction: 'egress', isSure: true };
  if (!touches(inbound, CLIENT_PORTS) && touches(outbound, WELL_KNOWN_PORTS)) {
    return { stops: 'answers-from-peer', direction: 'ingress', isSure: false };
  }
  return undefined;
}

const WELL_KNOWN_PORTS: PortRange = { from: 0, to: 1023 };
/** Linux's own; who opens all of them means answers (NACL-17). */
const USUAL_CLIENT_PORTS: PortRange = { from: 32_768, to: 60_999 };

function servesAnything(open: readonly PortRange[]): boolean {
  return touches(open, WELL_KNOWN_PORTS) || !open.some((range) => covers(range, USUAL_CLIENT_PORTS));
}

function touches(open: readonly PortRange[], range: PortRange): boolean {
  return open.some((each) => intersectRanges(each, range) !== undefined);
}

function covers(outer: PortRange, inner: PortRange): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}
