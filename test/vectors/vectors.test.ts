import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { analysePath } from '../../src/engine/path/analyse-path.ts';
import type { Obstacle, PathAnalysis, PathEnd, PathQuestion } from '../../src/engine/path/path.ts';
import { parseAddress } from '../../src/net/address.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import { parseInstanceId, parseNetworkInterfaceId } from '../../src/vpc/ids.ts';
import { readScenarios, type VectorBlocker, type VectorCase, type VectorEnd } from './vector-case.ts';

const FOLDER = process.env['VPC_WHY_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const REQUIRED = process.env['REQUIRE_VECTORS'] === '1';
/** All cases there are but the two that a sound engine may answer otherwise. */
const FEWEST = 189;

const asked = (existsSync(FOLDER) ? readScenarios(FOLDER) : []).flatMap(({ cases, snapshot }) =>
  cases
    .filter(({ ambiguous }) => ambiguous === undefined)
    .map((flow) => [flow.id, flow, analysePath(questionOf(flow), snapshot)] as const),
);
const disagreements: string[] = [];

function questionOf(flow: VectorCase): PathQuestion {
  const { protocol, srcPort, dstPort, icmpType, icmpCode } = flow;
  return {
    from: endOf(flow.from),
    to: endOf(flow.to),
    protocol: parseProtocol(protocol)!,
    ...(srcPort !== undefined && { sourcePort: srcPort }),
    ...(dstPort !== undefined && { destinationPort: dstPort }),
    ...(icmpType !== undefined && { icmp: { type: icmpType, code: icmpCode ?? 0 } }),
  };
}

function endOf({ eni, instance, ip, via }: VectorEnd): PathEnd {
  if (eni !== undefined) return { kind: 'interface', id: parseNetworkInterfaceId(eni)! };
  if (instance !== undefined) return { kind: 'instance', id: parseInstanceId(instance)! };
  return { kind: 'address', address: parseAddress(ip!)!, ...(via !== undefined && { via }) };
}

const FIELDS = ['kind', 'leg', 'id', 'direction', 'ruleNumber', 'reason'] as const;

/** The words of the vectors; where they name no member, any will do. */
function sameObstacle(wanted: VectorBlocker, found: Obstacle | undefined): boolean {
  if (found === undefined) return false;
  const groups =
    wanted.ids !== undefined && [...(found.ids ?? [])].toSorted().join() === [...wanted.ids].toSorted().join();
  return FIELDS.filter((field) => wanted[field] !== undefined && !(field === 'id' && groups)).every(
    (field) => wanted[field] === found[field],
  );
}

function agrees({ expected }: VectorCase, { verdict, obstacles }: PathAnalysis): boolean {
  if (expected.reachable) return verdict === 'reachable';
  return verdict === 'blocked' && sameObstacle(expected.blockedBy!, obstacles[0]);
}

function lineOf({ id, expected }: VectorCase, { verdict, obstacles, gaps }: PathAnalysis): string {
  const found = obstacles.map(({ blocker: _blocker, route: _route, address: _address, ...told }) => told);
  return `${id}: wanted ${JSON.stringify(expected.blockedBy ?? 'reachable')}, found ${verdict} ${JSON.stringify(found)} ${JSON.stringify(gaps)}`;
}

afterAll(() => {
  process.stdout.write(
    `${asked.length} vectors followed, ${disagreements.length} disagreements\n${disagreements.join('\n')}`,
  );
});

it('follows every vector that is not ambiguous', () => {
  expect(asked.length).toBeGreaterThanOrEqual(REQUIRED ? FEWEST : 0);
});

it.each(asked)('%s', (_id, flow, analysis) => {
  const disagreement = agrees(flow, analysis) ? undefined : lineOf(flow, analysis);
  if (disagreement !== undefined) disagreements.push(disagreement);

  expect(disagreement).toBeUndefined();
});
