import { cidrContains } from '../../net/cidr.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { crossFilters } from './cross-filters.ts';
import type { Guide, Journey, Place, Step } from './journey.ts';

/**
 * Out through the groups and, unless the neighbour is in the same subnet, the ACL; a neighbour needs no route.
 * EVAL-3, EVAL-4, EVAL-25. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function leaveInterface(guide: Guide, journey: Journey, at: NetworkInterface): Step {
  return { hops: crossFilters(guide, journey, { at, direction: 'egress' }), place: nextPlace(guide, journey, at) };
}

function nextPlace({ world: { snapshot } }: Guide, { packet }: Journey, at: NetworkInterface): Place {
  const { vpcId, subnetId, availabilityZone } = at;
  const subnet = subnetId === undefined ? undefined : snapshot.subnets.get(subnetId);
  if (subnet?.cidrs.some((cidr) => cidrContains(cidr, packet.destination)) === true) {
    return { kind: 'delivering', vpcId };
  }
  const zone = subnet?.availabilityZone ?? availabilityZone;
  return {
    kind: 'routing',
    from: { vpcId, ...(subnetId !== undefined && { subnetId }), ...(zone !== undefined && { availabilityZone: zone }) },
  };
}
