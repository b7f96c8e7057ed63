import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { evaluateInterface, outcomeOf, type InterfaceDecision } from '../evaluate-interface.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../interface-filters.ts';
import type { Conversation, Demand } from './demands.ts';

/** Rejected records whose packet would pass, and whose answer no ACL would stop. */
export function recordsPassing(
  snapshot: Snapshot,
  id: NetworkInterfaceId,
  conversations: readonly Conversation[],
): number {
  const filters = compileInterfaceFilters(snapshot, id);
  return conversations
    .filter(({ rejected, answers }) => {
      const mayAnswer = answers.every((answer) => outcomeOf(judge(filters, answer)) !== 'denied');
      return mayAnswer && passes(filters, rejected);
    })
    .reduce((sum, { records }) => sum + records, 0);
}

export function passes(filters: InterfaceFilters, demand: Demand): boolean {
  return outcomeOf(judge(filters, demand)) === 'allowed';
}

/** What the filters say of a packet, groups left out where they have no say. */
export function judge(filters: InterfaceFilters, { direction, packet, groupsDecide }: Demand): InterfaceDecision {
  const decision = evaluateInterface(filters, direction, packet);
  if (groupsDecide) return decision;
  const { groups, networkAcl } = decision;
  return { groups, direction, packet, securityGroups: { kind: 'not-applicable' }, networkAcl };
}
