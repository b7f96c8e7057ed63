import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import { holdsAddress } from './address-set.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether a packet crosses the border of the interface's subnet, where the ACL stands. */
export type MeetsNetworkAcl =
  | { readonly kind: 'checked' }
  | { readonly kind: 'skipped' }
  /** It depends on something the snapshot does not hold. */
  | { readonly kind: 'perhaps'; readonly gap: Gap };

const CHECKED: MeetsNetworkAcl = { kind: 'checked' };
const SKIPPED: MeetsNetworkAcl = { kind: 'skipped' };
const BY_PATH: MeetsNetworkAcl = { kind: 'perhaps', gap: { fact: 'path', because: 'not-modelled' } };

/** What decides: the interface, what is around it, and the other end. */
export interface Crossing {
  readonly interface: NetworkInterface;
  readonly surroundings: Surroundings;
}

/**
 * The ACL is read when a packet enters or leaves a subnet, not inside it.
 * EVAL-4. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function meetsNetworkAcl(crossing: Crossing, direction: Direction, remote: Address): MeetsNetworkAcl {
  const {
    interface: { interfaceType, subnetId },
    surroundings,
  } = crossing;
  if (interfaceType === 'transit_gateway') return atTransitGateway(surroundings, direction, remote);
  if (surroundings.subnet === undefined) return unknownSubnet(subnetId);
  if (holdsAddress(surroundings.subnet, remote)) return insideSubnet(crossing, direction, remote);
  return surroundings.besideTransitGateway && !isInVpc(surroundings, remote) ? BY_PATH : CHECKED;
}

/**
 * Two kinds of traffic inside a subnet do meet its ACL: what servers send to a Gateway Load Balancer endpoint, and what
 * a Classic Load Balancer sends.
 * EVAL-8. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html
 * EVAL-9. https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
 */
function insideSubnet(crossing: Crossing, direction: Direction, remote: Address): MeetsNetworkAcl {
  const toEndpoint = holdsAddress(crossing.surroundings.loadBalancerEndpoints, remote);
  const excepted = toEndpoint || isClassicLoadBalancer(crossing.interface);
  return excepted && direction === 'egress' ? CHECKED : SKIPPED;
}

/**
 * At the transit gateway's own interface only its side towards the VPC is checked: in by source address, out by
 * destination, and nothing on the way out to an interface of the same subnet.
 * EVAL-7, EVAL-10. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function atTransitGateway(surroundings: Surroundings, direction: Direction, remote: Address): MeetsNetworkAcl {
  if (surroundings.vpc === undefined || surroundings.subnet === undefined) return BY_PATH;
  if (!isInVpc(surroundings, remote)) return SKIPPED;
  return direction === 'egress' && holdsAddress(surroundings.subnet, remote) ? SKIPPED : CHECKED;
}

function isInVpc({ vpc }: Surroundings, remote: Address): boolean {
  return vpc !== undefined && holdsAddress(vpc, remote);
}

function unknownSubnet(subnetId: string | undefined): MeetsNetworkAcl {
  return {
    kind: 'perhaps',
    gap: { fact: 'subnet', because: 'not-collected', ...(subnetId !== undefined && { about: subnetId }) },
  };
}

const OTHER_LOAD_BALANCER = /^ELB (?:app|net|gwy)\//;

/** ENI-23..ENI-26: told by the description that Elastic Load Balancing writes on its own interfaces. */
function isClassicLoadBalancer({ requesterManaged, description }: NetworkInterface): boolean {
  return requesterManaged && description.startsWith('ELB ') && !OTHER_LOAD_BALANCER.test(description);
}
