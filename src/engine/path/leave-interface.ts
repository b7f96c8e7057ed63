import { cidrContains } from '../../net/cidr.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { crossFilters } from './cross-filters.ts';
import { handedBy, returnThroughLoadBalancer } from './cross-load-balancer.ts';
import type { Guide, Journey, Place, Step } from './journey.ts';

/**
 * Out through the groups and, unless the neighbour is in the same subnet, the ACL; a neighbour needs no route. To a
 * client whose address the load balancer left alone no route leads but back through it (ENI-6).
 * EVAL-3, EVAL-4, EVAL-25. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function leaveInterface(guide: Guide, journey: Journey, at: NetworkInterface): Step {
  const hops = crossFilters(guide, journey, { at, direction: 'egress' });
  const keeps = handedBy(guide, journey)?.source === undefined;
  const kept = keeps ? returnThroughLoadBalancer(guide, journey) : undefined;
  return kept === undefined
    ? { hops, place: nextPlace(guide, journey, at) }
    : { ...kept, hops: [...hops, ...kept.hops] };
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
