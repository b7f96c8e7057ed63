import * as is from './flow-predicates.ts';
import { deniedToday } from './denied.ts';
import { allowedYetRejected, blockedByOldRules } from './ingress-rejects.ts';
import type { FlowRow } from './row.ts';
import type { FlowSituation } from './situation.ts';

const rejectedRequest = [is.rejected, is.egress, is.forward] as const;

/** The interface wanted out and was held back, T-25 to T-28. */
export const EGRESS_REJECTS: readonly FlowRow[] = [
  {
    id: 'T-25',
    about: 'flow',
    title: 'No outbound rule of any attached security group lets the packet out',
    when: [...rejectedRequest, is.groupsDeny, is.not(is.aclDenies)],
    conclude: deniedToday,
  },
  {
    id: 'T-26',
    about: 'flow',
    title: 'The security groups let the packet out, an outbound entry of the network ACL denies it',
    when: [...rejectedRequest, is.groupsAllow, is.aclDenies],
    conclude: deniedToday,
  },
  {
    id: 'T-27',
    about: 'flow',
    title: 'Security groups and network ACL both hold the packet back: two changes are needed',
    when: [...rejectedRequest, is.groupsDeny, is.aclDenies],
    conclude: deniedToday,
  },
  {
    id: 'T-28',
    about: 'flow',
    title: 'Both filters let the packet out today: they changed since, or it cannot be told',
    when: [is.rejected, is.egress, is.aclAllows, is.either(requestAllowed, answerUnexplained)],
    conclude: (situation) =>
      is.forward(situation) && is.allowedSince(situation)
        ? blockedByOldRules(situation)
        : allowedYetRejected(situation),
  },
];

function requestAllowed(situation: FlowSituation): boolean {
  return is.forward(situation) && is.groupsAllow(situation) && !is.late(situation);
}

/** What groups say of an answer plays no part while they remember the flow (CT-1): T-30, T-31 and T-5 tell when they do not. */
function answerUnexplained(situation: FlowSituation): boolean {
  const isUntracked = is.groupsDeny(situation) && is.maybeUntracked(situation);
  return is.returning(situation) && !isUntracked && !is.forgotten(situation) && !is.late(situation);
}
