import type { Change } from '../../changes/change.ts';
import { blocked, inferred, undetermined } from './conclude.ts';
import { circumstances } from './circumstances.ts';
import { deniedToday } from './denied.ts';
import * as is from './flow-predicates.ts';
import { forgotten } from './ingress-rejects.ts';
import { hasOtherInterfaces } from './other-interfaces.ts';
import type { Conclusion, FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';
import { unseenChanges } from '../unseen-changes.ts';

const rejectedAnswerOut = [is.rejected, is.egress, is.returning] as const;
const rejectedAnswerIn = [is.rejected, is.ingress, is.returning] as const;

/**
 * The request passed and its answer did not, T-29 to T-34. "Then it is the network ACL" holds only while the security
 * group remembers the flow (FLOW-108): the rows tell those cases apart, and never blame an ACL that allows.
 */
export const RETURN_PATH: readonly FlowRow[] = [
  {
    id: 'T-29',
    about: 'flow',
    title: "The network ACL lets the request in and does not let its answer out to the client's port",
    when: [...rejectedAnswerOut, is.aclDenies],
    conclude: deniedReply,
  },
  {
    id: 'T-30',
    about: 'flow',
    title: 'An untracked flow whose outbound rule was taken away: nothing remembers that the answer was asked for',
    when: [...rejectedAnswerOut, is.aclAllows, is.groupsDeny, is.maybeUntracked, is.not(is.forgotten)],
    conclude: outboundRuleNarrowed,
  },
  {
    id: 'T-31',
    about: 'flow',
    title: 'The server spoke after the flow had been idle for longer than it is remembered',
    when: [...rejectedAnswerOut, is.aclAllows, is.forgotten],
    conclude: forgotten,
  },
  {
    id: 'T-32',
    about: 'flow',
    title: "The network ACL lets the request out and does not let its answer in to the interface's own port",
    when: [...rejectedAnswerIn, is.aclDenies],
    conclude: deniedReply,
  },
  {
    id: 'T-33',
    about: 'flow',
    title:
      'An answer is rejected though the ACL admits it: it came to another interface than the request left, or too late',
    when: [...rejectedAnswerIn, is.aclAllows, is.not(is.forgotten), is.not(is.late)],
    conclude: (situation) =>
      undetermined({
        reasons: [
          ...circumstances(situation),
          ...(cameToOtherInterface(situation) ? ([{ kind: 'reply-came-to-other-interface' }] as const) : []),
          inferred('CT-20', 'CT-21', 'CT-22'),
        ],
        gaps: [{ fact: 'path', about: 'other-interfaces', because: 'not-modelled' }],
      }),
  },
  {
    id: 'T-34',
    about: 'flow',
    title: 'The client had forgotten its idle connection when the server spoke again',
    when: [...rejectedAnswerIn, is.not(is.udp), is.aclAllows, is.forgotten],
    conclude: forgotten,
  },
];

/** A SYN-ACK for a SYN that this interface did not send, while its instance has others that may have. */
function cameToOtherInterface(situation: FlowSituation): boolean {
  const { scene, flags, against } = situation;
  return (
    flags === 'answering' &&
    against.accepted === undefined &&
    scene.coverage.sees.accept &&
    hasOtherInterfaces(situation)
  );
}

function deniedReply(situation: FlowSituation): Conclusion {
  const { tracking } = situation.conversation;
  return deniedToday(situation, { reasons: tracking === 'unknown' ? [] : [{ kind: tracking }] });
}

/** Today's rules cannot show that the flow was untracked; a rule taken away while it went on makes it likely (CT-9). */
function outboundRuleNarrowed(situation: FlowSituation): Conclusion {
  const changes = narrowedMeanwhile(situation);
  const reasons = [...circumstances(situation), inferred('FLOW-108')];
  if (changes.length > 0) {
    return blocked('likely', {
      blockedBy: situation.answers.blockers.filter(({ kind }) => kind === 'security-group'),
      reasons: [{ kind: 'untracked' }, ...changes.map((change) => ({ kind: 'changed', change }) as const), ...reasons],
    });
  }
  return undetermined({
    reasons,
    gaps: [{ fact: 'connection-tracking', because: 'not-modelled' }, ...unseenChanges(situation.scene)],
  });
}

/** Records may be late by so much, and a change may take as long to be felt (FLOW-11, EVAL-23). */
const GRACE_SECONDS = 60;

const NARROWING: ReadonlySet<string> = new Set(['RevokeSecurityGroupEgress', 'ModifySecurityGroupRules']);

/** Before the request came, the change made the flow a tracked one; after the reject, it cannot have caused it. */
function narrowedMeanwhile({ scene, against, rejected }: FlowSituation): readonly Change[] {
  const own = new Set<string>(scene.interface.groups);
  const from = (against.accepted?.firstSeen ?? Infinity) - GRACE_SECONDS;
  const until = (rejected?.lastSeen ?? -Infinity) + GRACE_SECONDS;
  return scene.changes.filter(
    ({ event, at, objects }) => NARROWING.has(event) && at >= from && at <= until && objects.some((id) => own.has(id)),
  );
}
