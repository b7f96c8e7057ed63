import { sameAddress } from '../../net/address.ts';
import type { Blocker, Reason } from '../finding.ts';
import { packetOfFlow } from '../packet-of-flow.ts';
import { crossFilters } from '../path/cross-filters.ts';
import type { Hop } from '../path/path.ts';
import { pathWorld } from '../path/path-world.ts';
import { answerElsewhere, type AnswerElsewhere } from './answer-elsewhere.ts';
import { blocked, inferred, notARule, undetermined } from './conclude.ts';
import { circumstances } from './circumstances.ts';
import type { Conclusion } from './row.ts';
import type { FlowSituation } from './situation.ts';

/** Not known to have left by none of the instance's other interfaces. */
export function mayBeAnsweredElsewhere(situation: FlowSituation): boolean {
  return answerElsewhere(situation).kind !== 'nowhere';
}

export function isAnsweredElsewhere(situation: FlowSituation): boolean {
  return answerElsewhere(situation).kind === 'left';
}

/**
 * The host answers by another of its interfaces. AWS does not say what becomes of such an answer; where its record is a
 * reject and the rules there deny it, it was judged as the new flow that it is to that interface.
 * CT-20, CT-21. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function answeredElsewhere(situation: FlowSituation): Conclusion {
  const elsewhere = answerElsewhere(situation);
  const reasons = circumstances(situation);
  if (elsewhere.kind !== 'left')
    return undetermined({ reasons, gaps: elsewhere.kind === 'unknown' ? elsewhere.gaps : [] });
  return concludeFrom(elsewhere, situation, [reasonOf(elsewhere, situation), ...reasons, inferred('CT-20', 'CT-21')]);
}

type Left = Extract<AnswerElsewhere, { kind: 'left' }>;

function concludeFrom(left: Left, situation: FlowSituation, reasons: readonly Reason[]): Conclusion {
  if (left.answer.egress.rejected === undefined) return notARule('likely', { reasons });
  const { outcomes, blockedBy } = judgedAsNew(left, situation);
  if (blockedBy.length > 0) return blocked('likely', { blockedBy, reasons });
  const gaps = outcomes.flatMap((outcome) => (outcome.kind === 'unknown' ? outcome.gaps : []));
  return undetermined({ reasons, gaps: [...gaps, { fact: 'configuration-changes', because: 'not-collected' }] });
}

/** What the filters of that interface say of the answer, which to them opens a flow. */
function judgedAsNew(
  { by, answer }: Left,
  { scene }: FlowSituation,
): { readonly outcomes: readonly Hop['outcome'][]; readonly blockedBy: readonly Blocker[] } {
  const packet = packetOfFlow(answer, 'egress', answer.clientPorts.listed[0]);
  const journey = { leg: 'forward', packet, place: { kind: 'leaving', at: by }, crossed: [] } as const;
  const outcomes = crossFilters({ world: pathWorld(scene.snapshot) }, journey, { at: by, direction: 'egress' }).map(
    ({ outcome }) => outcome,
  );
  const obstacles = outcomes.flatMap((outcome) => (outcome.kind === 'blocked' ? outcome.obstacles : []));
  return {
    outcomes,
    blockedBy: obstacles.map((obstacle) => ({ kind: 'path', obstacle: { ...obstacle, leg: 'return' } })),
  };
}

function reasonOf({ by, answer }: Left, { group }: FlowSituation): Reason {
  const isOwn = by.addresses.some(({ address }) => sameAddress(address, answer.local));
  return {
    kind: 'answered-by-other-interface',
    interfaceId: by.id,
    action: answer.egress.rejected === undefined ? 'ACCEPT' : 'REJECT',
    isChecked: by.sourceDestCheck && !isOwn && sameAddress(answer.local, group.local),
  };
}
