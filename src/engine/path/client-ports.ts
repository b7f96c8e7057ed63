import { CLIENT_PORTS, type PortRange } from '../../net/port-range.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { Gap } from '../../vpc/gap.ts';
import { distinctGaps } from '../find-gap.ts';
import type { Obstacle, PathAnalysis, PathQuestion } from './path.ts';
import type { PathWorld } from './path-world.ts';

/** The ports that a request goes out from. */
export interface SourcePorts {
  /** Absent where the protocol has none. */
  readonly client?: number;
  /** What a NAT gateway on the way puts in its place. */
  readonly translated: number;
}

/**
 * Who asks seldom knows the client's port, and ACLs may let some ports pass and others not: every part of the range that
 * an ACL on the way tells apart is followed by itself.
 * NACL-17, NACL-18. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
export function analyseClientPorts(
  { protocol, sourcePort }: PathQuestion,
  world: PathWorld,
  analyseOne: (ports: SourcePorts) => PathAnalysis,
): PathAnalysis {
  if (!hasPorts(protocol)) return analyseOne({ translated: CLIENT_PORTS.from });
  const analyseFrom: AnalyseFrom = (client) =>
    analyseTranslatedPorts(world, (translated) => analyseOne({ client, translated }));
  if (sourcePort !== undefined) return analyseFrom(sourcePort);
  return analyseParts(analyseFrom(CLIENT_PORTS.from), world, analyseFrom);
}

type AnalyseFrom = (port: number) => PathAnalysis;

/**
 * A NAT gateway sends from a port of its own choice, and nobody knows beforehand from which.
 * NACL-17, NACL-24, RT-23. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function analyseTranslatedPorts(world: PathWorld, analyseFrom: AnalyseFrom): PathAnalysis {
  const sample = analyseFrom(CLIENT_PORTS.from);
  const isTranslated = sample.forward.hops.some(
    ({ kind, outcome }) => kind === 'nat-gateway' && outcome.kind === 'passed',
  );
  return isTranslated ? analyseParts(sample, world, analyseFrom) : sample;
}

function analyseParts(sample: PathAnalysis, world: PathWorld, analyseFrom: AnalyseFrom): PathAnalysis {
  const parts = splitAtEntries(sample, world).map((ports) => ({ ports, analysis: analyseFrom(ports.from) }));
  return parts.length === 1 ? sample : join(sample, parts);
}

interface Part {
  readonly ports: PortRange;
  readonly analysis: PathAnalysis;
}

function splitAtEntries({ forward, return: back }: PathAnalysis, { snapshot }: PathWorld): readonly PortRange[] {
  const met = new Set([...forward.hops, ...back.hops].flatMap(({ kind, id }) => (kind === 'network-acl' ? [id] : [])));
  const entries = [...snapshot.networkAcls.values()].filter(({ id }) => met.has(id)).flatMap((acl) => acl.entries);
  const starts = entries.flatMap(({ ports }) => (ports === undefined ? [] : [ports.from, ports.to + 1]));
  const inside = starts.filter((start) => start > CLIENT_PORTS.from && start <= CLIENT_PORTS.to);
  const sorted = [...new Set([CLIENT_PORTS.from, ...inside])].toSorted((a, b) => a - b);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? CLIENT_PORTS.to + 1) - 1 }));
}

function join(sample: PathAnalysis, parts: readonly Part[]): PathAnalysis {
  const analyses = parts.map(({ analysis }) => analysis);
  const telling = analyses.find(({ verdict }) => verdict === 'blocked') ?? sample;
  const isOne = new Set(analyses.map(({ verdict }) => verdict)).size === 1;
  const unknownPort: readonly Gap[] = isOne ? [] : [{ fact: 'client-port', because: 'not-found' }];
  return {
    ...telling,
    verdict: isOne ? sample.verdict : 'undetermined',
    obstacles: joinObstacles(parts),
    gaps: distinctGaps([...analyses.flatMap(({ gaps }) => gaps), ...unknownPort]),
  };
}

/** Each obstacle once for each unbroken run of ports; without ports where it holds for all of them. */
function joinObstacles(parts: readonly Part[]): readonly Obstacle[] {
  const runs = new Map<string, Run[]>();
  for (const { ports, analysis } of parts) {
    for (const obstacle of analysis.obstacles) addTo(runs, obstacle, ports);
  }
  return [...runs.values()].flat().map(withPorts);
}

interface Run {
  readonly obstacle: Obstacle;
  readonly ports: PortRange;
}

function addTo(runs: Map<string, Run[]>, obstacle: Obstacle, ports: PortRange): void {
  const { kind, leg, id, direction, ruleNumber, reason } = obstacle;
  const key = JSON.stringify([kind, leg, id, direction, ruleNumber, reason]);
  const known = runs.get(key) ?? [];
  const last = known.at(-1);
  const follows = last !== undefined && last.ports.to + 1 === ports.from;
  const run = follows ? { obstacle, ports: { from: last.ports.from, to: ports.to } } : { obstacle, ports };
  runs.set(key, follows ? [...known.slice(0, -1), run] : [...known, run]);
}

function withPorts({ obstacle, ports }: Run): Obstacle {
  return isAll(ports) ? obstacle : { ...obstacle, clientPorts: ports };
}

function isAll({ from, to }: PortRange): boolean {
  return from === CLIENT_PORTS.from && to === CLIENT_PORTS.to;
}
