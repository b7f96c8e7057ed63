import type { Gap } from '../vpc/gap.ts';
import type { Scene } from './decision-table/situation.ts';
import { idsThatFilter } from './scene.ts';

/**
 * What could not be read and touches the whole answer: everything of a kind, or something that filters this interface.
 * That nobody looked at CloudTrail is one of them: today's rules are then all there is to judge by (FLOW-109).
 */
export function configurationGaps({ snapshot, filters, interface: own, changes }: Scene): readonly Gap[] {
  const concerns = new Set<string>([
    ...idsThatFilter(filters),
    ...(own.instanceId === undefined ? [] : [own.instanceId]),
  ]);
  const ofSnapshot = snapshot.gaps.filter(({ about }) => about === undefined || concerns.has(about));
  return changes === undefined
    ? [...ofSnapshot, { fact: 'configuration-changes', because: 'not-collected' }]
    : ofSnapshot;
}
