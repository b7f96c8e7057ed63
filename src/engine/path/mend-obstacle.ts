import { sameAddress, type Address } from '../../net/address.ts';
import { CLIENT_PORTS, type PortRange } from '../../net/port-range.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { Packet } from '../../net/packet.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { isEffectivePublic } from '../address-kind.ts';
import type { PathChange } from '../fix/fix.ts';
import { openGroup, openNetworkAcl, type Proposal } from '../fix/open-filter.ts';
import { remoteOf } from '../remote-of.ts';
import { missingRoutes } from './missing-routes.ts';
import type { PathFixCaution } from './path-fix.ts';
import type { Hop, Obstacle, PathAnalysis } from './path.ts';
import { pathWorld } from './path-world.ts';
import { resolveEnds, type Ends } from './resolve-ends.ts';

/** A path as it stands, and one obstacle on it. */
export interface Blocked {
  readonly analysis: PathAnalysis;
  readonly snapshot: Snapshot;
  readonly obstacle: Obstacle;
}

/** Changes of which any may do, the best first, and what to think of; without a change, why. */
export interface Mending {
  readonly changes: readonly PathChange[];
  readonly cautions: readonly PathFixCaution[];
}

/** Rules, entries and routes that are missing can be added; all else is for a person to decide. */
export function mendObstacle(blocked: Blocked): Mending {
  const { obstacle, analysis, snapshot } = blocked;
  const mend = MENDED[obstacle.kind];
  if (mend === undefined) return refused(stuckAt(obstacle));
  const hop = hopOf(analysis, obstacle);
  if (hop?.packet === undefined) return refused();
  return mend({ ...blocked, hop, packet: hop.packet, ends: resolveEnds(analysis.question, pathWorld(snapshot)) });
}

/** The obstacle, the place where it stands and the packet as it came there. */
interface Met extends Blocked {
  readonly hop: Hop;
  readonly packet: Packet;
  readonly ends: Ends;
}

const MENDED: Partial<Record<Obstacle['kind'], (met: Met) => Mending>> = {
  'security-group': openFilter,
  'network-acl': openFilter,
  route: addRoute,
};

/** The first obstacle always stands on the way that is told; those of other client ports only may not. */
function hopOf({ forward, return: back }: PathAnalysis, obstacle: Obstacle): Hop | undefined {
  const { hops } = obstacle.leg === 'forward' ? forward : back;
  return hops.find(
    ({ outcome }) => outcome.kind === 'blocked' && outcome.obstacles.some((each) => isAt(each, obstacle)),
  );
}

function isAt(one: Obstacle, other: Obstacle): boolean {
  return one.kind === other.kind && one.id === other.id && one.direction === other.direction;
}

function refused(...cautions: readonly PathFixCaution[]): Mending {
  return { changes: [], cautions };
}

function openFilter(met: Met): Mending {
  const { obstacle, packet } = met;
  if (obstacle.direction === undefined) return refused(stuckAt(obstacle));
  const end = endStoodFor(met, remoteOf(obstacle.direction, packet));
  if (end !== undefined) return refused({ kind: 'no-single-address', end });
  const ports = portsFor(met);
  if (ports === undefined && hasPorts(packet.protocol)) return refused({ kind: 'port-not-told' });
  const passing = { direction: obstacle.direction, packet, ...(ports !== undefined && { ports }) };
  const { change, cautions } = obstacle.kind === 'network-acl' ? openAcl(met, passing) : openGroups(met, passing);
  if (change === undefined) return refused(...(cautions.length === 0 ? [stuckAt(obstacle)] : cautions));
  return { changes: [change], cautions: [...cautions, ...publicSource(met)] };
}

function stuckAt(obstacle: Obstacle): PathFixCaution {
  return { kind: 'beyond-rules', obstacle };
}

/** Whose address in the packet is one of many. */
function endStoodFor({ analysis, ends }: Met, remote: Address): 'internet' | 'service' | undefined {
  const { from, to } = analysis.question;
  if (from.kind === 'internet' && sameAddress(remote, ends.source)) return from.kind;
  const isMany = to.kind === 'internet' || to.kind === 'service';
  return isMany && sameAddress(remote, ends.destination) ? to.kind : undefined;
}

/**
 * The service's port; for an answer the client's, which is any where nobody told it or a gateway chose it.
 * NACL-17. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
function portsFor({ analysis: { question }, obstacle, packet, ends }: Met): PortRange | undefined {
  if (!hasPorts(packet.protocol)) return undefined;
  const { destinationPort: port } = packet;
  if (obstacle.leg === 'forward') return port === undefined ? undefined : { from: port, to: port };
  const { sourcePort } = question;
  if (sourcePort === undefined) return CLIENT_PORTS;
  const isOwn = sameAddress(packet.destination, ends.source);
  return isOwn
    ? { from: sourcePort, to: sourcePort }
    : { from: Math.min(sourcePort, CLIENT_PORTS.from), to: CLIENT_PORTS.to };
}

type Passing = Parameters<typeof openGroup>[1];

function openGroups({ snapshot, hop, obstacle: { blocker } }: Met, passing: Passing): Proposal {
  const at = [...snapshot.interfaces.values()].find(({ id }) => id === hop.id);
  if (at === undefined || blocker?.kind !== 'security-group') return { cautions: [] };
  return openGroup({ snapshot, interface: at, nearMisses: blocker.nearMisses }, passing);
}

/** One entry before every one that denies some of the client's ports. */
function openAcl({ snapshot, analysis, obstacle }: Met, passing: Passing): Proposal {
  const { blocker } = obstacle;
  const acl = blocker?.kind === 'network-acl' ? snapshot.networkAcls.get(blocker.id) : undefined;
  if (acl === undefined) return { cautions: [] };
  const alike = analysis.obstacles.filter((each) => each.leg === obstacle.leg && isAt(each, obstacle));
  return openNetworkAcl({ acl, before: Math.min(...alike.flatMap(({ ruleNumber }) => ruleNumber ?? [])) }, passing);
}

function publicSource({ snapshot, obstacle, packet, hop: { vpcId } }: Met): readonly PathFixCaution[] {
  const vpc = [...snapshot.vpcs.values()].find(({ id }) => id === vpcId);
  const isComingIn = obstacle.leg === 'forward' && obstacle.direction === 'ingress';
  return isComingIn && isEffectivePublic(packet.source, snapshot, vpc?.id) ? [{ kind: 'public-source' }] : [];
}

function addRoute({ obstacle, ...met }: Met): Mending {
  if (obstacle.reason !== 'no-route') return refused(stuckAt(obstacle));
  const changes = missingRoutes({ ...met, tableId: obstacle.id });
  return changes.length === 0 ? refused({ kind: 'no-link', obstacle }) : { changes, cautions: [] };
}
