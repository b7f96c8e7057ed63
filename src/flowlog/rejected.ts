import type { Direction } from '../net/direction.ts';
import type { FlowGroup } from './observations.ts';

/** The directions in which packets of the group were rejected. */
export function rejectedDirections(group: FlowGroup): readonly Direction[] {
  return (['ingress', 'egress'] as const).filter((direction) => group[direction].rejected !== undefined);
}

/** In both directions. */
export function rejectedRecordsOf({ ingress, egress }: FlowGroup): number {
  return (ingress.rejected?.records ?? 0) + (egress.rejected?.records ?? 0);
}
