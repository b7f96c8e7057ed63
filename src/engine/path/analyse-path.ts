import { assertNever } from '../../lang/exhaustive.ts';
import { sameAddress } from '../../net/address.ts';
import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { distinctGaps } from '../find-gap.ts';
import { analyseClientPorts, type SourcePorts } from './client-ports.ts';
import { alternativesOf } from './cross-load-balancer.ts';
import { followPacket, type Followed } from './follow-packet.ts';
import type { Arrival, Guide, Journey, Place } from './journey.ts';
import { answerPacket, requestPacket } from './packet-of-question.ts';
import { pathWorld, type PathWorld } from './path-world.ts';
import type { Hop, Obstacle, PathAnalysis, PathQuestion, PathVerdict, Trace } from './path.ts';
import { isNowhere, resolveEnds, type Ends } from './resolve-ends.ts';

/**
 * Follows the request to where it is meant to go and its answer back, hop by hop, past every obstacle that it can be
 * followed past. Whoever asks without a client port hears for which ports it holds.
 * Throws `ExpectedError`: no-such-resource, not-understood.
 */
export function analysePath(question: PathQuestion, snapshot: Snapshot): PathAnalysis {
  const world = pathWorld(snapshot);
  const ends = resolveEnds(question, world);
  return analyseClientPorts(question, world, (ports) => analyseOne({ question, world, ends }, ports));
}

interface Asked {
  readonly question: PathQuestion;
  readonly world: PathWorld;
  readonly ends: Ends;
}

/** A load balancer may choose any of its targets: one to which the way is open is enough. */
function analyseOne(asked: Asked, ports: SourcePorts): PathAnalysis {
  const { question, world, ends } = asked;
  if (isNowhere(question, world, ends)) return fromNowhere(question, ends);
  const first = analyseTo(asked, ports, 0);
  for (let target = 1; first.analysis.verdict === 'blocked' && target < triable(first); target += 1) {
    const next = analyseTo(asked, ports, target);
    if (next.analysis.verdict !== 'blocked') return next.analysis;
  }
  return first.targets > MOST_TARGETS ? upToTargets(first.analysis) : first.analysis;
}

function triable({ targets }: Tried): number {
  return Math.min(targets, MOST_TARGETS);
}

/** The way to a target that was not tried may be open: what stands before the load balancer is all that is certain. */
function upToTargets({ question, forward: { hops } }: PathAnalysis): PathAnalysis {
  const at = hops.findIndex(({ kind }) => kind === 'load-balancer');
  const gap: Gap = { fact: 'path', about: 'more-targets', because: 'not-collected' };
  const hop: Hop = { kind: 'load-balancer', ...hops[at], outcome: { kind: 'unknown', gaps: [gap] } };
  return conclude(question, [...hops.slice(0, at), hop], []);
}

interface Tried {
  readonly analysis: PathAnalysis;
  /** How many there are. */
  readonly targets: number;
}

/** More than one zone and one Auto Scaling group need; each costs a whole analysis. */
const MOST_TARGETS = 20;

function analyseTo(asked: Asked, ports: SourcePorts, target: number): Tried {
  const forward = followForward(asked, ports, target);
  const back = forward.arrival === undefined ? [] : followBack(asked, forward, forward.arrival);
  return {
    analysis: conclude(asked.question, forward.hops, back),
    targets: alternativesOf(forward.journey.crossed),
  };
}

function fromNowhere(question: PathQuestion, { source }: Ends): PathAnalysis {
  const obstacle: Obstacle = { kind: 'source', leg: 'forward', reason: 'no-such-address', address: source };
  return conclude(question, [{ kind: 'address', outcome: { kind: 'blocked', obstacles: [obstacle] } }], []);
}

function followForward({ question, world, ends }: Asked, ports: SourcePorts, target: number): Followed {
  const { goal, origin, start } = ends;
  const isNamed = question.to.kind === 'interface' || question.to.kind === 'instance';
  const guide: Guide = {
    world,
    target,
    natPort: ports.translated,
    ...(goal !== undefined && { goal, isGoalNamed: isNamed }),
  };
  const packet = requestPacket(question, ports.client, ends);
  const followed = followPacket(guide, { leg: 'forward', packet, place: start, crossed: [] });
  const first: readonly Hop[] = origin === undefined ? [] : [standingAt(origin)];
  return { ...followed, hops: [...first, ...followed.hops] };
}

function standingAt({ id, vpcId, subnetId }: NonNullable<Ends['origin']>): Hop {
  const subnet = subnetId === undefined ? {} : { subnetId };
  return { kind: 'interface', id, vpcId, ...subnet, outcome: { kind: 'passed' } };
}

/** A message that is never answered has no way back to be checked. */
function followBack({ world, ends }: Asked, forward: Followed, arrival: Arrival): readonly Hop[] {
  const packet = answerPacket(forward.journey.packet);
  if (packet === undefined) return [];
  const guide: Guide = { world, answering: forward.journey, ...(ends.origin !== undefined && { goal: ends.origin }) };
  const start: Journey = { leg: 'return', packet, place: answeringFrom(arrival), crossed: [] };
  const followed = followPacket(guide, start);
  return cameBack(followed, ends) ? followed.hops : astray(followed);
}

function answeringFrom(arrival: Arrival): Place {
  switch (arrival.kind) {
    case 'interface':
      return { kind: 'leaving', at: arrival.interface };
    case 'internet':
      return { kind: 'from-internet' };
    case 'on-premises':
      return { kind: 'from-premises', gatewayId: arrival.gatewayId };
    case 'service':
      return { kind: 'delivering', vpcId: arrival.vpcId };
    default:
      return assertNever(arrival);
  }
}

/** To the one who asked, from the address that was asked. A packet that was stopped on the way has its obstacle. */
function cameBack({ arrival, journey, hops }: Followed, { origin, destination }: Ends): boolean {
  if (arrival === undefined) return !hops.some(isUnknownAddress);
  const isAsker = arrival.kind === 'interface' ? arrival.interface.id === origin?.id : origin === undefined;
  return isAsker && sameAddress(journey.packet.source, destination);
}

/** An answer for which nobody is there went into the wrong VPC: the one who asked has the address. */
function isUnknownAddress({ outcome }: Hop): boolean {
  return outcome.kind === 'blocked' && outcome.obstacles.some(({ kind }) => kind === 'destination');
}

/**
 * The last table that routed the answer sent it where nobody waits for it: to another VPC with the same block, or out
 * by another gateway.
 * PEER-13. https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html
 */
function astray({ hops }: Followed): readonly Hop[] {
  const index = hops.findLastIndex(({ kind }) => kind === 'route-table');
  const table = hops[index];
  const obstacle: Obstacle = {
    kind: 'route',
    leg: 'return',
    reason: 'asymmetric',
    ...(table?.id !== undefined && { id: table.id }),
  };
  const hop: Hop = { ...(table ?? { kind: 'route-table' }), outcome: { kind: 'blocked', obstacles: [obstacle] } };
  return [...hops.slice(0, Math.max(index, 0)), hop];
}

function conclude(question: PathQuestion, forward: readonly Hop[], back: readonly Hop[]): PathAnalysis {
  const hops = [...forward, ...back];
  const obstacles = hops.flatMap(({ outcome }) => (outcome.kind === 'blocked' ? outcome.obstacles : []));
  const gaps = distinctGaps(hops.flatMap(({ outcome }) => (outcome.kind === 'unknown' ? outcome.gaps : [])));
  return {
    question,
    verdict: verdictOf(obstacles, gaps),
    obstacles,
    forward: traceOf('forward', forward),
    return: traceOf('return', back),
    gaps,
  };
}

function traceOf(leg: Trace['leg'], hops: readonly Hop[]): Trace {
  return { leg, hops };
}

function verdictOf(obstacles: readonly Obstacle[], gaps: readonly Gap[]): PathVerdict {
  if (isNonEmpty(obstacles)) return 'blocked';
  return isNonEmpty(gaps) ? 'undetermined' : 'reachable';
}
