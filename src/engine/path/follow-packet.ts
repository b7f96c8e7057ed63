import { assertNever } from '../../lang/exhaustive.ts';
import { findGap } from '../find-gap.ts';
import { enterFromInternet } from './cross-internet-gateway.ts';
import { crossTarget } from './cross-target.ts';
import { routeThroughTransitGateway } from './cross-transit-gateway.ts';
import { enterByVpnGateway } from './cross-vpn-gateway.ts';
import { deliver } from './deliver.ts';
import { unknownAt, type Arrival, type Guide, type Journey, type Step } from './journey.ts';
import { leaveInterface } from './leave-interface.ts';
import type { Hop } from './path.ts';
import { routePacket } from './route-packet.ts';

/** Where a packet came to rest, and every hop on the way. */
export interface Followed {
  readonly journey: Journey;
  readonly hops: readonly Hop[];
  /** Absent: stopped for good, or lost from sight. */
  readonly arrival?: Arrival;
}

/** No way of AWS has so many hops: a packet that needs more goes round in circles. */
const MOST_STEPS = 64;

/** From place to place until the packet arrives or is lost. */
export function followPacket(guide: Guide, start: Journey): Followed {
  let journey = start;
  const hops: Hop[] = [];
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    if (journey.place.kind === 'arrived') return { journey, hops, arrival: journey.place.at };
    if (journey.place.kind === 'lost') return { journey, hops };
    const step = takeStep(guide, journey);
    hops.push(...step.hops);
    journey = advance(journey, step);
  }
  return { journey, hops: [...hops, ...unknownAt({ kind: 'other' }, { fact: 'path', because: 'not-modelled' }).hops] };
}

function advance(journey: Journey, { place, packet, crossing }: Step): Journey {
  return {
    ...journey,
    place,
    packet: packet ?? journey.packet,
    crossed: crossing === undefined ? journey.crossed : [...journey.crossed, crossing],
  };
}

function takeStep(guide: Guide, journey: Journey): Step {
  const { place } = journey;
  switch (place.kind) {
    case 'leaving':
      return leaveInterface(guide, journey, place.at);
    case 'routing':
      return routePacket(guide, journey, place.from);
    case 'crossing':
      return crossTarget(guide, journey, place);
    case 'delivering':
      return deliver(guide, journey, place.vpcId);
    case 'from-internet':
      return enterFromInternet(guide, journey);
    case 'from-premises':
      return enterFromPremises(guide, journey, place.gatewayId);
    case 'at-transit-gateway':
      return routeThroughTransitGateway(guide, journey, place);
    case 'arrived':
    case 'lost':
      return { hops: [], place };
    default:
      return assertNever(place);
  }
}

/** A virtual private gateway, or what a transit gateway attachment leads to. */
function enterFromPremises(guide: Guide, journey: Journey, gatewayId: string): Step {
  const { vpnGateways, transitGatewayAttachments } = guide.world.snapshot;
  const gateway = [...vpnGateways.values()].find(({ id }) => id === gatewayId);
  if (gateway !== undefined) return enterByVpnGateway(guide, journey, gateway);
  const attachment = [...transitGatewayAttachments.values()].find(
    ({ id, resourceId }) => id === gatewayId || resourceId === gatewayId,
  );
  if (attachment !== undefined) {
    const crossing = { kind: 'transit-gateway', id: attachment.transitGatewayId } as const;
    return { hops: [], crossing, place: { kind: 'at-transit-gateway', attachmentId: attachment.id } };
  }
  return unknownAt({ kind: 'other', id: gatewayId }, findGap(guide.world.snapshot, 'vpn-gateway', gatewayId));
}
