import type { AlsoOpens, PathFix } from '../engine/path/path-fix.ts';
import type { Hop, Obstacle, Passage, PathVerdict, Trace } from '../engine/path/path.ts';
import { explainHop } from '../explain/explain-hop.ts';
import { explainObstacle } from '../explain/explain-obstacle.ts';
import { explainPathCaution } from '../explain/explain-path-caution.ts';
import { explainAlsoOpens, readerOfChange } from '../explain/explain-path-fix.ts';
import { explainPathGap } from '../explain/explain-path-gap.ts';
import { explainVerdict } from '../explain/explain-path.ts';
import { toldObstacle } from '../explain/path-packets.ts';
import type { PathTelling } from '../explain/path-telling.ts';
import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import type { ToldObstacle } from '../explain/told-obstacle.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatAddress } from '../net/address.ts';
import { formatCidr } from '../net/cidr.ts';
import type { Route } from '../vpc/route-table.ts';
import { cleanLine } from './clean-text.ts';
import { nearestMissJson } from './json-blocker.ts';
import { filterChangeJson, routeChangeJson } from './json-change.ts';
import { gapJson } from './json-gap.ts';
import { present } from './json-present.ts';
import type { PathAnswer } from './path-schema.ts';

/** The answer for machines, in the words of recorded cases; `id` is the question's. */
export function renderPathJson(telling: PathTelling, id?: string): PathAnswer {
  const { verdict, obstacles, forward, return: back, gaps } = telling.analysis;
  return {
    schemaVersion: 1,
    ...present({ id }),
    verdict,
    reachable: REACHABLE[verdict],
    summary: plain(explainVerdict(telling)),
    blockedBy: obstacles.map((obstacle) => obstacleJson(obstacle, telling)),
    forward: traceJson(forward, telling),
    return: traceJson(back, telling),
    gaps: gaps.map((gap) => gapJson(gap, explainPathGap)),
    ...present({ fix: telling.fix === undefined ? undefined : fixJson(telling.fix, telling) }),
  };
}

const REACHABLE: Readonly<Record<PathVerdict, boolean | null>> = {
  reachable: true,
  blocked: false,
  undetermined: null,
};

function obstacleJson(obstacle: Obstacle, telling: PathTelling): PathAnswer['blockedBy'][number] {
  const { kind, leg, id, ids, direction, ruleNumber, reason, code, clientPorts } = obstacle;
  const told = toldObstacle(telling, obstacle);
  return {
    kind,
    ...present({ id, ids: ids === undefined ? undefined : [...ids] }),
    leg,
    ...present({ direction, ruleNumber, reason, code, nearestMiss: nearestOf(told) }),
    ...(clientPorts !== undefined && { clientPorts: { from: clientPorts.from, to: clientPorts.to } }),
    sentence: plain(explainObstacle(told)),
  };
}

function nearestOf({ obstacle: { blocker }, meeting }: ToldObstacle): PathAnswer['blockedBy'][number]['nearestMiss'] {
  if (blocker?.kind !== 'security-group' && blocker?.kind !== 'network-acl') return undefined;
  return nearestMissJson(blocker.nearMisses, meeting);
}

type TraceJson = PathAnswer['forward'];
type HopJson = TraceJson['hops'][number];

function traceJson({ hops }: Trace, telling: PathTelling): TraceJson {
  return { hops: hops.map((hop) => hopJson(hop, telling)) };
}

function hopJson(hop: Hop, telling: PathTelling): HopJson {
  const { kind, id, vpcId, subnetId, direction, outcome } = hop;
  const by = outcome.kind === 'passed' && outcome.by !== undefined ? passageJson(outcome.by) : undefined;
  const sentence = plain(explainHop(hop, telling));
  return { kind, ...present({ id, vpcId, subnetId, direction }), outcome: outcome.kind, ...present({ by }), sentence };
}

function passageJson(by: Passage): NonNullable<HopJson['by']> {
  switch (by.kind) {
    case 'rules':
      return { kind: by.kind, ids: [...by.ids] };
    case 'entry':
      return { kind: by.kind, ruleNumber: by.ruleNumber };
    case 'route':
      return { kind: by.kind, route: routeJson(by.route) };
    case 'translated':
      return { kind: by.kind, what: by.what, from: formatAddress(by.from), to: formatAddress(by.to) };
    case 'tracked':
      return { kind: by.kind };
    default:
      return assertNever(by);
  }
}

function routeJson({ destination, target }: Route): { readonly destination: string; readonly target: string } {
  return {
    destination: destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id,
    target: target.kind === 'local' ? 'local' : target.id,
  };
}

type FixJson = NonNullable<PathAnswer['fix']>;

function fixJson({ verdict, cautions, alsoOpens }: PathFix, telling: PathTelling): FixJson {
  return {
    changes: alsoOpens.map((opened) => changeJson(opened, telling)),
    verdict,
    cautions: cautions.map((caution) => plain(explainPathCaution(caution, telling))),
  };
}

const MOST_LISTED = 100;

function changeJson(opened: AlsoOpens, { snapshot }: PathTelling): FixJson['changes'][number] {
  const { change, kind, ids } = opened;
  const { accountId, region } = readerOfChange(change, snapshot);
  return {
    ...(change.kind === 'add-route' ? routeChangeJson(change, region) : filterChangeJson(change, region)),
    ...present({ accountId, region }),
    alsoOpens: {
      [kind]: ids.slice(0, MOST_LISTED),
      count: ids.length,
      sentence: plain(explainAlsoOpens(opened, snapshot)),
    },
  };
}

function plain(spans: Sentence): string {
  return cleanLine(plainText(spans));
}
