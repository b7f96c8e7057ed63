import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyFix } from '../../../../src/engine/fix/apply-fix.ts';
import type { PathChange } from '../../../../src/engine/fix/fix.ts';
import { analysePath } from '../../../../src/engine/path/analyse-path.ts';
import { fixPath } from '../../../../src/engine/path/fix-path.ts';
import type { AlsoOpens, PathFix } from '../../../../src/engine/path/path-fix.ts';
import type { Hop, PathAnalysis, PathQuestion } from '../../../../src/engine/path/path.ts';
import { remoteOf } from '../../../../src/engine/remote-of.ts';
import { assertNever } from '../../../../src/lang/exhaustive.ts';
import { cidrContains } from '../../../../src/net/cidr.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import { rangeContains } from '../../../../src/net/port-range.ts';
import { parseSnapshot } from '../../../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../../../src/vpc/raw-snapshot.ts';
import type { Snapshot } from '../../../../src/vpc/snapshot.ts';
import type { RawPathNetwork } from '../naive/naive-path-network.ts';
import { flows, networks, type FlowPlan, type NetworkPlan } from './arbitrary-network.ts';
import { chooseFlow } from './choose-flow.ts';
import { questionOf } from './question-of-flow.ts';
import { rawNetwork } from './raw-network.ts';

/** `PATH_FIXES` makes the run longer, `PATH_SEED` another one. */
const NETWORKS = Number(process.env['PATH_FIXES'] ?? 12);
const SEED = Number(process.env['PATH_SEED'] ?? 20_261_123);
const FLOWS_EACH = 1_000;
const FIXES_EACH = 5;
/** A thousand flows take for ever to shrink. */
const RUNS = { numRuns: NETWORKS, seed: SEED, endOnFailure: true };
const CHANGED = 'changed verdict';
const KINDS = ['add-security-group-rule', 'add-network-acl-entry', 'add-route', CHANGED];
const TIMEOUT = { timeout: 30_000 + NETWORKS * 2_000 };

it('leads the path through, and changes no other verdict but as it says', TIMEOUT, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(cases(FLOWS_EACH), (network) => {
      const { snapshot, questions } = readCase(network);
      const before = analyseAll(questions, snapshot);
      for (const { question, fix } of fixesOf(before, snapshot)) {
        const mended = applyFix(snapshot, fix.changes);
        const after = analyseAll(questions, mended);
        const changed = after.filter(({ verdict }, n) => verdict !== before[n]!.verdict);
        countInto(seen, [...fix.changes.map(({ kind }) => kind), ...changed.map(() => CHANGED)]);

        expect(analysePath(question, mended).verdict).toBe('reachable');
        expect(after.filter((each, n) => isLost(before[n]!, each))).toEqual([]);
        expect(changed.filter((each) => !isListed(each, fix))).toEqual([]);
      }
    }),
    RUNS,
  );

  expect(KINDS.filter((kind) => (seen.get(kind) ?? 0) < NETWORKS / 4)).toEqual([]);
});

it('holds no change that the path could do without', TIMEOUT, () => {
  fc.assert(
    fc.property(cases(FLOWS_EACH / 10), (network) => {
      const { snapshot, questions } = readCase(network);
      for (const { question, fix } of fixesOf(analyseAll(questions, snapshot), snapshot)) {
        const idle = fix.changes.filter((change) => {
          const others = fix.changes.filter((other) => other !== change);
          return analysePath(question, applyFix(snapshot, others)).verdict === 'reachable';
        });

        expect(idle).toEqual([]);
      }
    }),
    RUNS,
  );
});

interface Case {
  readonly plan: NetworkPlan;
  readonly flowPlans: readonly FlowPlan[];
}

function cases(length: number): fc.Arbitrary<Case> {
  const many = fc.array(flows(), { minLength: length, maxLength: length });
  return fc.record({ plan: networks(), flowPlans: many });
}

interface ReadCase {
  readonly snapshot: Snapshot;
  readonly questions: readonly PathQuestion[];
}

function readCase({ plan, flowPlans }: Case): ReadCase {
  const network = rawNetwork(plan) as unknown as RawPathNetwork;
  return {
    snapshot: parseSnapshot([network as unknown as RawSnapshot]),
    questions: flowPlans.map((flowPlan) => questionOf(chooseFlow(network, plan, flowPlan))),
  };
}

function analyseAll(questions: readonly PathQuestion[], snapshot: Snapshot): readonly PathAnalysis[] {
  return questions.map((question) => analysePath(question, snapshot));
}

interface Fixed {
  readonly question: PathQuestion;
  readonly fix: PathFix;
}

/** Of the first flows that can be mended; every other one is asked without a client port. */
function fixesOf(analyses: readonly PathAnalysis[], snapshot: Snapshot): readonly Fixed[] {
  const fixes: Fixed[] = [];
  for (const analysis of analyses) {
    if (fixes.length === FIXES_EACH) break;
    const question = fixes.length % 2 === 0 ? analysis.question : withoutClientPort(analysis.question);
    const fix = fixPath(analysePath(question, snapshot), snapshot);
    if (fix !== undefined && fix.changes.length > 0) fixes.push({ question, fix });
  }
  return fixes;
}

function withoutClientPort({ from, to, protocol, destinationPort, icmp }: PathQuestion): PathQuestion {
  return { from, to, protocol, ...(destinationPort !== undefined && { destinationPort }), ...(icmp && { icmp }) };
}

function isLost(before: PathAnalysis, after: PathAnalysis): boolean {
  return before.verdict === 'reachable' && after.verdict !== 'reachable';
}

/** Somewhere on its way the flow is part of what the fix says that it also opens. */
function isListed({ forward, return: back }: PathAnalysis, { alsoOpens }: PathFix): boolean {
  return [...forward.hops, ...back.hops].some((hop) => alsoOpens.some((opened) => opens(opened, hop)));
}

function opens({ change, ids }: AlsoOpens, { kind, id, subnetId, direction, packet }: Hop): boolean {
  if (packet === undefined) return false;
  const has = (place: string | undefined): boolean => ids.some((each) => each === place);
  switch (change.kind) {
    case 'add-security-group-rule':
      return kind === 'security-group' && has(id) && direction === change.direction && covers(change, packet);
    case 'add-network-acl-entry':
      return id === change.aclId && has(subnetId) && direction === change.direction && covers(change, packet);
    case 'add-route':
      return id === change.tableId && has(subnetId) && cidrContains(change.cidr, packet.destination);
    default:
      return assertNever(change);
  }
}

function covers(change: Exclude<PathChange, { readonly kind: 'add-route' }>, packet: Packet): boolean {
  const { protocol, cidr, ports, direction } = change;
  const isPort = ports === undefined || rangeContains(ports, packet.destinationPort ?? -1);
  return packet.protocol === protocol && isPort && cidrContains(cidr, remoteOf(direction, packet));
}

function countInto(seen: Map<string, number>, words: readonly string[]): void {
  for (const word of words) seen.set(word, (seen.get(word) ?? 0) + 1);
}
