import { isAnywhere } from '../../net/cidr.ts';
import { hasPorts, isIcmp, TCP, UDP } from '../../net/protocol.ts';
import type { Protocol } from '../../net/protocol.ts';
import type { OwnerKind } from '../finding.ts';
import type { FlagClass, FlowSituation } from './situation.ts';

/** The columns of the decision table, one question each. A row is a list of these. */
type Question = (situation: FlowSituation) => boolean;

/** By a filter, as far as the record tells: where it names another reason itself, groups and ACLs play no part (FLOW-35). */
export const rejected: Question = (situation) =>
  situation.rejected !== undefined && !REASONS.some((reason) => rejectedBecause(reason)(situation));
export const notRejected: Question = (situation) => situation.rejected === undefined;

const REASONS = ['BPA', 'EC'] as const;

export const rejectedBecause =
  (reason: (typeof REASONS)[number]): Question =>
  (situation) =>
    situation.rejected?.rejectReasons.includes(reason) ?? false;

export const ingress: Question = ({ flow }) => flow.direction === 'ingress';
export const egress: Question = ({ flow }) => flow.direction === 'egress';
export const forward: Question = ({ flow }) => flow.leg === 'forward';
export const returning: Question = ({ flow }) => flow.leg === 'return';

export const groupsDeny: Question = ({ answers }) => answers.sg === 'deny';
export const groupsAllow: Question = ({ answers }) => answers.sg === 'allow';
export const groupsUnknown: Question = ({ answers }) => answers.sg === 'unknown';
export const aclDenies: Question = ({ answers }) => answers.acl === 'deny';
export const aclAllows: Question = ({ answers }) => answers.acl === 'allow';
export const aclUnknown: Question = ({ answers }) => answers.acl === 'unknown';
/** Filters of today let the packet pass, as far as they can be told. */
export const allowedToday: Question = ({ answers }) => answers.sg !== 'deny' && answers.acl !== 'deny';
export const aclSkipped: Question = ({ answers }) => !answers.aclConsulted;
export const takesNoGroups: Question = ({ answers }) => answers.securityGroups.kind === 'not-applicable';

const protocolIs =
  (protocol: Protocol): Question =>
  ({ flow }) =>
    flow.protocol === protocol;
export const tcp = protocolIs(TCP);
export const udp = protocolIs(UDP);
export const icmp: Question = ({ flow }) => isIcmp(flow.protocol);
export const neitherPortsNorIcmp: Question = ({ flow }) => !hasPorts(flow.protocol) && !isIcmp(flow.protocol);
export const ipv6: Question = ({ flow }) => flow.source.family === 'ipv6';
export const toPort =
  (port: number): Question =>
  ({ flow }) =>
    flow.destinationPort === port;

const flagsAre =
  (...classes: readonly FlagClass[]): Question =>
  ({ flags }) =>
    classes.includes(flags);
export const flagsAreNot =
  (...classes: readonly FlagClass[]): Question =>
  ({ flags }) =>
    !classes.includes(flags);

/** The other end is on the internet. */
export const withPublic: Question = ({ remote }) => remote.effectivePublic;
export const sameSubnet: Question = ({ remote }) => remote.sameSubnet;
export const remoteIs =
  (...kinds: readonly OwnerKind[]): Question =>
  ({ remote }) =>
    remote.owner !== undefined && kinds.includes(remote.owner.kind);
export const localIs =
  (...kinds: readonly OwnerKind[]): Question =>
  ({ scene }) =>
    kinds.includes(scene.owner.kind);

export const acceptedBefore: Question = ({ conversation }) => conversation.acceptedBefore;
export const neverAccepted: Question = ({ conversation }) =>
  !conversation.acceptedBefore && !conversation.acceptedAfter;
export const closing: Question = ({ conversation }) => conversation.closing;
/** The flow was silent for longer than the interface remembers it (CT-11, CT-12). */
export const idlePastTimeout: Question = ({ conversation }) =>
  conversation.idleSeconds !== undefined && conversation.idleSeconds >= conversation.timeout.seconds;

/** Something shows that the answer was another one when the packet came, and no history shows that it was the same. */
export const allowedSince: Question = ({ conversation, past }) =>
  past?.answer !== 'allow' && (conversation.acceptedAfter || conversation.changesSince.length > 0);
export const changedSince: Question = ({ conversation }) => conversation.changesSince.length > 0;
export const overlapping: Question = ({ group }) => group.order.overlapping;

/** An answer that came when the interface no longer remembered who had asked (CT-11, CT-12). */
export const forgotten: Question = (situation) =>
  returning(situation) &&
  flagsAreNot('opening', 'answering')(situation) &&
  groupsDeny(situation) &&
  idlePastTimeout(situation);

/**
 * A packet from the middle of a connection, which the rules let pass: it was closed or forgotten (CT-22, CT-23). What
 * groups say of an answer counts only where the connection was not seen to close.
 */
export const late: Question = (situation) =>
  flagsAre('middle')(situation) &&
  aclAllows(situation) &&
  (forward(situation)
    ? groupsAllow(situation)
    : acceptedBefore(situation) && (groupsAllow(situation) || closing(situation)));

/** TCP or UDP, admitted from anywhere: with an outbound rule to anywhere beside it, the flow was untracked (CT-2). */
export const maybeUntracked: Question = ({ flow, conversation }) =>
  hasPorts(flow.protocol) && conversation.admittedBy.some(({ peer }) => peer.kind === 'cidr' && isAnywhere(peer.cidr));

export const acceptedAlong: Question = ({ along }) => along.accepted !== undefined;
export const acceptedAgainst: Question = ({ against }) => against.accepted !== undefined;
export const silentAgainst: Question = ({ against }) =>
  against.accepted === undefined && against.rejected === undefined;

export const logged =
  (field: string): Question =>
  ({ scene }) =>
    scene.observations.fields.has(field);

export function not(question: Question): Question {
  return (situation) => !question(situation);
}

export function either(...questions: readonly Question[]): Question {
  return (situation) => questions.some((question) => question(situation));
}
