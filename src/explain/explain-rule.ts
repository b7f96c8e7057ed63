import type { MissedField, NearMiss } from '../engine/decision.ts';
import type { Family } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import { formatProtocol } from '../net/protocol.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { RulePeer, SecurityGroupRule } from '../vpc/security-group.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { resource, ruleOfGroup } from './console-link.ts';
import { DIRECTION_WORD, formatBlock, formatMatch, formatRuleNumber } from './phrase.ts';
import { code, joinSpans, sentence, type Part, type Sentence } from './sentence.ts';
import { otherEnd, type Meeting, type Reader } from './meeting.ts';

type Rule = SecurityGroupRule | NetworkAclEntry;

/** A rule by its name and what it says: `sgr-07e allows tcp/5432 from 10.20.0.0/22`. */
export function explainRule(rule: Rule, reader: Reader): Sentence {
  return isEntry(rule) ? explainEntry(rule) : explainGroupRule(rule, reader);
}

function isEntry(rule: Rule): rule is NetworkAclEntry {
  return 'ruleNumber' in rule;
}

function explainEntry(entry: NetworkAclEntry): Sentence {
  const verb = entry.action === 'allow' ? 'allows' : 'denies';
  return sentence`rule ${ruleNumber(entry)} ${verb} ${formatMatch(entry)} ${preposition(entry.direction)} ${formatBlock(entry.cidr)}`;
}

function explainGroupRule(rule: SecurityGroupRule, reader: Reader): Sentence {
  const { region } = reader;
  const name =
    rule.id === undefined
      ? sentence`a rule of ${resource(region, rule.groupId)}`
      : [ruleOfGroup(region, rule.groupId, rule.id)];
  return sentence`${name} allows ${formatMatch(rule)} ${preposition(rule.direction)} ${explainPeer(rule.peer, reader)}`;
}

/** The asterisk stands as code: bare, it would be read as markup. */
export function ruleNumber(entry: NetworkAclEntry): Part {
  const number = formatRuleNumber(entry.ruleNumber);
  return number === '*' ? code(number) : number;
}

export function preposition(direction: Direction): string {
  return direction === 'ingress' ? 'from' : 'to';
}

function explainPeer(peer: RulePeer, { region, accountId }: Reader): Part {
  switch (peer.kind) {
    case 'cidr':
      return formatBlock(peer.cidr);
    case 'prefix-list':
      return sentence`prefix list ${resource(region, peer.id)}`;
    case 'group': {
      const isOwn = peer.accountId === undefined || peer.accountId === accountId;
      const owner = isOwn ? '' : ` (account ${peer.accountId})`;
      return sentence`security group ${resource(region, peer.id)}${owner}`;
    }
    default:
      return assertNever(peer);
  }
}

/** How many near misses are told; the rest is counted. */
const TOLD = 2;

/** `Nearest miss: sgr-07e allows …, but the source is outside it.` Empty when nothing came close. */
export function explainNearMisses(nearMisses: readonly NearMiss<Rule>[], meeting: Meeting): readonly Part[] {
  const told = nearMisses.slice(0, TOLD).map((miss) => explainNearMiss(miss, meeting));
  if (told.length === 0) return [];
  const more = nearMisses.length - told.length;
  const lead = nearMisses.length === 1 ? ' Nearest miss: ' : ' Nearest misses: ';
  return [lead, ...joinSpans(told, '; '), more > 0 ? `; and ${more} more.` : '.'];
}

export function explainNearMiss({ rule, failedOn }: NearMiss<Rule>, meeting: Meeting): Sentence {
  const misses = failedOn.map((field) => MISSED[field](rule, meeting));
  return sentence`${explainRule(rule, meeting.reader)}, but ${misses.join(' and ')}`;
}

/** Where a rule and the packet part ways. */
const MISSED: Readonly<Record<MissedField, (rule: Rule, meeting: Meeting) => string>> = {
  protocol: (_, { protocol }) => `the protocol is ${formatProtocol(protocol)}`,
  address: (rule, meeting) => `${endWord(rule)} ${otherEnd(meeting, rule.direction)} is outside it`,
  family: (rule, { family }) => `${endWord(rule)} is an ${FAMILY_WORD[family]} address`,
  port: (_, { leg, destinationPort }) => {
    const whose = leg === 'return' ? "the client's port" : 'the port';
    return destinationPort === undefined ? `${whose} is outside it` : `${whose} is ${destinationPort}`;
  },
  'icmp-type': () => 'the ICMP type differs',
  membership: (rule, meeting) => `${endWord(rule)} ${otherEnd(meeting, rule.direction)} does not carry that group`,
  stale: () => 'the group or peering it refers to is gone, so it matches nothing',
  overridden: () => 'is never reached, because a lower-numbered rule decides',
};

function endWord(rule: Rule): string {
  return rule.direction === 'ingress' ? 'the source' : 'the destination';
}

const FAMILY_WORD: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** `inbound rule 90`. */
export function entryName(entry: NetworkAclEntry): Sentence {
  return sentence`${DIRECTION_WORD[entry.direction]} rule ${ruleNumber(entry)}`;
}
