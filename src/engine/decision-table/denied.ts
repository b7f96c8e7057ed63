import type { FlowGroup, Tally } from '../../flowlog/observations.ts';
import type { Change } from '../../changes/change.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import { culpritOf } from '../culprits.ts';
import { filterAnswers } from '../filter-answers.ts';
import type { Blocker, Reason } from '../finding.ts';
import { obstaclesOn } from '../obstacles-on.ts';
import { unseenChanges } from '../unseen-changes.ts';
import { circumstances } from './circumstances.ts';
import { blocked, type Remarks } from './conclude.ts';
import { doubtsOf, isGap, isReason, type Doubt } from './doubts.ts';
import type { Conclusion } from './row.ts';
import type { FlowSituation } from './situation.ts';
import { plainChange, turningPoints } from './turning-points.ts';

/**
 * Without the history of changes, today's rules are taken to have been in force for rejects this young.
 * An older reject may have met other rules: its culprit is likely, not certain (DEC-4, FLOW-109).
 */
const RECENT_SECONDS = 3600;

/**
 * A filter denies today and a record shows the reject.
 *
 * `certain` when nothing speaks against "today's rules are the ones that the packet met": the last reject is younger
 * than an hour or the changes are known, no change of a blocker came after it or the rules before it denied as well, the
 * flow was not accepted since, and the records show the packet for what it is taken for. Otherwise `likely`, with the
 * doubt as a reason (DEC-4).
 */
export function deniedToday(situation: FlowSituation, remarks: Remarks = {}): Conclusion {
  const blockers = remarks.blockedBy ?? obstacles(situation);
  const wereThere = deniedThen(situation, blockers);
  const doubts = [
    ...(wereThere ? [] : [...changesOfBlockers(situation, blockers), ...unknownHistory(situation)]),
    ...acceptedSince(situation),
    ...doubtsOf(situation, blockers),
  ];
  const changed = wereThere ? turningPoints(situation) : [];
  const reasons = [...(remarks.reasons ?? []), ...changed, ...doubts.filter(isReason)];
  const isInferred = reasons.some(({ kind }) => kind === 'rests-on-inference');
  return blocked(doubts.length === 0 && !isInferred ? 'certain' : 'likely', {
    blockedBy: blockers,
    reasons: [{ kind: 'configuration-denies' }, ...circumstances(situation), ...reasons],
    gaps: [...(remarks.gaps ?? []), ...doubts.filter(isGap), ...situation.answers.gaps],
  });
}

/** The same flow was accepted later, perhaps by other connections, whose records are another group. */
export function acceptedAfter(situation: FlowSituation): Reason {
  return acceptedAt(laterAccepts(situation, sameFlow(situation)));
}

function acceptedAt(times: readonly EpochSeconds[]): Reason {
  return { kind: 'accepted-after', ...(times.length > 0 && { at: Math.min(...times) }) };
}

function sameFlow({ scene, group }: FlowSituation): readonly FlowGroup[] {
  return scene.sameFlow(group);
}

function laterAccepts({ flow, rejected }: FlowSituation, groups: readonly FlowGroup[]): readonly EpochSeconds[] {
  const since = rejected?.lastSeen ?? Infinity;
  return groups.flatMap((other) => acceptsAfter(other[flow.direction].accepted, since));
}

/** Of a group's accepts only the first and the last are known by their time. */
function acceptsAfter(accepted: Tally | undefined, since: EpochSeconds): readonly EpochSeconds[] {
  return accepted === undefined ? [] : [accepted.firstSeen, accepted.lastSeen].filter((time) => time > since);
}

export function obstacles({ answers, flow }: FlowSituation): readonly Blocker[] {
  return obstaclesOn(flow.leg, answers);
}

/** Whether all that blocks today stood there while the packets were rejected. */
function deniedThen({ past }: FlowSituation, blockers: readonly Blocker[]): boolean {
  const stood = new Set(past?.answer === 'deny' ? past.blockers.map(culpritOf) : []);
  return blockers.length > 0 && blockers.every((blocker) => stood.has(culpritOf(blocker)));
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
    .map(plainChange);
}

function unknownHistory({ scene, rejected }: FlowSituation): readonly Doubt[] {
  const isRecent = rejected !== undefined && scene.now - rejected.lastSeen <= RECENT_SECONDS;
  return isRecent ? [] : unseenChanges(scene);
}

function acceptedSince(situation: FlowSituation): readonly Doubt[] {
  const { group, conversation, flow, past } = situation;
  const isExplained = past?.answer === 'deny' && past.closedBy.length > 0;
  if (group.order.overlapping && !isExplained) return [{ kind: 'accept-and-reject-overlap' }];
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
