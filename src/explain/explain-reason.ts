import type { Reason } from '../engine/finding.ts';
import { formatAddress } from '../net/address.ts';
import { resource } from './console-link.ts';
import { explainChange } from './explain-change.ts';
import { remoteAddress } from './explain-flow.ts';
import { formatOwner } from './explain-owner.ts';
import { INFERENCES } from './inferences.ts';
import { explainRule } from './explain-rule.ts';
import { plainText } from './plain-text.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import { count, formatDuration, formatList, shortName } from './phrase.ts';
import { code, joinSpans, sentence, time, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** A fact behind a finding, as a sentence. */
export function explainReason(reason: Reason, telling: Telling): Sentence {
  return explainKind(reason.kind, reason, telling);
}

type ReasonByKind = { readonly [R in Reason as R['kind']]: R };
type Kind = keyof ReasonByKind;

function explainKind<K extends Kind>(kind: K, reason: ReasonByKind[K], telling: Telling): Sentence {
  return SENTENCES[kind](reason, telling);
}

/** The compiler asks for a sentence for every new reason. */
const SENTENCES: { readonly [K in Kind]: (reason: ReasonByKind[K], telling: Telling) => Sentence } = {
  'configuration-denies': () => sentence`Today's configuration denies this traffic.`,
  'configuration-allows': () =>
    sentence`Today's configuration allows this traffic: every group and ACL of this interface was checked.`,
  'same-subnet': () => sentence`Both ends are in one subnet, so no network ACL is asked; only security groups count.`,
  'accepted-before': ({ idleSeconds }) =>
    idleSeconds === undefined
      ? sentence`The same connections were accepted before they were rejected.`
      : sentence`The same connections were accepted before, then idle for ${formatDuration(idleSeconds)}, then rejected.`,
  'accepted-after': ({ at }) =>
    sentence`The same traffic was accepted afterwards${at === undefined ? '' : sentence`, at ${time(at)}`}.`,
  'accept-and-reject-overlap': () =>
    sentence`Some connections have ACCEPT and REJECT in one interval: a rule changed meanwhile, or the packets differ.`,
  flags: ({ values }) =>
    values.length > 0 && values.every(isOpening)
      ? sentence`The rejected packets open connections (TCP flags: ${formatList(values.map(formatFlags), 5)}).`
      : sentence`TCP flags of the rejected packets: ${formatList(values.map(formatFlags), 5)}.`,
  'flags-not-logged': () =>
    sentence`This log format has no ${code('tcp-flags')}, so new connections and late packets look alike.`,
  'opener-guessed': ({ because }) => sentence`Which side opened the connection is ${OPENER[because]}.`,
  'reject-reason': ({ value }) => sentence`The records name the reason themselves: ${formatRejectReason(value)}.`,
  'reject-reason-not-logged': () =>
    sentence`This log format has no ${code('reject-reason')}, which would tell VPC Block Public Access from a rule.`,
  'public-source': (_, { finding }) => sentence`${formatAddress(remoteAddress(finding))} is an internet address.`,
  'scan-pattern': ({ portsTriedByRemote, remotesTryingPort }) =>
    sentence`It looks like scanning: this address tried ${count(portsTriedByRemote, 'port')} here, and ${count(remotesTryingPort, 'address', 'addresses')} tried this one.`,
  'client-changed-address': ({ allowed }, telling) => {
    const others = joinSpans(untold(allowed, telling), '; ');
    return sentence`The port is open to other addresses, so this may be a known client with a new one${others.length === 0 ? '' : ': '}${others}.`;
  },
  'idle-timeout': ({ seconds, source }) =>
    source === 'interface'
      ? sentence`Idle connections are forgotten after ${formatDuration(seconds)}, as set on this interface.`
      : sentence`Idle connections are forgotten after ${formatDuration(seconds)}, the default for this instance type.`,
  untracked: () =>
    sentence`These flows are untracked, because rules open both ways to everybody admit them: a reply needs an outbound rule.`,
  tracked: () =>
    sentence`These flows are tracked: security groups let the replies to an accepted request out by themselves.`,
  'sender-in-referenced-group': ({ rule, interfaceId }, { diagnosis }) =>
    sentence`The sender ${resource(diagnosis.target.region, interfaceId)} does carry the group that ${explainRule(rule, diagnosis.target)}: its membership is lost on the way (middlebox, transit gateway, other region) or it uses a public address.`,
  'own-public-address': ({ interfaceId }, { finding, diagnosis }) =>
    sentence`${formatAddress(remoteAddress(finding))} is the public address of our own ${resource(diagnosis.target.region, interfaceId)}. Group references cover private addresses only.`,
  owner: ({ side, owner }, { diagnosis }) =>
    sentence`${side === 'local' ? 'This interface' : 'The other end'} belongs to: ${formatOwner(owner)} (${resource(diagnosis.target.region, owner.interfaceId)}).`,
  'no-security-groups': () => sentence`This interface takes no security groups, so only the network ACL can block.`,
  'icmp-type-not-logged': () => sentence`Flow logs do not record the ICMP type, and the rules differ by type.`,
  'other-family-rule': ({ rule }, telling) => {
    const others = joinSpans(untold([rule], telling), '; ');
    return sentence`IPv4 and IPv6 need rules of their own${others.length === 0 ? '' : ': '}${others}.`;
  },
  'reply-came-to-other-interface': () =>
    sentence`The request left through another interface of the same instance than the one the reply came to.`,
  'answered-by-other-interface': ({ interfaceId, action, isChecked }, { diagnosis: { target } }) =>
    sentence`The answers are in the records of ${resource(target.region, interfaceId)}, another interface of the same instance: ${action} there${isChecked ? ', from an address that is not its own, which its source/destination check does not let out' : ''}.`,
  'host-reset': () => sentence`The host answered with a reset (RST), so the packets reached it.`,
  'no-answer-from-host': () => sentence`Requests were accepted and no answer left any interface of the host.`,
  'port-25': () => sentence`EC2 blocks outbound port 25 to the internet by default; groups and ACLs do not show it.`,
  'way-is-open': () =>
    sentence`By today's configuration the way there and back is open at every hop: the far side does not answer, or something refuses that AWS does not show.`,
  'endpoint-not-used': ({ endpointId, routeTableId }, { diagnosis: { target } }) =>
    sentence`The gateway endpoint ${resource(target.region, endpointId)} serves this VPC, and route table ${resource(target.region, routeTableId)} is not associated with it: this traffic takes the internet's way and is billed there.`,
  'client-addresses-preserved': ({ targetGroup }) =>
    sentence`Target group ${code(shortName(targetGroup))} hands on clients' own addresses, so this interface must admit the clients themselves or the load balancer's group.`,
  'policies-are-not-network': () =>
    sentence`If the service answers with an error such as 403, a policy refuses (endpoint, bucket or IAM): no group, ACL or route.`,
  'too-big-is-not-told': () =>
    sentence`Packets must get smaller on the way, and the network ACL keeps out the ICMP messages that tell so: large transfers may stall.`,
  'limit-may-be-reached': () =>
    sentence`So many connections may reach a limit: tracked connections of the instance, ports of a NAT gateway or load balancer.`,
  'not-loggable': ({ service }) => sentence`Traffic to ${shortName(service)} is never written to flow logs.`,
  'not-delivered-yet': ({ retryAt }) =>
    sentence`Records of this time may still be on their way: ask again after ${time(retryAt)}.`,
  'rests-on-inference': ({ facts }) =>
    sentence`Not beyond doubt: ${facts.map((fact) => INFERENCES.get(fact) ?? shortName(fact)).join('; ')}.`,
  changed: explainChange,
};

/** Rules that the near misses have not told already. */
function untold(rules: readonly (SecurityGroupRule | NetworkAclEntry)[], { finding, diagnosis }: Telling): Sentence[] {
  const told = new Set(
    finding.blockedBy.flatMap((blocker) =>
      'nearMisses' in blocker
        ? blocker.nearMisses.map(({ rule }) => plainText(explainRule(rule, diagnosis.target)))
        : [],
    ),
  );
  return rules
    .map((rule) => explainRule(rule, diagnosis.target))
    .filter((words) => !told.has(plainText(words)))
    .slice(0, 3);
}

const OPENER: Readonly<Record<Extract<Reason, { kind: 'opener-guessed' }>['because'], string>> = {
  order: 'taken from which record came first',
  port: 'taken from the port numbers',
  nothing: 'not known',
};

function formatRejectReason(value: string): string {
  return REJECT_REASONS.get(value) ?? shortName(value);
}

/** FLOW-35. */
const REJECT_REASONS = new Map([
  ['BPA', 'BPA (VPC Block Public Access)'],
  ['EC', 'EC (VPC Encryption Controls)'],
]);

/** Flags are OR-ed over an interval; ACK alone is written as 0 (FLOW-60..63). */
function formatFlags(value: number): string {
  if (value === 0) return '0 (data or ACK, no SYN)';
  const names = FLAG_NAMES.filter(([bits]) => (value & bits) === bits).map(([, name]) => name);
  const told = (value & SYN_ACK) === SYN_ACK ? names.filter((name) => name !== 'SYN') : names;
  return told.length === 0 ? String(value) : `${value} (${told.join(', ')})`;
}

/** FLOW-64. */
function isOpening(value: number): boolean {
  return (value & SYN_ACK) === SYN;
}

const SYN = 2;
const SYN_ACK = 18;
const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [SYN, 'SYN'],
  [SYN_ACK, 'SYN-ACK'],
  [1, 'FIN'],
  [4, 'RST'],
];
