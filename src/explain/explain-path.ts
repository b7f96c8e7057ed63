import type { Leg, Obstacle, Trace } from '../engine/path/path.ts';
import { isIcmp } from '../net/protocol.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Block, Document, Thread } from './document.ts';
import { explainHop } from './explain-hop.ts';
import { explainObstacle, obstacleClause } from './explain-obstacle.ts';
import { cutItems, listOf } from './list-of.ts';
import { explainPathFix } from './explain-path-fix.ts';
import { explainPathGap, namePathGap } from './explain-path-gap.ts';
import { toldObstacle } from './path-packets.ts';
import { endName, type PathTelling } from './path-telling.ts';
import { count, formatIcmpType, formatList, formatPorts, formatService } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, joinSpans, sentence, time, type Part, type Sentence } from './sentence.ts';
import { obstacleName } from './told-obstacle.ts';

/** Who asked, as a Slack user id or a name. */
export interface PathContext {
  readonly askedBy?: string;
}

/**
 * The thread that answers "does it get there, and its answer back?": the verdict in the channel, and below it every
 * obstacle, the way hop by hop, and what we could not see.
 */
export function explainPath(telling: PathTelling, { askedBy }: PathContext): Thread {
  const headline = explainVerdict(telling);
  const fixing = explainPathFix(telling);
  return {
    parent: {
      summary: plainText(headline),
      blocks: [
        { kind: 'headline', tone: telling.analysis.verdict, spans: headline },
        { kind: 'paragraph', spans: detailsOf(telling) },
        { kind: 'note', spans: sourcesOf(telling, askedBy) },
      ],
    },
    replies: [...whatStopsIt(telling), ...fixing, ...theRest(telling, fixing.length > 0)],
  };
}

/** One sentence that stands alone: what, from where, to where, and the first thing that stops it. */
export function explainVerdict(telling: PathTelling): Sentence {
  return sentence`${explainAsked(telling)}${outcomeOf(telling)}`;
}

/** What was asked about: `tcp/443 from web to 203.0.113.9`. */
export function explainAsked(telling: PathTelling): Sentence {
  const { question } = telling.analysis;
  const [from, to] = [endName(telling, question.from), endName(telling, question.to)];
  return sentence`${serviceOf(telling)} from ${from} to ${to}`;
}

function serviceOf({ analysis: { question } }: PathTelling): string {
  const { protocol, destinationPort, sourcePort, icmp } = question;
  if (isIcmp(protocol)) {
    return icmp === undefined ? 'ping' : `${formatService(protocol)} ${formatIcmpType(protocol, icmp)}`;
  }
  const client = sourcePort === undefined ? '' : ` (client port ${sourcePort})`;
  return `${formatService(protocol, destinationPort)}${client}`;
}

function outcomeOf(telling: PathTelling): Sentence {
  const { verdict, obstacles, gaps } = telling.analysis;
  const [first] = obstacles;
  const [gap] = gaps;
  switch (verdict) {
    case 'reachable':
      return answers(telling) ? sentence` gets there, and its answer gets back` : sentence` gets there`;
    case 'blocked':
      return first === undefined
        ? sentence` does not get there`
        : sentence`${onTheWay(first)}${obstacleClause(toldObstacle(telling, first))}`;
    case 'undetermined':
      if (first !== undefined) return dependsOnPort(first, telling);
      return gap === undefined ? sentence`: cannot be told` : sentence`: cannot be told (${namePathGap(gap)})`;
    default:
      return assertNever(verdict);
  }
}

/** Some ICMP messages are never answered. */
function answers({ analysis }: PathTelling): boolean {
  return analysis.return.hops.length > 0;
}

function onTheWay({ leg }: Obstacle): string {
  return leg === 'return' ? ' gets there, but the replies do not get back: ' : ': ';
}

function dependsOnPort(first: Obstacle, telling: PathTelling): Sentence {
  const ports = first.clientPorts === undefined ? 'some' : formatPorts(first.clientPorts);
  const what = first.leg === 'return' ? 'replies are' : 'the request is';
  return sentence` depends on the client's port: for ${ports} ${what} stopped, because ${obstacleClause(toldObstacle(telling, first))}`;
}

function detailsOf(telling: PathTelling): Sentence {
  const { verdict, obstacles } = telling.analysis;
  const [first, ...behind] = obstacles;
  if (first === undefined) return verdict === 'reachable' ? sentence`${CHECKED}` : wouldHelp(telling);
  const legs = LEGS.flatMap((leg) => {
    const own = obstacles.filter((each) => each.leg === leg);
    return own.length === 0 ? [] : [`${own.length} ${LEG_WORD[leg]}`];
  });
  const names = behind.map((each) => plainText(obstacleName(toldObstacle(telling, each))));
  const others = names.length === 0 ? '' : `, behind the first: ${formatList([...new Set(names)], MOST_NAMES)}`;
  const all =
    obstacles.length === 1
      ? 'the only obstacle that was found'
      : `${count(obstacles.length, 'obstacle')} (${legs.join(', ')})${others}`;
  const port = verdict === 'undetermined' ? sentence` · ${code('--src-port')} asks about one port` : '';
  const analyzer = first.code === undefined ? '' : sentence` · Reachability Analyzer: ${code(first.code)}`;
  return sentence`${obstacles.length === 1 ? 'This is ' : ''}${all}${port}${analyzer}`;
}

const CHECKED =
  'By configuration: every filter, route and gateway of both ways was checked. Whether anything listens there is another matter.';

const LEGS: readonly Leg[] = ['forward', 'return'];
const LEG_WORD: Readonly<Record<Leg, string>> = { forward: 'on the way there', return: 'on the way back' };
const MOST_NAMES = 4;

function wouldHelp({ analysis: { gaps } }: PathTelling): Sentence {
  return sentence`${count(gaps.length, 'fact')} would have to be known: see the thread.`;
}

function sourcesOf({ snapshot }: PathTelling, askedBy: string | undefined): Sentence {
  const { scopes } = snapshot;
  const places = scopes.map(({ accountId, region }) => `account ${accountId} ${region}`);
  const times = scopes.flatMap(({ takenAt }) => (takenAt === undefined ? [] : [takenAt]));
  const parts: Part[] = [
    formatList(places, MOST_NAMES),
    ...(times.length === 0 ? [] : [sentence`config read ${time(Math.min(...times))}`]),
    ...(askedBy === undefined ? [] : [sentence`asked by ${{ kind: 'person', id: askedBy }}`]),
  ];
  return sentence`${joinSpans(parts, ' · ')}`;
}

/** A thread has three replies at most: beside a fix, the way and what could not be seen are one. */
function theRest(telling: PathTelling, isOne: boolean): readonly Document[] {
  const [way, unseen] = [theWay(telling), couldNotSee(telling)];
  if (!isOne) return [way, unseen];
  return [{ summary: `${way.summary}; ${unseen.summary}`, blocks: [...way.blocks, ...unseen.blocks] }];
}

const MOST_OBSTACLES = 12;

function whatStopsIt(telling: PathTelling): readonly Document[] {
  const { obstacles } = telling.analysis;
  if (obstacles.length === 0) return [];
  const items = obstacles.map((obstacle) => explainObstacle(toldObstacle(telling, obstacle)));
  return [titled('Why', listOf(cutItems(items, MOST_OBSTACLES), true))];
}

/** Longer ways exist only where a packet goes round in circles. */
const MOST_HOPS = 30;

function theWay(telling: PathTelling): Document {
  const { forward, return: back } = telling.analysis;
  return titled('The way', [...wayOf(forward, 'There', telling), ...wayOf(back, 'Back', telling)]);
}

function wayOf({ hops }: Trace, word: string, telling: PathTelling): readonly Block[] {
  if (hops.length === 0) return [];
  const items = hops.map((hop) => explainHop(hop, telling));
  return [
    { kind: 'paragraph', spans: sentence`${word}:` },
    { kind: 'list', ordered: true, items: cutItems(items, MOST_HOPS) },
  ];
}

const MOST_GAPS = 8;

/** Always told, even when there is nothing to tell: silence would look like certainty. */
function couldNotSee({ analysis: { gaps } }: PathTelling): Document {
  const items = [...gaps.map(explainPathGap), ...NEVER_SEEN];
  return titled("Couldn't see", [{ kind: 'list', ordered: false, items: cutItems(items, MOST_GAPS) }]);
}

const NEVER_SEEN: readonly Sentence[] = [
  sentence`Firewalls on the hosts, endpoint and service policies, DNS, and whether tunnels and hosts are up: configuration does not tell.`,
];

function titled(title: string, blocks: readonly Block[]): Document {
  return { summary: title, blocks: [{ kind: 'title', text: title }, ...blocks] };
}
