import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { readScenarios, type Scenario, type VectorBlocker, type VectorCase } from './vector-case.ts';
import { walk, type Walk } from './walk.ts';

const FOLDER = process.env['VPC_WHY_VECTORS'] ?? fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const REQUIRED = process.env['REQUIRE_VECTORS'] === '1';
/** Fewer would mean that the rule below leaves out what it should not. */
const FEWEST = 150;

interface Comparison {
  readonly flow: VectorCase;
  readonly walked: Walk;
  /** Why this case is not for groups and ACLs alone; `undefined` when it is. */
  readonly leftOut: string | undefined;
}

function compare(scenario: Scenario): readonly Comparison[] {
  return scenario.cases.map((flow) => {
    const walked = walk(scenario, flow);
    return { flow, walked, leftOut: reasonToLeaveOut(flow, walked) };
  });
}

function reasonToLeaveOut({ ambiguous, assumes = [], expected }: VectorCase, walked: Walk): string | undefined {
  if (ambiguous !== undefined) return 'ambiguous';
  if (assumes.includes('network-acls-not-collected')) return 'the ACLs were not collected';
  const kind = expected.blockedBy?.kind;
  if (kind !== undefined && kind !== 'security-group' && kind !== 'network-acl') return `blocked by a ${kind}`;
  return walked.kind === 'not-walked' ? walked.because : undefined;
}

/** The vector names one group where the interface has one, and all of them where it has several. */
function wanted(blocker: VectorBlocker | undefined): object | undefined {
  if (blocker === undefined) return undefined;
  const { kind, id, ids, direction, leg, ruleNumber } = blocker;
  if (kind === 'network-acl') return { kind, id, direction, leg, ruleNumber };
  return { kind, ids: (ids ?? [id!]).toSorted((a, b) => a.localeCompare(b)), direction, leg };
}

const comparisons = existsSync(FOLDER) ? readScenarios(FOLDER).flatMap(compare) : [];
const used = comparisons.filter(({ leftOut }) => leftOut === undefined);
const summary =
  comparisons.length === 0
    ? `no vectors in ${FOLDER}: nothing to compare`
    : `${used.length} of ${comparisons.length} vectors are for groups and ACLs to decide`;

afterAll(() => {
  const counts = new Map<string, number>();
  for (const { leftOut } of comparisons) {
    if (leftOut !== undefined) counts.set(leftOut, (counts.get(leftOut) ?? 0) + 1);
  }
  const rest = [...counts].map(([reason, count]) => `  left out: ${count} ${reason}\n`).join('');
  process.stdout.write(`${summary}\n${rest}`);
});

it(`vectors: ${summary}`, () => {
  expect(used.length).toBeGreaterThanOrEqual(REQUIRED ? FEWEST : 0);
});

it.each(used.map(({ flow, walked }) => [flow.id, flow, walked] as const))('%s', (...[, flow, walked]) => {
  expect(walked).toEqual({ kind: 'walked', obstacle: wanted(flow.expected.blockedBy), undetermined: [] });
});
