import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analysePath } from '../../../../src/engine/path/analyse-path.ts';
import type { Obstacle, PathAnalysis, PathEnd } from '../../../../src/engine/path/path.ts';
import { parsePrefixListId } from '../../../../src/vpc/ids.ts';
import { parseSnapshot } from '../../../../src/vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../../../../src/vpc/raw-snapshot.ts';
import { isIn } from '../naive/naive-addresses.ts';
import { inOrder } from '../naive/naive-evaluator.ts';
import type { NaiveFlow, NaiveObstacle, RawPathNetwork, RawRoute, RawTable } from '../naive/naive-path-network.ts';
import { blocksOfRoute, naivePath, type NaiveVerdict } from '../naive/naive-path.ts';
import { flows, networks, rules, type FlowPlan, type NetworkPlan } from './arbitrary-network.ts';
import { chooseFlow } from './choose-flow.ts';
import { questionOf } from './question-of-flow.ts';
import { rawRule } from './raw-filters.ts';
import { rawNetwork } from './raw-network.ts';

/** `PATH_NETWORKS` makes the run longer or shorter, `PATH_SEED` another one. */
const USUAL = 2_000;
const NETWORKS = Number(process.env['PATH_NETWORKS'] ?? USUAL);
/** A shorter run says only whether a law holds: too few flows for the shares, and nobody reads the counterexample. */
const IS_SHORT = NETWORKS < USUAL;
const SEED = Number(process.env['PATH_SEED'] ?? 20_261_123);
const FLOWS_EACH = 10;
const LAWS = { numRuns: NETWORKS / 10, seed: SEED, endOnFailure: IS_SHORT };
const TIMEOUT = { timeout: 30_000 + NETWORKS * 100 };

it('agrees with the naive evaluator on every verdict and the first obstacle', TIMEOUT, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(cases(), (each) => {
      const { network, asked } = readCase(each);
      const disagreements = asked(network).flatMap(({ flow, analysis }) => {
        const engine = inWords(analysis);
        const naive = naivePath(network, flow);
        count(seen, naive);
        return isDeepStrictEqual(engine, naive) ? [] : [{ flow, engine, naive }];
      });

      expect(disagreements).toEqual([]);
    }),
    { ...LAWS, numRuns: NETWORKS },
  );

  expect(IS_SHORT ? [] : rareVerdicts(seen)).toEqual([]);
});

it('reaches all that it reached when a security group gets one more rule', TIMEOUT, () => {
  fc.assert(
    fc.property(cases(), fc.record({ n: fc.nat(), isEgress: fc.boolean(), rule: rules() }), (each, more) => {
      const { network, asked } = readCase(each);
      const added = rawRule(each.plan, more);
      const wider = { ...network, SecurityGroupRules: [...network.SecurityGroupRules, ...added] };

      expect(lost({ before: asked(network), after: asked(wider) })).toEqual([]);
    }),
    LAWS,
  );
});

it('reaches nothing new when a route goes that no other route, as short or shorter, stands behind', TIMEOUT, () => {
  fc.assert(
    fc.property(cases(), fc.nat(), (each, n) => {
      const { network, asked } = readCase(each);
      const removable = network.RouteTables.flatMap((table) => routesWithNothingBehind(network, table));
      fc.pre(removable.length > 0);
      const gone = removable[n % removable.length];
      const tables = network.RouteTables.map((table) => ({
        ...table,
        Routes: table.Routes.filter((route) => route !== gone),
      }));

      expect(lost({ before: asked({ ...network, RouteTables: tables }), after: asked(network) })).toEqual([]);
    }),
    LAWS,
  );
});

it('decides the same in whatever order AWS lists rules, entries, routes and all else', TIMEOUT, () => {
  fc.assert(
    fc.property(cases(), (each) => {
      const { network, asked } = readCase(each);

      expect(asked(reversed(network)).map(allInWords)).toEqual(asked(network).map(allInWords));
    }),
    LAWS,
  );
});

it('is left open at most, never turned, by facts that the snapshot lacks', TIMEOUT, () => {
  fc.assert(
    fc.property(cases(), fc.subarray([...MEMBERS], { minLength: 1 }), (each, lacking) => {
      const { network, asked } = readCase(each);
      const left = asked(without(network, lacking));
      const turned = asked(network).filter(({ analysis: { verdict } }, n) => {
        const withLess = left[n]!.analysis.verdict;
        return withLess !== verdict && withLess !== 'undetermined';
      });

      expect(turned).toEqual([]);
    }),
    LAWS,
  );
});

it('answers questions that leave ports and ends open, without throwing', TIMEOUT, () => {
  const service = parsePrefixListId('pl-00000053')!;
  const ends = fc.constantFrom<PathEnd>({ kind: 'internet' }, { kind: 'service', prefixListId: service });
  fc.assert(
    fc.property(cases(), fc.option(ends), (each, end) => {
      const { network, flowsHere } = readCase(each);
      const snapshot = parseSnapshot([network as unknown as RawSnapshot]);
      const verdicts = flowsHere.map((flow) => {
        const { from, to, protocol } = questionOf(flow);
        return analysePath({ from, to: end ?? to, protocol }, snapshot).verdict;
      });

      expect(VERDICTS).toEqual(expect.arrayContaining(verdicts));
    }),
    LAWS,
  );
});

const VERDICTS = ['reachable', 'blocked', 'undetermined'];

/**
 * What a snapshot may lack. Without `InternetGateways` an active route to one is taken to lead to an attached one, as
 * AWS would otherwise call it a blackhole (RT-10): that may turn a verdict, and is the only thing that may.
 */
const MEMBERS = [
  'Vpcs',
  'Subnets',
  'SecurityGroups',
  'NetworkAcls',
  'RouteTables',
  'NatGateways',
  'VpcPeeringConnections',
  'VpcEndpoints',
  'VpnGateways',
  'VpnConnections',
  'PrefixLists',
] as const;

/** Rules come with their groups (SG-38). */
function without(network: RawPathNetwork, members: readonly string[]): RawPathNetwork {
  const gone = new Set(members.includes('SecurityGroups') ? [...members, 'SecurityGroupRules'] : members);
  const left = Object.entries(network).filter(([member]) => !gone.has(member));
  return Object.fromEntries(left) as unknown as RawPathNetwork;
}

interface Case {
  readonly plan: NetworkPlan;
  readonly flowPlans: readonly FlowPlan[];
}

function cases(): fc.Arbitrary<Case> {
  const some = fc.array(flows(), { minLength: FLOWS_EACH, maxLength: FLOWS_EACH });
  return fc.record({ plan: networks(), flowPlans: some });
}

interface Answer {
  readonly flow: NaiveFlow;
  readonly analysis: PathAnalysis;
}

interface ReadCase {
  readonly network: RawPathNetwork;
  readonly flowsHere: readonly NaiveFlow[];
  /** The flows of the case, asked of this or another network. */
  readonly asked: (network: RawPathNetwork) => readonly Answer[];
}

function readCase({ plan, flowPlans }: Case): ReadCase {
  const network = rawNetwork(plan) as unknown as RawPathNetwork;
  const flowsHere = flowPlans.map((flowPlan) => chooseFlow(network, plan, flowPlan));
  const asked = (other: RawPathNetwork): readonly Answer[] => {
    const snapshot = parseSnapshot([other as unknown as RawSnapshot]);
    return flowsHere.map((flow) => ({ flow, analysis: analysePath(questionOf(flow), snapshot) }));
  };
  return { network, flowsHere, asked };
}

function inWords({ verdict, obstacles: [first] }: PathAnalysis): NaiveVerdict {
  if (verdict === 'undetermined') return 'open';
  return first === undefined ? 'reachable' : obstacleInWords(first);
}

function obstacleInWords({ kind, leg, id, ids, direction, ruleNumber, reason }: Obstacle): NaiveObstacle {
  const name = ids === undefined ? id : inOrder(ids);
  return {
    kind,
    leg,
    ...(name !== undefined && { id: name }),
    ...(direction !== undefined && { direction }),
    ...(ruleNumber !== undefined && { ruleNumber }),
    ...(reason !== undefined && { reason }),
  };
}

function allInWords({ flow, analysis: { verdict, obstacles } }: Answer): unknown {
  return { flow, verdict, obstacles: obstacles.map(obstacleInWords) };
}

/** Counted as a whole, and without its leg. */
function count(seen: Map<string, number>, verdict: NaiveVerdict): void {
  const told = typeof verdict === 'string' ? verdict : `${verdict.kind} ${verdict.reason ?? verdict.direction}`;
  const words = typeof verdict === 'string' ? [told] : [told, `${told} ${verdict.leg}`];
  for (const each of words) seen.set(each, (seen.get(each) ?? 0) + 1);
}

/** How often what must turn up among the flows for the law to say much: their shares in a thousand. */
const WANTED: Readonly<Record<string, number>> = {
  reachable: 300,
  open: 0.5,
  'security-group ingress': 50,
  'security-group egress': 30,
  'network-acl egress forward': 20,
  'network-acl ingress forward': 15,
  'network-acl egress return': 2,
  'network-acl ingress return': 1,
  'route no-route forward': 50,
  'route no-route return': 20,
  'route blackhole forward': 5,
  'route blackhole return': 1.5,
  'route asymmetric': 10,
  'gateway not-attached': 20,
  'gateway no-public-address': 10,
  'gateway not-publicly-routable': 5,
  'gateway no-route': 10,
  'gateway no-vpn-route': 3,
  'gateway no-internet-route': 3,
  'gateway not-available': 1,
  'gateway unsupported-protocol': 1,
  'gateway unsolicited-inbound': 5,
  'peering not-active': 5,
  'peering no-transit': 1,
  'vpc-endpoint not-available': 0.5,
  'vpc-endpoint unsupported-protocol': 1,
  'destination no-such-address': 5,
  'destination not-publicly-routable': 10,
};

function rareVerdicts(seen: ReadonlyMap<string, number>): readonly string[] {
  const flowsInAll = NETWORKS * FLOWS_EACH;
  return Object.entries(WANTED)
    .filter(([words, share]) => (seen.get(words) ?? 0) < (flowsInAll * share) / 1_000)
    .map(([words]) => `${words}: ${seen.get(words) ?? 0} of ${flowsInAll}`);
}

interface Change {
  readonly before: readonly Answer[];
  readonly after: readonly Answer[];
}

/** What was reachable before and is not after. */
function lost({ before, after }: Change): readonly unknown[] {
  return after
    .filter(({ analysis }, n) => isReachable(before[n]!.analysis) && !isReachable(analysis))
    .map(({ flow, analysis }) => ({ flow, after: inWords(analysis) }));
}

const isReachable = ({ verdict }: PathAnalysis): boolean => verdict === 'reachable';

/**
 * The longest prefix wins (RT-3): when a route goes, what it took falls to a shorter one, and may then get where the
 * longer one, a blackhole or a way to somewhere else, did not lead. Only a route with nothing behind it can be taken
 * away without that.
 */
function routesWithNothingBehind(network: RawPathNetwork, { Routes: routes }: RawTable): readonly RawRoute[] {
  return routes.filter((route) => {
    const others = routes.filter((each) => each !== route).flatMap((each) => blocksOfRoute(network, each));
    const own = blocksOfRoute(network, route);
    return route.GatewayId !== 'local' && !own.some((block) => others.some((other) => covers(other, block)));
  });
}

function covers(other: string, block: string): boolean {
  const [base, length] = block.split('/');
  return Number(other.split('/')[1]) <= Number(length) && isIn(base!, other);
}

/** Every list of the snapshot, and every list in those, the other way round. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed).toReversed() as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reversed(inner)])) as Value;
}
