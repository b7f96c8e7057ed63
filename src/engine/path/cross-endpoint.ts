import type { Packet } from '../../net/packet.ts';
import { TCP } from '../../net/protocol.ts';
import type { VpcEndpointId } from '../../vpc/ids.ts';
import { findGap } from '../find-gap.ts';
import type { Guide, Journey, RoutingStand, Step } from './journey.ts';
import { passedAt, stoppedAt, unknownAt } from './journey.ts';

/**
 * A gateway endpoint takes TCP, and echo requests, to the service of its prefix list; what stands behind a Gateway Load
 * Balancer endpoint nobody can see.
 * VPCE-2, VPCE-4, VPCE-18, RT-51. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function crossEndpoint(
  { world }: Guide,
  { leg, packet }: Journey,
  { from, id }: { readonly from: RoutingStand; readonly id: VpcEndpointId },
): Step {
  const hop = { kind: 'vpc-endpoint', id, vpcId: from.vpcId } as const;
  const endpoint = world.snapshot.endpoints.get(id);
  if (endpoint === undefined) return unknownAt(hop, findGap(world.snapshot, 'vpc-endpoint', id));
  if (endpoint.state !== 'available') {
    return stoppedAt(hop, { kind: 'vpc-endpoint', leg, id, reason: 'not-available', code: 'BAD_STATE' });
  }
  if (endpoint.type !== 'Gateway') return unknownAt(hop, { fact: 'path', about: id, because: 'not-modelled' });
  if (packet.protocol !== TCP && !isEchoRequest(packet)) {
    const code = 'VPCE_GATEWAY_PROTOCOL_RESTRICTION';
    return stoppedAt(hop, { kind: 'vpc-endpoint', leg, id, reason: 'unsupported-protocol', code });
  }
  return {
    hops: [passedAt(hop)],
    crossing: { kind: 'vpc-endpoint', id, from: from.vpcId },
    place: { kind: 'arrived', at: { kind: 'service', endpointId: id, vpcId: from.vpcId } },
  };
}

function isEchoRequest({ icmp }: Packet): boolean {
  return icmp?.type === 8 || icmp?.type === 128;
}
