import { assertNever } from '../../lang/exhaustive.ts';
import { crossAppliance } from './cross-appliance.ts';
import { crossEndpoint } from './cross-endpoint.ts';
import { leaveByEgressOnlyGateway, leaveByInternetGateway } from './cross-internet-gateway.ts';
import { crossNatGateway } from './cross-nat-gateway.ts';
import { crossPeering } from './cross-peering.ts';
import { crossTransitGateway } from './cross-transit-gateway.ts';
import { leaveByVpnGateway } from './cross-vpn-gateway.ts';
import { unknownAt, type Guide, type Journey, type OutsideTarget, type RoutingStand, type Step } from './journey.ts';

/** What the target of the chosen route makes of the packet (RT-9). */
export function crossTarget(
  guide: Guide,
  journey: Journey,
  { from, target }: { readonly from: RoutingStand; readonly target: OutsideTarget },
): Step {
  switch (target.kind) {
    case 'internet-gateway':
      return leaveByInternetGateway(guide, journey, { from, id: target.id });
    case 'egress-only-internet-gateway':
      return leaveByEgressOnlyGateway(guide, journey, { from, id: target.id });
    case 'nat-gateway':
      return crossNatGateway(guide, journey, { from, id: target.id });
    case 'peering':
      return crossPeering(guide, journey, { from, target });
    case 'transit-gateway':
      return crossTransitGateway(guide, journey, { from, id: target.id });
    case 'vpn-gateway':
      return leaveByVpnGateway(guide, journey, { from, id: target.id });
    case 'vpc-endpoint':
      return crossEndpoint(guide, journey, { from, id: target.id });
    case 'network-interface':
      return crossAppliance(guide, journey, target.id);
    case 'other':
      return unknownAt({ kind: 'other', id: target.id }, { fact: 'path', about: target.id, because: 'not-modelled' });
    default:
      return assertNever(target);
  }
}
