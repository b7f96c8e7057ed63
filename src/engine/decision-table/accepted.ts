import type { Packet } from '../../net/packet.ts';
import { ICMP, ICMPV6, TCP } from '../../net/protocol.ts';
import { blockersOf } from '../blockers.ts';
import { evaluateInterface } from '../evaluate-interface.ts';
import type { Reason } from '../finding.ts';
import { answeredElsewhere, isAnsweredElsewhere, mayBeAnsweredElsewhere } from './answered-elsewhere.ts';
import { circumstances } from './circumstances.ts';
import { blocked, inferred, notARule, undetermined } from './conclude.ts';
import * as is from './flow-predicates.ts';
import { missedNothing } from './missed-nothing.ts';
import { otherInterfaces } from './other-interfaces.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';
import { narrows, obstaclesOf, wayOf } from './way.ts';

const SYN = 2;
const RST = 4;
const ACK = 16;

const wentIn = [is.notRejected, is.forward, is.ingress, is.acceptedAlong] as const;
const accepted = [is.notRejected, is.forward, is.acceptedAlong] as const;
const passed = [is.notRejected, is.forward, is.acceptedAgainst, is.allowedToday] as const;

/** Nothing was rejected: what the accepted records of the flow asked about can still tell, T-35 to T-41 and T-63 to T-66. */
export const ACCEPTED: readonly FlowRow[] = [
  {
    id: 'T-35',
    about: 'flow',
    title: "The answer left this interface, and the ACL of the client's own subnet denies it on arrival",
    when: [...wentIn, is.acceptedAgainst, neverWentOn, ({ remote }) => remote.arrival?.networkAcl.kind === 'denied'],
    conclude: deniedOnArrival,
  },
  {
    id: 'T-36',
    about: 'flow',
    title: 'Request and answer both passed this interface: look at the application, TLS, a proxy or the path MTU',
    when: [...passed],
    conclude: passes,
  },
  {
    id: 'T-37',
    about: 'flow',
    title: 'The host answered with a reset: nothing listens on the port, or a firewall on the host refuses',
    when: [...wentIn, is.allowedToday, is.tcp, wasRefused],
    conclude: (situation) =>
      notARule('likely', { reasons: [...circumstances(situation), { kind: 'host-reset' }, inferred('FLOW-62')] }),
  },
  {
    id: 'T-38',
    about: 'flow',
    title: 'The packets reached the interface and nothing ever left it: the host did not answer',
    when: [...wentIn, is.silentAgainst, is.allowedToday, is.not(isAnsweredElsewhere)],
    conclude: noAnswer,
  },
  {
    id: 'T-39',
    about: 'flow',
    title: 'As T-38, and the answer left, or may have left, by another interface of the instance',
    when: [...wentIn, is.silentAgainst, is.allowedToday, mayBeAnsweredElsewhere],
    conclude: answeredElsewhere,
  },
  {
    id: 'T-40',
    about: 'flow',
    title: 'Opening packets and their answers, over and over, and never more: the answer does not reach the client',
    when: [...wentIn, is.acceptedAgainst, is.tcp, onlyHandshakes, repeated, is.allowedToday],
    conclude: lostOnTheWayBack,
  },
  {
    id: 'T-41',
    about: 'flow',
    title: 'The handshake is fine and large transfers stall: packet sizes on the path',
    when: [...passed, is.acceptedAlong, is.tcp, is.not(wasRefused), is.not(onlyHandshakes), mayLoseLargePackets],
    conclude: (situation) =>
      undetermined({
        reasons: [...circumstances(situation), { kind: 'too-big-is-not-told' }],
        gaps: [{ fact: 'path', about: 'mtu', because: 'not-found' }],
      }),
  },
  {
    id: 'T-63',
    about: 'flow',
    title: 'An old connection lives on though the rules deny it: new ones will fail',
    when: [...accepted, livesOn],
    conclude: (situation) =>
      blocked('likely', {
        blockedBy: situation.answers.blockers,
        reasons: [{ kind: 'configuration-denies' }, ...circumstances(situation)],
      }),
  },
  {
    id: 'T-64',
    about: 'flow',
    title: 'New connections are accepted though the rules we read deny them: those are not the rules in force',
    when: [...accepted, is.either(is.groupsDeny, is.aclDenies), is.not(livesOn)],
    conclude: (situation) =>
      undetermined({
        reasons: [{ kind: 'configuration-denies' }, ...circumstances(situation), inferred('EVAL-23', 'SG-42')],
        gaps: [{ fact: 'configuration-changes', because: 'not-collected' }],
      }),
  },
  {
    id: 'T-66',
    about: 'flow',
    title: 'A great many connections, all accepted: a limit of the instance, NAT or load balancer may be reached',
    when: [is.notRejected, is.acceptedAlong, ({ group }) => group.conversations >= MANY_CONVERSATIONS],
    conclude: (situation) =>
      notARule('possible', {
        reasons: [...circumstances(situation), { kind: 'limit-may-be-reached' }],
        gaps: [{ fact: 'path', about: 'conntrack_allowance_exceeded', because: 'not-modelled' }],
      }),
  },
];

/** The answers leave and the client goes on asking: what stands between, by the client's side and the way (PEER-11). */
function lostOnTheWayBack(situation: FlowSituation): Conclusion {
  const reasons = [...circumstances(situation), inferred('FLOW-65')];
  const way = wayOf(situation);
  const found = way === undefined ? [] : obstaclesOf(way, 'return');
  if (way !== undefined && found.length > 0) return blocked('likely', { blockedBy: found, reasons, gaps: way.gaps });
  return notARule('likely', {
    reasons: [{ kind: 'configuration-allows', today: true }, ...reasons],
    gaps:
      way?.verdict === 'reachable'
        ? []
        : [{ fact: 'path', about: 'way-back', because: way === undefined ? 'not-collected' : 'not-found' }],
  });
}

/**
 * Where packets must get smaller on the way, senders learn it by ICMP (type 3 code 4, IPv6 type 2), which this subnet's
 * ACL keeps out.
 * NACL-21, RT-55. https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
 */
function mayLoseLargePackets(situation: FlowSituation): boolean {
  const way = wayOf(situation);
  if (way === undefined || !narrows(way)) return false;
  const { remote, local } = situation.group;
  const tooBig: Packet =
    remote.family === 'ipv4'
      ? { protocol: ICMP, source: remote, destination: local, icmp: { type: 3, code: 4 } }
      : { protocol: ICMPV6, source: remote, destination: local, icmp: { type: 2, code: 0 } };
  return evaluateInterface(situation.scene.filters, 'ingress', tooBig).networkAcl.kind === 'denied';
}

/** What one address of a NAT gateway can hold open towards one service (RT-23). */
const MANY_CONVERSATIONS = 55_000;

/** No opening packet among them, and only the groups deny: they go on admitting what they remember (CT-8). */
function livesOn(situation: FlowSituation): boolean {
  const isOlder = is.tcp(situation) && situation.flags === 'middle';
  return isOlder && is.groupsDeny(situation) && is.aclAllows(situation);
}

function wasRefused({ against }: FlowSituation): boolean {
  return against.accepted?.flags.some(isReset) ?? false;
}

/** A reset without SYN-ACK before it (FLOW-62, FLOW-63). */
function isReset(flags: number): boolean {
  return (flags & RST) !== 0 && (flags & ACK) === 0;
}

function repeated({ along }: FlowSituation): boolean {
  return (along.accepted?.packets ?? 0) > 1;
}

/** Nothing but SYN one way and nothing but SYN-ACK the other. */
function onlyHandshakes({ along, against }: FlowSituation): boolean {
  return isOnly(SYN, along.accepted?.flags) && isOnly(SYN | ACK, against.accepted?.flags);
}

/** A client that got an answer goes on to send: more than its SYN in the flags shows that one arrived. */
function neverWentOn({ along }: FlowSituation): boolean {
  return along.accepted?.flags.every((value) => value === SYN) ?? false;
}

function isOnly(wanted: number, flags: readonly number[] = []): boolean {
  return flags.length > 0 && flags.every((value) => value === wanted);
}

/** From configuration alone: the client's records are another interface's (DEC-4: one of the two). */
function deniedOnArrival(situation: FlowSituation): Conclusion {
  const { arrival } = situation.remote;
  return blocked('likely', {
    blockedBy: arrival === undefined ? [] : blockersOf(arrival).filter(({ kind }) => kind === 'network-acl'),
    reasons: [{ kind: 'configuration-denies' }, ...circumstances(situation)],
    gaps: [{ fact: 'flow-log-records', about: situation.remote.interface?.id ?? '', because: 'not-collected' }],
  });
}

/** Where only the answers are on record, the requests came another way or before the window. */
function passes(situation: FlowSituation): Conclusion {
  const { along, against, answers, flow } = situation;
  const isShaken = flow.protocol !== TCP || against.accepted?.flags.some((flags) => flags & ACK) === true;
  const isWhole = along.accepted !== undefined;
  return notARule(isShaken && isWhole ? 'likely' : 'possible', {
    reasons: [{ kind: 'configuration-allows', today: true }, ...circumstances(situation)],
    gaps: [
      ...answers.gaps,
      ...(isWhole ? [] : ([{ fact: 'flow-log-records', about: 'earlier', because: 'not-collected' }] as const)),
    ],
  });
}

/** One packet without an answer is no proof: some protocols expect none. Other interfaces of the instance were read too. */
function noAnswer(situation: FlowSituation): Conclusion {
  const reasons: Reason[] = [{ kind: 'configuration-allows', today: true }, ...circumstances(situation)];
  const silence: Reason[] = [{ kind: 'no-answer-from-host' }, ...unrecorded(situation)];
  return missedNothing(situation.scene, situation.along.accepted?.firstSeen ?? 0)
    ? notARule(repeated(situation) ? 'likely' : 'possible', { reasons: [...reasons, ...silence] })
    : undetermined({ reasons, gaps: [{ fact: 'flow-log-records', because: 'not-collected' }] });
}

/** By another interface the host may have answered from this one's address, which the check there drops (EVAL-13, EVAL-14). */
function unrecorded(situation: FlowSituation): readonly Reason[] {
  return otherInterfaces(situation).some(({ sourceDestCheck }) => sourceDestCheck) ? [inferred('EVAL-14')] : [];
}
