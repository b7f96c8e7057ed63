import type { Gap } from '../../vpc/gap.ts';
import type { Blocker, Reason } from '../finding.ts';
import { blockPublicAccessStops } from './block-public-access.ts';
import { acceptedBefore } from './circumstances.ts';
import { idlePastTimeout } from './flow-predicates.ts';
import type { FlowSituation } from './situation.ts';

/** What makes a culprit likely instead of certain: a fact, or one that is missing. */
export type Doubt = Reason | Gap;

/** Whether the records show the packet for what it is taken for, so that these blockers are what stopped it. */
export function doubtsOf(situation: FlowSituation, blockers: readonly Blocker[]): readonly Doubt[] {
  return DOUBTS.flatMap((doubt) => doubt(situation, blockers));
}

const DOUBTS: readonly ((situation: FlowSituation, blockers: readonly Blocker[]) => readonly Doubt[])[] = [
  notAnOpening,
  notSurelyAnAnswer,
  mayBeBlockPublicAccess,
  onlySomePorts,
];

export function isGap(doubt: Doubt): doubt is Gap {
  return 'fact' in doubt;
}

export function isReason(doubt: Doubt): doubt is Reason {
  return 'kind' in doubt;
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
