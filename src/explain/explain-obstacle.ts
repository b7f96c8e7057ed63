import type { Obstacle, ObstacleReason } from '../engine/path/path.ts';
import { CLIENT_PORTS } from '../net/port-range.ts';
import { formatProtocol } from '../net/protocol.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { blockerClause, explainBlocker } from './explain-blocker.ts';
import { formatRoute } from './explain-route.ts';
import { DIRECTION_WORD, formatPorts, formatRuleNumber, formatService, shortName } from './phrase.ts';
import { code, sentence, type Part, type Sentence } from './sentence.ts';
import { obstacleName, type ToldObstacle } from './told-obstacle.ts';

/** What stops the packet, short enough for a headline. */
export function obstacleClause(told: ToldObstacle): Sentence {
  const { kind, blocker } = told.obstacle;
  if (blocker !== undefined) return blockerClause(blocker, told.meeting);
  return (CLAUSES[kind] ?? clauseOfReason)(told);
}

/** The obstacle in full: what, by which rule or route, what came closest, for whom it holds, and AWS's word for it. */
export function explainObstacle(told: ToldObstacle): Sentence {
  const { obstacle, meeting } = told;
  const { blocker } = obstacle;
  const what =
    blocker === undefined
      ? sentence`${wayWords(obstacle)}${obstacleClause(told)}.${remarkOf(obstacle)}`
      : explainBlocker(blocker, meeting);
  return capital(sentence`${what}${portsOf(obstacle)}${codeOf(obstacle)}`);
}

const CLAUSES: Partial<Record<Obstacle['kind'], (told: ToldObstacle) => Sentence>> = {
  'security-group': (told) => sentence`no ${directionOf(told)} rule of ${obstacleName(told)} matches`,
  'network-acl': (told) => sentence`${directionOf(told)} rule ${ruleNumberOf(told)} of ${obstacleName(told)} denies it`,
  'block-public-access': (told) => sentence`${obstacleName(told)} refuses ${isAnswer(told) ? 'the answer' : 'it'}`,
  'source-dest-check': (told) =>
    sentence`${obstacleName(told)} drops what is not for its own address: its source/destination check is on`,
};

function clauseOfReason(told: ToldObstacle): Sentence {
  const { reason } = told.obstacle;
  return sentence`${obstacleName(told)} ${reason === undefined ? 'stops it' : REASONS[reason](told)}`;
}

function directionOf({ obstacle: { direction } }: ToldObstacle): string {
  return direction === undefined ? '' : DIRECTION_WORD[direction];
}

function ruleNumberOf({ obstacle: { ruleNumber } }: ToldObstacle): Part {
  return ruleNumber === undefined ? '' : code(formatRuleNumber(ruleNumber));
}

function isAnswer({ obstacle }: ToldObstacle): boolean {
  return obstacle.leg === 'return';
}

/** The compiler asks for words for every new reason. Each follows the name of what stops the packet. */
const REASONS: Readonly<Record<ObstacleReason, (told: ToldObstacle) => Part>> = {
  'no-route': ({ obstacle: { kind }, meeting: { destination } }) =>
    kind === 'gateway'
      ? `carries traffic for its own VPC only, and ${destination} is outside it`
      : `has no route to ${destination}`,
  blackhole: ({ obstacle: { route }, meeting }) =>
    route === undefined
      ? `drops it: the route to ${meeting.destination} is a blackhole`
      : sentence`drops it: its route ${formatRoute(route, meeting.reader)} is a blackhole`,
  'leads-elsewhere': () => 'is somebody else here: the routes lead to another interface with the same address',
  asymmetric: ({ obstacle: { route }, meeting }) =>
    sentence`sends the answer another way than the request came${route === undefined ? '' : sentence`: ${formatRoute(route, meeting.reader)}`}`,
  'no-public-address': ({ meeting }) => `drops it: ${meeting.source} has no public address`,
  'not-publicly-routable': ({ obstacle: { kind }, meeting: { destination } }) =>
    kind === 'destination'
      ? 'is a private address, to which the internet does not lead'
      : `drops it: ${destination} is a private address, to which the internet does not lead`,
  'no-vpn-route': ({ meeting }) => `has no VPN route to ${meeting.destination}`,
  'unsolicited-inbound': () => 'lets in answers only, and nobody behind it asked',
  'unsupported-protocol': ({ meeting: { protocol, family } }) =>
    `does not carry ${formatProtocol(protocol)} over ${FAMILY_NAME[family]}`,
  'not-attached': ({ obstacle: { kind, id } }) => {
    if (kind === 'transit-gateway') return 'has no attachment in force here';
    return id?.startsWith('vpc-') === true ? 'does not exist' : 'is not attached to the VPC';
  },
  'not-active': (told) => `is not active${stateOf(told)}`,
  'no-transit': ({ meeting }) =>
    `does not lead to ${meeting.destination}: it carries traffic between its own two VPCs only`,
  'az-not-attached': () => "has no attachment in the sender's Availability Zone",
  'no-association': () => 'has no route table for this attachment',
  'no-listener': ({ meeting }) => `has no listener for ${formatService(meeting.protocol, meeting.destinationPort)}`,
  'no-targets': () => 'has no targets',
  'not-available': (told) => `is not available${stateOf(told)}`,
  'no-such-address': ({ obstacle: { kind } }) =>
    kind === 'source' ? 'is nobody who could send it' : 'is nobody: no network interface has this address',
  'no-internet-route': () => 'cannot pass it on: its own route table has no way to the internet',
  'private-nat': () => 'is a private one and has no public address to give',
};

const FAMILY_NAME = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

/** AWS's own word for the state, where the network tells it. */
function stateOf({ obstacle: { id }, snapshot }: ToldObstacle): string {
  const state = snapshot === undefined ? undefined : stateIn(snapshot, id);
  return state === undefined ? '' : ` (${shortName(state)})`;
}

function stateIn({ peerings, natGateways, endpoints }: Snapshot, id: string | undefined): string | undefined {
  const stateful = [...natGateways.values(), ...endpoints.values()];
  const peering = [...peerings.values()].find((each) => each.id === id);
  return peering?.status ?? stateful.find((each) => each.id === id)?.state;
}

function wayWords({ leg, reason }: Obstacle): string {
  return leg === 'return' && reason !== 'asymmetric' ? 'on the way back, ' : '';
}

/** What a reader may not know about AWS and needs here. */
function remarkOf({ kind, reason }: Obstacle): string {
  const remark = reason === undefined || kind === 'destination' ? undefined : REMARKS[reason];
  return remark === undefined ? '' : ` ${remark}`;
}

const REMARKS: Partial<Record<ObstacleReason, string>> = {
  blackhole: 'The target of a blackhole route is gone or not attached.',
  'no-public-address': 'An internet gateway serves only public IPv4 addresses that belong to the interface, and IPv6.',
  'unsolicited-inbound': 'Nothing behind a NAT gateway can be reached from outside.',
  asymmetric: 'Whoever asked never gets it.',
};

/** Absent: it holds whatever the client's port is. */
function portsOf({ clientPorts }: Obstacle): string {
  if (clientPorts === undefined) return '';
  return ` This holds for client ports ${formatPorts(clientPorts)}, not for all of ${formatPorts(CLIENT_PORTS)}.`;
}

/** So that the answer can be compared with Reachability Analyzer's. */
function codeOf({ code: name }: Obstacle): Sentence | string {
  return name === undefined ? '' : sentence` Reachability Analyzer: ${code(name)}.`;
}

/** A name may begin a sentence. */
export function capital(spans: Sentence): Sentence {
  const [first, ...rest] = spans;
  if (first.kind !== 'words') return spans;
  return [{ kind: 'words', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}
