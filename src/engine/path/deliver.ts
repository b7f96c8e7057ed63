import { formatAddress, sameAddress } from '../../net/address.ts';
import type { VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { findGap } from '../find-gap.ts';
import { crossFilters } from './cross-filters.ts';
import { crossLoadBalancer, returnThroughLoadBalancer } from './cross-load-balancer.ts';
import { refuseUnsolicited, returnThroughNatGateway } from './cross-nat-gateway.ts';
import { stoppedAt, unknownAt, type Guide, type Journey, type Step } from './journey.ts';

/**
 * To the interface of the VPC that has the address, through its subnet's ACL and its groups.
 * EVAL-2, RT-8. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function deliver(guide: Guide, journey: Journey, vpcId: VpcId): Step {
  const { world, answering } = guide;
  const { destination } = journey.packet;
  const nat = answering?.crossed.find(
    ({ kind, source }) => kind === 'nat-gateway' && source !== undefined && sameAddress(source.after, destination),
  );
  if (nat !== undefined) return returnThroughNatGateway(guide, journey, nat);
  const at = world.interfaceAt(vpcId, destination);
  if (at === undefined) return nobodyThere(guide, journey, vpcId);
  if (isNamesake(guide, journey, at)) return elsewhere(journey, at);
  const hops = crossFilters(guide, journey, { at, direction: 'ingress' });
  const answered = returnThroughLoadBalancer(guide, journey);
  if (answered !== undefined) return { ...answered, hops: [...hops, ...answered.hops] };
  const { subnetId } = at;
  const balanced = crossLoadBalancer(guide, journey, at);
  if (balanced !== undefined) return { ...balanced, hops: [...hops, ...balanced.hops] };
  const unsolicited = refuseUnsolicited(guide, journey, at);
  if (unsolicited !== undefined) return { ...unsolicited, hops: [...hops, ...unsolicited.hops] };
  const arrived = { kind: 'interface', id: at.id, vpcId, ...(subnetId !== undefined && { subnetId }) } as const;
  return {
    hops: [...hops, { ...arrived, outcome: { kind: 'passed' } }],
    place: { kind: 'arrived', at: { kind: 'interface', interface: at } },
  };
}

/** Of two VPCs with one block, the one to which the routes lead gets the packet (PEER-13). */
function isNamesake({ goal, isGoalNamed }: Guide, { leg, crossed }: Journey, at: NetworkInterface): boolean {
  const isHandedOn = crossed.some(({ kind }) => kind === 'load-balancer');
  return leg === 'forward' && isGoalNamed === true && !isHandedOn && at.id !== goal?.id;
}

function elsewhere({ leg, packet: { destination } }: Journey, { id, vpcId }: NetworkInterface): Step {
  const hop = { kind: 'interface', id, vpcId } as const;
  return stoppedAt(hop, { kind: 'destination', leg, reason: 'leads-elsewhere', address: destination });
}

/** Only where all interfaces of the VPC were read is an address that none of them has an address that nobody has. */
function nobodyThere({ world }: Guide, { leg, packet: { destination } }: Journey, vpcId: VpcId): Step {
  const text = formatAddress(destination);
  const hop = { kind: 'address', id: text, vpcId } as const;
  if (!world.isWhole('NetworkInterfaces', vpcId)) {
    return unknownAt(hop, findGap(world.snapshot, 'network-interface', text));
  }
  return stoppedAt(hop, { kind: 'destination', leg, reason: 'no-such-address', address: destination });
}
