import type { FilterBlocker } from '../engine/filter-blocker.ts';
import { formatProtocol, hasPorts } from '../net/protocol.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { IMPLICIT_DENY } from '../vpc/network-acl.ts';
import { resource } from './console-link.ts';
import { count, DIRECTION_WORD, formatBlock, formatList, formatMatch, formatService, shortName } from './phrase.ts';
import { entryName, explainNearMisses, preposition, ruleNumber } from './explain-rule.ts';
import { joinSpans, sentence, type Part, type Sentence } from './sentence.ts';
import { otherEnd, type Meeting, type Reader } from './meeting.ts';

type GroupBlocker = Extract<FilterBlocker, { kind: 'security-group' }>;
type AclBlocker = Extract<FilterBlocker, { kind: 'network-acl' }>;

/**
 * What stands in the way, short enough for a headline. Groups have no deny rules: "no rule matches" is all that can be
 * said of them (SG-1).
 */
export function blockerClause(blocker: FilterBlocker, meeting: Meeting): Sentence {
  switch (blocker.kind) {
    case 'security-group':
      return sentence`no ${DIRECTION_WORD[blocker.direction]} rule of ${groupNames(blocker, meeting.reader)} matches`;
    case 'network-acl': {
      const acl = resource(meeting.reader.region, blocker.id);
      return isFinalDeny(blocker)
        ? sentence`no ${DIRECTION_WORD[blocker.direction]} rule of network ACL ${acl} allows ${pronoun(meeting)}`
        : sentence`${entryName(blocker.entry)} of network ACL ${acl} denies ${pronoun(meeting)}`;
    }
    case 'block-public-access':
      return sentence`VPC Block Public Access of ${resource(meeting.reader.region, blocker.id)} refuses ${pronoun(meeting)}`;
    case 'encryption-control':
      return sentence`VPC Encryption Controls of ${resource(meeting.reader.region, blocker.id)} refuse ${pronoun(meeting)}`;
    default:
      return assertNever(blocker);
  }
}

/** The same beside its name: `no inbound rule matches`, `inbound rule 90 denies it`. */
export function blockerAct(blocker: FilterBlocker): Sentence {
  switch (blocker.kind) {
    case 'security-group':
      return sentence`no ${DIRECTION_WORD[blocker.direction]} rule matches`;
    case 'network-acl':
      return isFinalDeny(blocker)
        ? sentence`no ${DIRECTION_WORD[blocker.direction]} rule allows it`
        : sentence`${entryName(blocker.entry)} denies it`;
    case 'block-public-access':
    case 'encryption-control':
      return sentence`refuses it`;
    default:
      return assertNever(blocker);
  }
}

/** `network ACL acl-0aa1`, for those that stand behind the first. */
export function blockerName(blocker: FilterBlocker, reader: Reader): Sentence {
  switch (blocker.kind) {
    case 'security-group':
      return sentence`${groupNames(blocker, reader)}`;
    case 'network-acl':
      return sentence`network ACL ${resource(reader.region, blocker.id)}`;
    case 'block-public-access':
      return sentence`VPC Block Public Access`;
    case 'encryption-control':
      return sentence`VPC Encryption Controls`;
    default:
      return assertNever(blocker);
  }
}

/** The obstacle in full: object, rule, what it says, and what came closest to letting the packet through. */
export function explainBlocker(blocker: FilterBlocker, meeting: Meeting): Sentence {
  switch (blocker.kind) {
    case 'security-group':
      return explainGroups(blocker, meeting);
    case 'network-acl':
      return explainAcl(blocker, meeting);
    case 'block-public-access':
      return explainPublicAccess(blocker, meeting);
    case 'encryption-control': {
      const mode = blocker.mode === undefined ? '' : ` (mode ${shortName(blocker.mode)})`;
      const vpc = resource(meeting.reader.region, blocker.id);
      return sentence`VPC Encryption Controls of ${vpc}${mode} refuse traffic to a VPC endpoint that is not encrypted, judged by port 443. Groups and ACLs have no part in it.`;
    }
    default:
      return assertNever(blocker);
  }
}

function explainGroups(blocker: GroupBlocker, meeting: Meeting): Sentence {
  const names = groupNames(blocker, meeting.reader);
  const what = packetWords(blocker, meeting);
  return sentence`No ${DIRECTION_WORD[blocker.direction]} rule of ${names} matches ${what}.${joinSpans(explainNearMisses(blocker.nearMisses, meeting), '')}`;
}

function explainAcl(blocker: AclBlocker, meeting: Meeting): Sentence {
  const { entry, direction } = blocker;
  const acl = resource(meeting.reader.region, blocker.id);
  const rest = [
    ...overriddenBy(blocker),
    ...explainNearMisses(otherMisses(blocker), meeting),
    wayBack(blocker, meeting),
  ];
  const word = DIRECTION_WORD[direction];
  return isFinalDeny(blocker)
    ? sentence`Network ACL ${acl}: no ${word} rule allows ${packetWords(blocker, meeting)}, so the final rule ${ruleNumber(entry)} denies ${pronoun(meeting)}.${joinSpans(rest, '')}`
    : sentence`Network ACL ${acl}: ${entryName(entry)} denies ${formatMatch(entry)} ${preposition(direction)} ${formatBlock(entry.cidr)}.${joinSpans(rest, '')}`;
}

/** Rules are read by number and the first that matches decides: an allow behind a deny is never reached. */
function overriddenBy({ nearMisses, entry }: AclBlocker): readonly Part[] {
  const later = nearMisses.filter(isOverridden).map(({ rule }) => String(rule.ruleNumber));
  if (later.length === 0) return [];
  const [rules, verb] = later.length === 1 ? ['Rule', 'comes'] : ['Rules', 'come'];
  return [
    ` ${rules} ${formatList(later)} would allow it and ${verb} after ${entry.ruleNumber}: the lowest number that matches decides.`,
  ];
}

function otherMisses({ nearMisses }: AclBlocker): AclBlocker['nearMisses'] {
  return nearMisses.filter((miss) => !isOverridden(miss));
}

function isOverridden({ failedOn }: AclBlocker['nearMisses'][number]): boolean {
  return failedOn.includes('overridden');
}

function pronoun({ leg }: Meeting): string {
  return leg === 'return' ? 'them' : 'it';
}

/** Why a reply needs a rule of its own, and for which ports: ACLs keep no state (NACL-17). */
function wayBack(blocker: AclBlocker, { leg }: Meeting): string {
  if (leg !== 'return') return '';
  const ports = (blocker.clientPorts ?? []).map(String);
  const seen =
    ports.length === 0 ? '' : `, for the client's ${ports.length === 1 ? 'port' : 'ports'} ${formatList(ports, 4)}`;
  return ` Network ACLs keep no state: replies need an ${DIRECTION_WORD[blocker.direction]} rule of their own${seen}.`;
}

function explainPublicAccess(
  blocker: Extract<FilterBlocker, { kind: 'block-public-access' }>,
  meeting: Meeting,
): Sentence {
  const facts = [
    ...(blocker.mode === undefined ? [] : [`mode ${shortName(blocker.mode)}`]),
    ...(blocker.managedBy === undefined ? [] : [`managed by ${shortName(blocker.managedBy)}`]),
  ];
  const details = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const vpc = resource(meeting.reader.region, blocker.id);
  return sentence`VPC Block Public Access${details} refuses internet traffic of ${vpc}, whatever its groups and ACLs allow.`;
}

/** The packet as the filter met it: `tcp/5432 from 10.20.4.17`. */
function packetWords({ direction }: GroupBlocker | AclBlocker, meeting: Meeting): string {
  const { leg, protocol, destinationPort } = meeting;
  const port = leg === 'return' ? undefined : destinationPort;
  const service = hasPorts(protocol) ? formatService(protocol, port) : formatProtocol(protocol);
  const what = leg === 'return' ? `${service} replies` : service;
  return `${what} ${preposition(direction)} ${otherEnd(meeting, direction)}`;
}

function groupNames({ ids }: GroupBlocker, reader: Reader): Sentence {
  const [only, ...others] = ids;
  if (only === undefined) return sentence`its security groups`;
  if (others.length === 0) return sentence`security group ${resource(reader.region, only)}`;
  return sentence`its ${count(ids.length, 'security group')} (${listSpans(ids.map((id) => resource(reader.region, id)))})`;
}

const MOST_NAMES = 5;

function listSpans(items: readonly Part[]): Sentence {
  const shown = items.slice(0, MOST_NAMES);
  const more = items.length - shown.length;
  return sentence`${joinSpans(shown, ', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function isFinalDeny({ entry }: AclBlocker): boolean {
  return entry.ruleNumber >= IMPLICIT_DENY;
}
