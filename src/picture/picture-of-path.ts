import type { Hop, HopKind, Obstacle, Trace } from '../engine/path/path.ts';
import { blockerAct } from '../explain/explain-blocker.ts';
import { explainOutcome, explainPlace } from '../explain/explain-hop.ts';
import { explainAsked } from '../explain/explain-path.ts';
import { obstacleClause } from '../explain/explain-obstacle.ts';
import { toldObstacle } from '../explain/path-packets.ts';
import type { PathTelling } from '../explain/path-telling.ts';
import { obstacleName } from '../explain/told-obstacle.ts';
import { finishPicture } from './finish-picture.ts';
import { formatPorts } from '../explain/phrase.ts';
import type { Secret } from '../explain/secrets.ts';
import { sentence, type Sentence } from '../explain/sentence.ts';
import { MOST, type AnswerPicture, type HopPicture } from './answer-picture.ts';
import { drawnHop, withEndReached } from './drawn-hop.ts';
import { label } from './label.ts';

/** The picture of a path: every hop there and back, with what stops the packet marked. With secrets: see `finishPicture`. */
export function pictureOfPath(telling: PathTelling, secrets?: readonly Secret[]): AnswerPicture {
  const { analysis } = telling;
  return finishPicture(
    {
      tone: analysis.verdict,
      title: label(explainAsked(telling)),
      path: { forward: drawnLeg(analysis.forward, telling), return: drawnLeg(analysis.return, telling) },
    },
    secrets,
  );
}

function drawnLeg(trace: Trace, telling: PathTelling): readonly HopPicture[] {
  const last = trace.hops.length - 1;
  const hops = trace.hops.map((hop, index) => drawHop(hop, telling, index === 0 || index === last));
  return shortened(withEndReached([...hops, ...elsewhere(trace, telling)]));
}

function drawHop(hop: Hop, telling: PathTelling, isOutermost: boolean): HopPicture {
  const { outcome } = hop;
  const place = explainPlace(hop, telling);
  if (outcome.kind === 'blocked') return drawObstacle(told(outcome.obstacles[0], telling), { place, telling });
  const state = isOutermost && outcome.kind === 'passed' && ENDS.has(hop.kind) ? 'end' : outcome.kind;
  return drawnHop(state, place, explainOutcome(hop, telling));
}

const ENDS: ReadonlySet<HopKind> = new Set(['interface', 'internet', 'on-premises', 'aws-service', 'address']);

interface Standing {
  readonly place: Sentence;
  readonly telling: PathTelling;
}

/** What stops some client ports and lets others pass is no block: the picture must not say more than the verdict. */
function drawObstacle(obstacle: Obstacle, { place, telling }: Standing): HopPicture {
  const { clientPorts, blocker } = obstacle;
  const clause = blocker === undefined ? obstacleClause(toldObstacle(telling, obstacle)) : blockerAct(blocker);
  if (clientPorts === undefined) return drawnHop('blocked', place, clause);
  return drawnHop('unknown', place, sentence`stops client ports ${formatPorts(clientPorts)}: ${clause}`);
}

/** The hop's obstacle as the whole analysis has it: with the client's ports for which it holds. */
function told(obstacle: Obstacle, { analysis }: PathTelling): Obstacle {
  return analysis.obstacles.find((each) => identityOf(each) === identityOf(obstacle)) ?? obstacle;
}

/** Obstacles that none of the drawn hops has: of other client ports, which go another way. */
function elsewhere({ leg, hops }: Trace, telling: PathTelling): readonly HopPicture[] {
  const drawn = new Set(
    hops.flatMap(({ outcome }) => (outcome.kind === 'blocked' ? outcome.obstacles.map(identityOf) : [])),
  );
  return telling.analysis.obstacles
    .filter((obstacle) => obstacle.leg === leg && !drawn.has(identityOf(obstacle)))
    .map((obstacle) => drawObstacle(obstacle, { place: obstacleName(toldObstacle(telling, obstacle)), telling }));
}

function identityOf({ kind, leg, id, direction, ruleNumber, reason }: Obstacle): string {
  return JSON.stringify([kind, leg, id, direction, ruleNumber, reason]);
}

/** Long ways lose hops that pass: what stops the packet, or may, is always shown. */
function shortened(hops: readonly HopPicture[]): readonly HopPicture[] {
  if (hops.length <= MOST.hops) return hops;
  const surplus = hops.length - MOST.hops + 1;
  const dropped = new Set(hops.flatMap((hop, index) => (hop.state === 'passed' ? [index] : [])).slice(0, surplus));
  const [first] = dropped;
  const kept = hops.flatMap((hop, index) => {
    if (index === first) return [drawnHop('passed', `${dropped.size} more hops`, 'which let it pass')];
    return dropped.has(index) ? [] : [hop];
  });
  if (kept.length <= MOST.hops) return kept;
  const rest = kept.length - MOST.hops + 1;
  return [...kept.slice(0, MOST.hops - 1), drawnHop('unknown', `${rest} more hops`, 'which are told in the thread')];
}
