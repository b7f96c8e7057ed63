import { formatAddress } from '../../net/address.ts';
import { blockPublicAccess, blockPublicAccessStops } from './block-public-access.ts';
import { blocked, inferred, notARule, undetermined, wasBlocked } from './conclude.ts';
import { acceptedBefore, circumstances } from './circumstances.ts';
import { acceptedAfter, deniedToday, obstacles } from './denied.ts';
import { doubtsOf, isGap, isReason } from './doubts.ts';
import * as is from './flow-predicates.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';
import { plainChange, turningPoints } from './turning-points.ts';
import { lateChanges, unseenChanges } from '../unseen-changes.ts';

const rejectedRequest = [is.rejected, is.ingress, is.forward] as const;

/** Somebody wanted in and was turned away: what the filters say of the packet, T-1 to T-10. */
export const INGRESS_REJECTS: readonly FlowRow[] = [
  {
    id: 'T-1',
    about: 'flow',
    title: 'No inbound rule of any attached security group admits the packet',
    when: [...rejectedRequest, is.groupsDeny, is.not(is.aclDenies)],
    conclude: deniedToday,
  },
  {
    id: 'T-2',
    about: 'flow',
    title: 'The security groups would admit the packet, an inbound entry of the network ACL denies it',
    when: [...rejectedRequest, is.groupsAllow, is.aclDenies],
    conclude: deniedToday,
  },
  {
    id: 'T-3',
    about: 'flow',
    title: 'Network ACL and security groups both keep the packet out: two changes are needed',
    when: [...rejectedRequest, is.groupsDeny, is.aclDenies],
    conclude: deniedToday,
  },
  {
    id: 'T-4',
    about: 'flow',
    title: 'Both filters admit the packet today, and something changed or was accepted after the reject',
    when: [
      ...rejectedRequest,
      is.groupsAllow,
      is.aclAllows,
      is.allowedSince,
      is.either(is.flagsAreNot('middle'), is.changedSince),
    ],
    conclude: blockedByOldRules,
  },
  {
    id: 'T-5',
    about: 'flow',
    title: 'A late packet of a connection that was already closed or forgotten',
    when: [is.rejected, is.tcp, is.either(is.late, maybeLate)],
    conclude: latePacket,
  },
  {
    id: 'T-6',
    about: 'flow',
    title: 'Both filters admit the packet today and nothing is known to have changed',
    when: [
      ...rejectedRequest,
      is.groupsAllow,
      is.aclAllows,
      is.flagsAreNot('middle'),
      is.not(is.allowedSince),
      is.not(is.overlapping),
    ],
    conclude: allowedYetRejected,
  },
  {
    id: 'T-9',
    about: 'flow',
    title: 'Traffic from the internet, rejected without a logged reason while VPC Block Public Access is in force',
    when: [
      is.rejected,
      is.ingress,
      is.withPublic,
      is.not(is.logged('reject-reason')),
      is.neverAccepted,
      blockPublicAccessStops,
    ],
    conclude: (situation) =>
      blocked('likely', {
        blockedBy: [blockPublicAccess(situation.scene)],
        reasons: [...circumstances(situation), { kind: 'reject-reason-not-logged' }, inferred('RT-34')],
      }),
  },
  {
    id: 'T-10',
    about: 'flow',
    title: 'What one of the filters says cannot be told, and the other one does not settle it',
    when: [is.rejected, is.either(is.aclUnknown, (situation) => is.forward(situation) && is.groupsUnknown(situation))],
    conclude: unlessSettled,
  },
  {
    id: 'T-14',
    about: 'flow',
    title:
      'An internet client behind a network load balancer that keeps client addresses: the target must admit the client',
    when: [...rejectedRequest, is.withPublic, is.groupsDeny, isHandedOn],
    conclude: (situation) => {
      const groups = preservingGroups(situation);
      const reasons = groups.map((targetGroup) => ({ kind: 'client-addresses-preserved', targetGroup }) as const);
      return deniedToday(situation, { reasons });
    },
  },
  {
    id: 'T-20',
    about: 'flow',
    title: 'A UDP answer that came after the interface had forgotten the question',
    when: [is.rejected, is.ingress, is.udp, is.aclAllows, is.forgotten],
    conclude: forgotten,
  },
  {
    id: 'T-65',
    about: 'flow',
    title: 'Accepted and rejected within one interval: the rules changed in it, or the packets differ',
    when: [is.rejected, is.forward, is.overlapping, is.flagsAreNot('middle')],
    conclude: (situation) => {
      const conclusion = is.allowedSince(situation) ? blockedByOldRules(situation) : allowedYetRejected(situation);
      return { ...conclusion, reasons: [...conclusion.reasons, { kind: 'accept-and-reject-overlap' }] };
    },
  },
];

/**
 * The old rules blocked it. Where the changes since tell how the rules were, they say what denied and whose hand let it
 * through; where they do not, a change afterwards makes it likely.
 */
export function blockedByOldRules(situation: FlowSituation): Conclusion {
  const { conversation, scene, past } = situation;
  const isKnown = past?.answer === 'deny';
  const doubts = isKnown ? doubtsOf(situation, past.blockers) : [];
  const changed = isKnown ? turningPoints(situation) : conversation.changesSince.map(plainChange);
  return wasBlocked(isKnown && doubts.length === 0 ? 'certain' : 'likely', {
    blockedBy: isKnown ? past.blockers : [],
    reasons: [
      { kind: 'configuration-allows', today: true },
      ...circumstances(situation),
      ...changed,
      ...(conversation.acceptedAfter ? [acceptedAfter(situation)] : []),
      ...doubts.filter(isReason),
    ],
    gaps: isKnown ? doubts.filter(isGap) : unseenChanges(scene),
  });
}

/**
 * Inconclusive, and never "a fault of AWS": members of a group, entries of a prefix list or an association may have been
 * others when the packet came (SG-25, SG-32, SG-41), or a change had not spread yet (EVAL-23).
 */
export function allowedYetRejected(situation: FlowSituation): Conclusion {
  return undetermined({
    reasons: [
      { kind: 'configuration-allows', today: true },
      ...circumstances(situation),
      ...(situation.conversation.acceptedAfter ? [acceptedAfter(situation)] : []),
      inferred('SG-25', 'SG-32', 'SG-41', 'EVAL-23'),
    ],
    gaps: [...unseenChanges(situation.scene), ...lateChanges(situation.scene), ...situation.answers.gaps],
  });
}

/** The interface had dropped the flow from its table when the packet came (CT-11, CT-12, CT-23). */
export function forgotten(situation: FlowSituation): Conclusion {
  const { conversation } = situation;
  return notARule(situation.flags === 'not-logged' ? 'possible' : 'likely', {
    reasons: [
      ...circumstances(situation),
      acceptedBefore(situation),
      { kind: 'idle-timeout', ...conversation.timeout },
      inferred('CT-23'),
    ],
  });
}

/** What denies for certain is named even while another filter cannot be told (T-10). */
export function unlessSettled(situation: FlowSituation): Conclusion {
  const settled = obstacles(situation);
  if (settled.length > 0) return deniedToday(situation, { blockedBy: settled });
  return undetermined({ reasons: circumstances(situation), gaps: situation.answers.gaps });
}

/** Without flags the same pattern may as well be a new connection from a port used before (FLOW-110). */
function maybeLate(situation: FlowSituation): boolean {
  const mayPass = is.groupsAllow(situation) || (is.returning(situation) && is.closing(situation));
  return situation.flags === 'not-logged' && is.acceptedBefore(situation) && is.aclAllows(situation) && mayPass;
}

/**
 * Flags and an earlier ACCEPT tell a late packet (CT-22, CT-23). Where one of the two is missing it is a pattern only; and
 * where rules changed afterwards, they may have cut a connection that nobody tracked (CT-9).
 */
function latePacket(situation: FlowSituation): Conclusion {
  const wasSeen = is.acceptedBefore(situation);
  const isPlain = wasSeen && situation.flags === 'middle' && !is.changedSince(situation);
  return notARule(isPlain ? 'likely' : 'possible', {
    reasons: [
      { kind: 'configuration-allows', today: true },
      ...circumstances(situation),
      ...(wasSeen ? [acceptedBefore(situation)] : []),
      inferred('CT-23'),
    ],
    gaps: wasSeen ? [] : [{ fact: 'flow-log-records', about: 'earlier', because: 'not-collected' }],
  });
}

function isHandedOn(situation: FlowSituation): boolean {
  return preservingGroups(situation).length > 0;
}

/**
 * With client addresses preserved the target sees the client itself.
 * ENI-5, ENI-6. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function preservingGroups({ scene: { snapshot, interface: own } }: FlowSituation): readonly string[] {
  const names = new Set<string | undefined>([
    own.instanceId,
    ...own.addresses.map(({ address }) => formatAddress(address)),
  ]);
  const isOwn = (id: string): boolean => names.has(id);
  return [...snapshot.targetGroups.values()]
    .filter(({ preserveClientIp, targets = [] }) => preserveClientIp === true && targets.some(({ id }) => isOwn(id)))
    .map(({ name }) => name);
}
