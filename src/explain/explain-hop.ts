import type { Hop, HopKind, Obstacle, Passage } from '../engine/path/path.ts';
import { formatAddress } from '../net/address.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { NonEmpty } from '../lang/non-empty.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { resource } from './console-link.ts';
import { namePathGap } from './explain-path-gap.ts';
import { obstacleClause } from './explain-obstacle.ts';
import { formatRoute } from './explain-route.ts';
import type { Reader } from './meeting.ts';
import { interfaceName, readerOf } from './network-names.ts';
import { toldObstacle } from './path-packets.ts';
import type { PathTelling } from './path-telling.ts';
import { DIRECTION_WORD, formatRuleNumber, shortName } from './phrase.ts';
import { code, joinSpans, sentence, type Sentence } from './sentence.ts';

/** One place on the way, and what decided there: `✓ network ACL acl-0aa1: outbound rule 100 allows it`. */
export function explainHop(hop: Hop, telling: PathTelling): Sentence {
  const { kind } = hop.outcome;
  const place = explainPlace(hop, telling);
  const outcome = explainOutcome(hop, telling);
  switch (kind) {
    case 'passed':
      return outcome === undefined ? sentence`✓ ${place}` : sentence`✓ ${place}: ${outcome}`;
    case 'blocked':
      return sentence`✗ stopped: ${outcome ?? place}`;
    case 'unknown':
      return sentence`? ${place}: ${outcome ?? ''}`;
    default:
      return assertNever(kind);
  }
}

/** What the place decided, where more is to be said than that the packet passes. */
export function explainOutcome(hop: Hop, telling: PathTelling): Sentence | undefined {
  const { outcome } = hop;
  switch (outcome.kind) {
    case 'passed':
      return outcome.by === undefined ? undefined : passageOf(outcome.by, hop, telling);
    case 'blocked':
      return obstaclesOf(outcome.obstacles, telling);
    case 'unknown':
      return sentence`cannot be told (${namePathGap(outcome.gaps[0])})`;
    default:
      return assertNever(outcome);
  }
}

function obstaclesOf([first, ...more]: NonEmpty<Obstacle>, telling: PathTelling): Sentence {
  const others = more.length === 0 ? '' : ` (and ${more.length} more here)`;
  return sentence`${obstacleClause(toldObstacle(telling, first))}${others}`;
}

export function explainPlace(hop: Hop, { snapshot }: PathTelling): Sentence {
  const { kind, id, subnetId } = hop;
  const reader = readerOf(snapshot, hop.vpcId);
  if (kind === 'security-group') return sentence`security groups${groupsOf(hop, snapshot, reader)}`;
  if (kind === 'address') return sentence`${id ?? NOUN[kind]}`;
  if (id === undefined) return sentence`${NOUN[kind]}`;
  const name = kind === 'interface' ? interfaceName(snapshot, id, reader) : resource(reader.region, shortName(id));
  const subnet = kind === 'interface' && subnetId !== undefined;
  return sentence`${NOUN[kind]} ${name}${subnet ? sentence` in ${resource(reader.region, subnetId)}` : ''}`;
}

const NOUN: Readonly<Record<Exclude<HopKind, 'security-group'>, string>> = {
  interface: 'network interface',
  'network-acl': 'network ACL',
  'route-table': 'route table',
  'internet-gateway': 'internet gateway',
  'egress-only-internet-gateway': 'egress-only internet gateway',
  'nat-gateway': 'NAT gateway',
  peering: 'peering connection',
  'transit-gateway': 'transit gateway',
  'transit-gateway-route-table': 'transit gateway route table',
  'vpn-gateway': 'virtual private gateway',
  'vpc-endpoint': 'VPC endpoint',
  'load-balancer': 'load balancer',
  internet: 'the internet',
  'on-premises': 'the network on premises, behind',
  'aws-service': 'the AWS service behind',
  address: 'the address',
  other: 'the way on',
};

/** The hop is the interface whose groups they are. */
function groupsOf({ id }: Hop, snapshot: Snapshot, reader: Reader): Sentence | string {
  const own = [...snapshot.interfaces.values()].find((each) => each.id === id);
  if (own === undefined) return '';
  const groups = own.groups.slice(0, MOST_IDS).map((each) => resource(reader.region, each));
  const more = own.groups.length > MOST_IDS ? ` and ${own.groups.length - MOST_IDS} more` : '';
  return sentence` of ${interfaceName(snapshot, own.id, reader)} (${joinSpans(groups, ', ')}${more})`;
}

const MOST_IDS = 3;

function passageOf(by: Passage, { direction, vpcId }: Hop, { snapshot }: PathTelling): Sentence {
  const reader = readerOf(snapshot, vpcId);
  const way = direction === undefined ? '' : `${DIRECTION_WORD[direction]} `;
  switch (by.kind) {
    case 'rules':
      return sentence`${way}allowed by ${ruleIds(by.ids, reader)}`;
    case 'entry':
      return sentence`${way}rule ${code(formatRuleNumber(by.ruleNumber))} allows it`;
    case 'route':
      return formatRoute(by.route, reader);
    case 'translated':
      return sentence`the ${by.what} ${formatAddress(by.from)} becomes ${formatAddress(by.to)}`;
    case 'tracked':
      return sentence`${way}answers pass, because the request did: groups remember it`;
    default:
      return assertNever(by);
  }
}

function ruleIds(ids: readonly string[], { region }: Reader): Sentence {
  const names = [...new Set(ids)].map((id) =>
    id.startsWith('sgr-') ? code(id) : sentence`a rule of ${resource(region, id)}`,
  );
  const more = names.length > MOST_IDS ? ` and ${names.length - MOST_IDS} more` : '';
  return sentence`${joinSpans(names.slice(0, MOST_IDS), ', ')}${more}`;
}
