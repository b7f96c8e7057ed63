import type { FlowGroup, Tally } from '../../flowlog/observations.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Gap } from '../../vpc/gap.ts';
import { filterAnswers } from '../filter-answers.ts';
import type { Blocker, Change, Reason } from '../finding.ts';
import { isSameFlow } from '../same-flow.ts';
import { blockPublicAccessStops } from './block-public-access.ts';
import { blocked, type Remarks } from './conclude.ts';
import { idlePastTimeout } from './flow-predicates.ts';
import type { Conclusion } from './row.ts';
import type { FlowSituation } from './situation.ts';

/**
 * Without the history of changes, today's rules are taken to have been in force for rejects this young.
 * An older reject may have met other rules: its culprit is likely, not certain (DEC-4, FLOW-109).
 */
const RECENT_SECONDS = 3600;

/**
 * A filter denies today and a record shows the reject.
 *
 * `certain` when nothing speaks against "today's rules are the ones that the packet met": the last reject is younger
 * than an hour or the changes are known, no change of a blocker came after it, the flow was not accepted since, and
 * the records show the packet for what it is taken for. Otherwise `likely`, with the doubt as a reason (DEC-4).
 */
export function deniedToday(situation: FlowSituation, remarks: Remarks = {}): Conclusion {
  const blockers = remarks.blockedBy ?? obstacles(situation);
  const doubts = DOUBTS.flatMap((doubt) => doubt(situation, blockers));
  const reasons = [...(remarks.reasons ?? []), ...doubts.filter(isReason)];
  const isInferred = reasons.some(({ kind }) => kind === 'rests-on-inference');
  return blocked(doubts.length === 0 && !isInferred ? 'certain' : 'likely', {
    blockedBy: blockers,
    reasons: [{ kind: 'configuration-denies' }, ...circumstances(situation), ...reasons],
    gaps: [...(remarks.gaps ?? []), ...doubts.filter(isGap), ...situation.answers.gaps],
  });
}

/**
 * What stands in the way of this leg. On the way back a security group stands in nobody's way: what it admitted, it lets
 * answer (CT-1), and where it keeps no state the rule of the other direction admits everything (CT-2, CT-3).
 */
export function obstacles({ answers, flow }: FlowSituation): readonly Blocker[] {
  return flow.leg === 'forward' ? answers.blockers : answers.blockers.filter(({ kind }) => kind === 'network-acl');
}

/** Facts worth saying whatever the row: they make the reader see the same packet as we do. */
export function circumstances({ flags, rejected, remote, answers }: FlowSituation): readonly Reason[] {
  const reasons: Reason[] = [];
  if (flags === 'not-logged') reasons.push({ kind: 'flags-not-logged' });
  else if (rejected !== undefined && flags !== 'not-tcp') reasons.push({ kind: 'flags', values: rejected.flags });
  if (remote.sameSubnet && !answers.aclConsulted) reasons.push({ kind: 'same-subnet' });
  if (remote.effectivePublic) reasons.push({ kind: 'public-source' });
  if (answers.securityGroups.kind === 'not-applicable') reasons.push({ kind: 'no-security-groups' });
  return reasons;
}

/** The same connections were accepted earlier. */
export function acceptedBefore({ conversation: { idleSeconds } }: FlowSituation): Reason {
  return { kind: 'accepted-before', ...(idleSeconds !== undefined && { idleSeconds }) };
}

/** The same flow was accepted later, perhaps by other connections, whose records are another group. */
export function acceptedAfter(situation: FlowSituation): Reason {
  return acceptedAt(laterAccepts(situation, sameFlow(situation)));
}

function acceptedAt(times: readonly EpochSeconds[]): Reason {
  return { kind: 'accepted-after', ...(times.length > 0 && { at: Math.min(...times) }) };
}

function sameFlow({ scene, group }: FlowSituation): readonly FlowGroup[] {
  return scene.observations.groups.filter((other) => isSameFlow(other, group));
}

function laterAccepts({ flow, rejected }: FlowSituation, groups: readonly FlowGroup[]): readonly EpochSeconds[] {
  const since = rejected?.lastSeen ?? Infinity;
  return groups.flatMap((other) => acceptsAfter(other[flow.direction].accepted, since));
}

/** Of a group's accepts only the first and the last are known by their time. */
function acceptsAfter(accepted: Tally | undefined, since: EpochSeconds): readonly EpochSeconds[] {
  return accepted === undefined ? [] : [accepted.firstSeen, accepted.lastSeen].filter((time) => time > since);
}

type Doubt = Reason | Gap;

const DOUBTS: readonly ((situation: FlowSituation, blockers: readonly Blocker[]) => readonly Doubt[])[] = [
  changesOfBlockers,
  unknownHistory,
  acceptedSince,
  notAnOpening,
  notSurelyAnAnswer,
  mayBeBlockPublicAccess,
  onlySomePorts,
];

function isGap(doubt: Doubt): doubt is Gap {
  return 'fact' in doubt;
}

function isReason(doubt: Doubt): doubt is Reason {
  return 'kind' in doubt;
}

function changesOfBlockers({ conversation, scene }: FlowSituation, blockers: readonly Blocker[]): readonly Doubt[] {
  const subnetId: string = scene.interface.subnetId ?? '';
  const isOfAcl = ({ objects }: Change, aclId: string): boolean =>
    objects.some((id) => id === aclId || id === subnetId);
  const isOfGroups = ({ objects }: Change): boolean => !objects.every((id) => id.startsWith('acl-') || id === subnetId);
  return conversation.changesSince
    .filter((change) =>
      blockers.some((blocker) => (blocker.kind === 'network-acl' ? isOfAcl(change, blocker.id) : isOfGroups(change))),
    )
    .map((change): Reason => ({ kind: 'changed', change }));
}

function unknownHistory({ scene, rejected }: FlowSituation): readonly Doubt[] {
  const isRecent = rejected !== undefined && scene.now - rejected.lastSeen <= RECENT_SECONDS;
  return scene.changes === undefined && !isRecent ? [{ fact: 'configuration-changes', because: 'not-collected' }] : [];
}

function acceptedSince(situation: FlowSituation): readonly Doubt[] {
  const { group, conversation, flow } = situation;
  if (group.order.overlapping) return [{ kind: 'accept-and-reject-overlap' }];
  if (!conversation.acceptedAfter) return [];
  return flow.leg === 'forward' ? [acceptedAfter(situation)] : answersAcceptedSince(situation);
}

/** An ACL may let the answers to some client ports pass and not those to others: only what it denies today contradicts it. */
function answersAcceptedSince(situation: FlowSituation): readonly Doubt[] {
  const { scene, flow } = situation;
  const denied = sameFlow(situation).filter(
    (other) => filterAnswers(scene.filters, other, flow.direction).acl !== 'allow',
  );
  const times = laterAccepts(situation, denied);
  return times.length === 0 ? [] : [acceptedAt(times)];
}

/**
 * Data, FIN or RST without the SYN before it: groups deny new connections, but this one may have been let in before. If it
 * was untracked, the rule that went cut it at once (CT-9); if not, it lived on until it was forgotten (CT-8, CT-23). An ACL
 * keeps no state: it denies such a packet like any other (CT-10).
 */
function notAnOpening(situation: FlowSituation, blockers: readonly Blocker[]): readonly Doubt[] {
  const { flags, flow, conversation } = situation;
  const isByGroups = blockers.some(({ kind }) => kind === 'security-group');
  if (flow.leg !== 'forward' || flags !== 'middle' || !isByGroups) return [];
  if (!conversation.acceptedBefore) return [{ kind: 'rests-on-inference', facts: ['CT-23'] }];
  return [acceptedBefore(situation), { kind: 'rests-on-inference', facts: ['CT-9', 'CT-23'] }];
}

/**
 * "Request accepted, answer rejected: the network ACL" holds only for an answer to a request seen on this interface, whose
 * connection was neither closed nor forgotten (FLOW-108). A SYN-ACK proves that; so does an answer of which none was
 * accepted and which came in time.
 */
function notSurelyAnAnswer(situation: FlowSituation): readonly Doubt[] {
  const { flow, flags, along, against, conversation } = situation;
  if (flow.leg === 'forward') return [];
  const isFresh = along.accepted === undefined && !conversation.closing && !idlePastTimeout(situation);
  const isAnswer = flags === 'answering' || (flags !== 'middle' && isFresh);
  return against.accepted !== undefined && isAnswer ? [] : [{ kind: 'rests-on-inference', facts: ['FLOW-108'] }];
}

/** A reject by Block Public Access looks like any other where the log does not carry the reason (FLOW-35). */
function mayBeBlockPublicAccess(situation: FlowSituation): readonly Doubt[] {
  if (situation.scene.observations.fields.has('reject-reason') || !blockPublicAccessStops(situation)) return [];
  return [{ kind: 'reject-reason-not-logged' }];
}

/** Some client ports of the rejected flows are let through today: something else stopped those, or the rules changed. */
function onlySomePorts({ flow, answers }: FlowSituation): readonly Doubt[] {
  const isPartial = flow.leg === 'return' && answers.acl === 'deny' && !answers.aclDeniesAll;
  return isPartial ? [{ kind: 'rests-on-inference', facts: ['NACL-18'] }] : [];
}
