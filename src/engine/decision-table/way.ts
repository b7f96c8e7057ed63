import { analysePath } from '../path/analyse-path.ts';
import type { Hop, HopKind, Leg, Obstacle, PathAnalysis } from '../path/path.ts';
import { pathWorld } from '../path/path-world.ts';
import type { Blocker } from '../finding.ts';
import type { FlowSituation } from './situation.ts';

/**
 * The way of the request and its answer by today's configuration, whoever opened the flow; `undefined` while the routes
 * of the VPC were not read. Worked out when the first row asks.
 */
export function wayOf(situation: FlowSituation): PathAnalysis | undefined {
  if (!WAYS.has(situation)) WAYS.set(situation, follow(situation));
  return WAYS.get(situation);
}

const WAYS = new WeakMap<FlowSituation, PathAnalysis | undefined>();

function follow({ scene, group, flow }: FlowSituation): PathAnalysis | undefined {
  const { snapshot, interface: own } = scene;
  if (!pathWorld(snapshot).isWhole('RouteTables', own.vpcId)) return undefined;
  const [sourcePort] = group.clientPorts.listed;
  const here = { kind: 'interface', id: own.id, address: group.local } as const;
  const there = { kind: 'address', address: group.remote } as const;
  return analysePath(
    {
      ...(flow.direction === 'egress' ? { from: here, to: there } : { from: there, to: here }),
      protocol: group.protocol,
      ...(sourcePort !== undefined && { sourcePort }),
      ...(flow.destinationPort !== undefined && { destinationPort: flow.destinationPort }),
    },
    snapshot,
  );
}

/** The obstacles on the way, or on one leg of it, as a finding names them. */
export function obstaclesOf({ obstacles }: PathAnalysis, leg?: Leg): readonly Blocker[] {
  const met = obstacles.filter((obstacle) => leg === undefined || obstacle.leg === leg);
  return met.map((obstacle) => ({ kind: 'path', obstacle }));
}

/** The first obstacle, and whether the packet had come to a NAT gateway before it. */
export function firstObstacle({ obstacles, forward }: PathAnalysis): FirstObstacle | undefined {
  const [obstacle] = obstacles;
  if (obstacle === undefined) return undefined;
  const nat = forward.hops.findIndex(({ kind }) => kind === 'nat-gateway');
  const at = forward.hops.findIndex((hop) => isBlockedBy(hop, obstacle));
  return { ...obstacle, isAtNat: nat !== -1 && (at === -1 || at >= nat) };
}

interface FirstObstacle extends Obstacle {
  readonly isAtNat: boolean;
}

function isBlockedBy({ outcome }: Hop, obstacle: Obstacle): boolean {
  return outcome.kind === 'blocked' && outcome.obstacles.includes(obstacle);
}

/**
 * Hops behind which packets must be smaller than inside a VPC.
 * RT-55. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html
 */
export function narrows({ forward, return: back }: PathAnalysis): boolean {
  return [...forward.hops, ...back.hops].some(({ kind }) => NARROW.has(kind));
}

const NARROW: ReadonlySet<HopKind> = new Set([
  'internet-gateway',
  'egress-only-internet-gateway',
  'nat-gateway',
  'peering',
  'transit-gateway',
  'vpn-gateway',
  'vpc-endpoint',
]);
