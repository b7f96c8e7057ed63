import type { FilterAnswers } from './decision-table/situation.ts';
import type { Blocker } from './finding.ts';
import type { Way } from './packet-of-flow.ts';

/**
 * What stands in the way of this leg. On the way back a security group stands in nobody's way: what it admitted, it lets
 * answer (CT-1), and where it keeps no state the rule of the other direction admits everything (CT-2, CT-3).
 */
export function obstaclesOn(leg: Way['leg'], { blockers }: FilterAnswers): readonly Blocker[] {
  return leg === 'forward' ? blockers : blockers.filter(({ kind }) => kind === 'network-acl');
}
