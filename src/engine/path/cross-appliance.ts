import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import { findGap } from '../find-gap.ts';
import { crossFilters } from './cross-filters.ts';
import type { Guide, Journey, Step } from './journey.ts';
import { stoppedAt, unknownAt } from './journey.ts';

/**
 * To an appliance: its own filters count, its source/destination check must be off, and what it does with the packet
 * nobody can see.
 * EVAL-13, RT-53. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
 */
export function crossAppliance(guide: Guide, journey: Journey, id: NetworkInterfaceId): Step {
  const { snapshot } = guide.world;
  const at = snapshot.interfaces.get(id);
  if (at === undefined) return unknownAt({ kind: 'interface', id }, findGap(snapshot, 'network-interface', id));
  const { subnetId, vpcId } = at;
  const hop = { kind: 'interface', id, vpcId, ...(subnetId !== undefined && { subnetId }) } as const;
  const filters = crossFilters(guide, journey, { at, direction: 'ingress' });
  const { leg } = journey;
  const last = at.sourceDestCheck
    ? stoppedAt(hop, { kind: 'source-dest-check', leg, id, code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION' })
    : unknownAt(hop, { fact: 'path', about: id, because: 'not-modelled' });
  return { ...last, hops: [...filters, ...last.hops] };
}
