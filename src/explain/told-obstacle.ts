import type { Obstacle } from '../engine/path/path.ts';
import { formatAddress } from '../net/address.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { Meeting } from './meeting.ts';
import { interfaceName } from './network-names.ts';
import { shortName } from './phrase.ts';
import { code, joinSpans, sentence, type Sentence } from './sentence.ts';

/** An obstacle, the packet that met it, and the network where names and states are looked up. */
export interface ToldObstacle {
  readonly obstacle: Obstacle;
  readonly meeting: Meeting;
  readonly snapshot?: Snapshot;
}

/** What stands in the way, by kind and id: `peering connection pcx-0c3`. */
export function obstacleName(told: ToldObstacle): Sentence {
  return (NAMES[told.obstacle.kind] ?? plainName)(told);
}

const NAMES: Partial<Record<Obstacle['kind'], (told: ToldObstacle) => Sentence>> = {
  destination: (told) => sentence`the destination ${addressOf(told)}`,
  source: (told) => sentence`the source ${addressOf(told)}`,
  gateway: gatewayName,
  'load-balancer': loadBalancerName,
  'source-dest-check': ({ obstacle: { id }, meeting, snapshot }) =>
    id === undefined || snapshot === undefined
      ? sentence`network interface ${id ?? ''}`
      : sentence`network interface ${interfaceName(snapshot, id, meeting.reader)}`,
};

function plainName({ obstacle: { kind, id, ids }, meeting }: ToldObstacle): Sentence {
  if (id === undefined) return sentence`${NOUN[kind]}`;
  const all = ids ?? [id];
  const names = all.slice(0, MOST_NAMES).map((each) => resource(meeting.reader.region, each));
  return sentence`${NOUN[kind]}${all.length > 1 ? 's' : ''} ${joinSpans(names, ', ')}`;
}

const MOST_NAMES = 5;

const NOUN: Readonly<Record<Obstacle['kind'], string>> = {
  'security-group': 'security group',
  'network-acl': 'network ACL',
  route: 'route table',
  gateway: 'gateway',
  peering: 'peering connection',
  'transit-gateway': 'transit gateway',
  'transit-gateway-route': 'transit gateway route table',
  'vpc-endpoint': 'VPC endpoint',
  'load-balancer': 'load balancer',
  'block-public-access': 'VPC Block Public Access of',
  'source-dest-check': 'network interface',
  destination: 'the destination',
  source: 'the source',
};

/** Internet, NAT and virtual private gateways are told apart by their ids; a VPC's id stands for the gateway it lacks. */
function gatewayName({ obstacle: { id }, meeting }: ToldObstacle): Sentence {
  if (id === undefined) return sentence`the gateway`;
  const [prefix = ''] = id.split('-');
  return sentence`${GATEWAY_NOUN.get(prefix) ?? 'gateway'} ${resource(meeting.reader.region, id)}`;
}

const GATEWAY_NOUN: ReadonlyMap<string, string> = new Map([
  ['igw', 'internet gateway'],
  ['eigw', 'egress-only internet gateway'],
  ['nat', 'NAT gateway'],
  ['vgw', 'virtual private gateway'],
  ['vpc', 'an internet gateway of'],
]);

function loadBalancerName({ obstacle: { id }, snapshot }: ToldObstacle): Sentence {
  const known = [...(snapshot?.loadBalancers.values() ?? [])].find((each) => each.arn === id);
  return sentence`load balancer ${code(shortName(known?.name ?? id ?? ''))}`;
}

/** The address it is about; the packet's own where none was told. */
function addressOf({ obstacle: { address, kind }, meeting }: ToldObstacle): string {
  if (address !== undefined) return formatAddress(address);
  return kind === 'source' ? meeting.source : meeting.destination;
}
