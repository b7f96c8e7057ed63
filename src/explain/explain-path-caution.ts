import { isEffectivePublic } from '../engine/address-kind.ts';
import type { FixCaution } from '../engine/fix/fix.ts';
import type { PathFixCaution } from '../engine/path/path-fix.ts';
import type { Obstacle, ObstacleReason } from '../engine/path/path.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { explainCaution } from './explain-caution.ts';
import { capital } from './explain-obstacle.ts';
import { namePathGap } from './explain-path-gap.ts';
import { toldObstacle } from './path-packets.ts';
import type { PathTelling } from './path-telling.ts';
import { code, sentence, type Sentence } from './sentence.ts';
import { obstacleName } from './told-obstacle.ts';

/** What to think of before a fix is applied; where there is none, what a person can do instead. */
export function explainPathCaution(caution: PathFixCaution, telling: PathTelling): Sentence {
  if (isOfRules(caution)) return explainCaution(caution);
  switch (caution.kind) {
    case 'beyond-rules':
      return capital(sentence`${nameOf(caution.obstacle, telling)}: ${adviceFor(caution.obstacle)}.`);
    case 'no-link':
      return capital(sentence`${nameOf(caution.obstacle, telling)}: ${linkAdvice(caution.obstacle, telling)}`);
    case 'port-not-told':
      return sentence`Name the port, as in ${code('tcp/443')}: a small fix opens one port, not all.`;
    case 'no-single-address':
      return MANY_ADDRESSES[caution.end];
    case 'not-proven':
      return sentence`With these obstacles gone it still could not be told: ${namePathGap(caution.gaps[0])}.`;
    default:
      return assertNever(caution);
  }
}

/** Cautions of any fix, whether of a path or of a rejected flow. */
const OF_RULES: Readonly<Record<FixCaution['kind'], true>> = {
  'deliberate-deny': true,
  marked: true,
  'just-closed': true,
  'no-free-rule-number': true,
  'group-shared': true,
  'public-source': true,
};

function isOfRules(caution: PathFixCaution): caution is FixCaution {
  return Object.hasOwn(OF_RULES, caution.kind);
}

function nameOf(obstacle: Obstacle, telling: PathTelling): Sentence {
  return obstacleName(toldObstacle(telling, obstacle));
}

const MANY_ADDRESSES: Readonly<Record<'internet' | 'service', Sentence>> = {
  internet: sentence`To open it to the whole internet is a decision, not a small fix: name one address to hear what that one needs.`,
  service: sentence`The service has many addresses: a security group rule can name its prefix list, a network ACL needs its blocks.`,
};

/** A gateway to the internet is a choice that somebody must make: it opens more than one path. */
function linkAdvice({ address }: Obstacle, { snapshot }: PathTelling): string {
  return address !== undefined && isEffectivePublic(address, snapshot)
    ? 'a route to the internet needs an internet gateway or a NAT gateway. Choose which.'
    : 'no connection in force leads from its VPC to whoever has the address. Connect the two first, by peering or a transit gateway.';
}

function adviceFor({ kind, reason }: Obstacle): string {
  const own = BY_KIND[kind];
  return own ?? (reason === undefined ? ASK : BY_REASON[reason]);
}

const ASK = 'ask whoever owns it';

const BY_KIND: Partial<Record<Obstacle['kind'], string>> = {
  'block-public-access': 'ask whoever set it for an exclusion of the VPC or subnet',
  'source-dest-check': 'turn off its source/destination check if it is meant to pass on what is for others',
  'transit-gateway-route': 'its owner must add a route, or let the other attachment propagate its blocks',
};

/** What a person can do; the compiler asks for words for every new reason. Each follows the name of the thing. */
const BY_REASON: Readonly<Record<ObstacleReason, string>> = {
  'no-route': 'the destination is outside what it leads to, so choose another way there',
  blackhole: 'bring the target of the route back, or replace the route; until then it drops what it attracts',
  'leads-elsewhere': 'route that address to the VPC of the interface that is meant, by a longer prefix',
  asymmetric: 'lead the answer out by the gateway that the request came in by',
  'no-public-address': 'give the sender a public IPv4 address, or lead it out through a NAT gateway',
  'not-publicly-routable': 'reach private addresses by peering, a transit gateway or a VPN',
  'no-vpn-route': 'add a static route to the VPN connection, or let the far side announce the block',
  'unsolicited-inbound': 'to be reached from outside, a host needs a load balancer or a public address of its own',
  'unsupported-protocol': 'it does not carry this protocol, so choose another way',
  'not-attached': 'attach it to the VPC',
  'not-active': 'have the request accepted, or make a new connection where it has ended',
  'no-transit': 'connect the two ends directly, or by a transit gateway',
  'az-not-attached': "add a subnet of the sender's Availability Zone to the attachment",
  'no-association': 'associate the attachment with one of its route tables',
  'no-listener': 'add a listener, or ask for a port that it listens on',
  'no-targets': 'register targets',
  'not-available': 'wait until it is, or replace it where it failed',
  'no-such-address': 'check the address',
  'no-internet-route': 'give the route table of its own subnet a route to an internet gateway',
  'private-nat': 'a way to the internet needs a public NAT gateway',
};
