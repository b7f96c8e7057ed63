import { analysePath } from '../path/analyse-path.ts';
import type { Hop, Obstacle, PathAnalysis } from '../path/path.ts';
import { pathWorld } from '../path/path-world.ts';
import type { Blocker } from '../finding.ts';
import type { FlowSituation } from './situation.ts';

/**
 * The way of the packets that left and were not answered, by today's configuration; `undefined` while the routes of the
 * VPC were not read. Worked out when the first row asks.
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
  return analysePath(
    {
      from: { kind: 'interface', id: own.id, address: group.local },
      to: { kind: 'address', address: group.remote },
      protocol: group.protocol,
      ...(sourcePort !== undefined && { sourcePort }),
      ...(flow.destinationPort !== undefined && { destinationPort: flow.destinationPort }),
    },
    snapshot,
  );
}

/** Every obstacle on the way, as a finding names it. */
export function obstaclesOf({ obstacles }: PathAnalysis): readonly Blocker[] {
  return obstacles.map((obstacle) => ({ kind: 'path', obstacle }));
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
