import type { Address } from '../net/address.ts';
import { hostCidr, type Cidr } from '../net/cidr.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { addressSet, type AddressSet } from './address-set.ts';

/** Where an interface is, as far as that decides which filters a packet meets. */
export interface Surroundings {
  /** Absent when the subnet could not be read. */
  readonly subnet?: AddressSet;
  /** Absent when the VPC could not be read. */
  readonly vpc?: AddressSet;
  /** Services of AWS that no filter stands before (EVAL-17). */
  readonly unfiltered: AddressSet;
  /** A transit gateway has an interface in this subnet (EVAL-7). */
  readonly besideTransitGateway: boolean;
  /** Gateway Load Balancer endpoints in this subnet (EVAL-8). */
  readonly loadBalancerEndpoints: AddressSet;
}

export function surroundingsOf(networkInterface: NetworkInterface, snapshot: Snapshot): Surroundings {
  const { id, vpcId, subnetId } = networkInterface;
  const vpc = snapshot.vpcs.get(vpcId)?.cidrs;
  const subnet = subnetId === undefined ? undefined : snapshot.subnets.get(subnetId)?.cidrs;
  const neighbours = [...snapshot.interfaces.values()].filter(
    (other) => other.id !== id && other.subnetId === subnetId && subnetId !== undefined,
  );
  return {
    ...(subnet !== undefined && { subnet: addressSet(subnet) }),
    ...(vpc !== undefined && { vpc: addressSet(vpc) }),
    unfiltered: addressSet([...AWS_SERVICES, ...routerOf(subnet ?? []), ...resolverOf(vpc ?? [])]),
    besideTransitGateway: neighbours.some(({ interfaceType }) => interfaceType === 'transit_gateway'),
    loadBalancerEndpoints: addressSet(
      neighbours
        .filter(({ interfaceType }) => interfaceType === 'gateway_load_balancer_endpoint')
        .flatMap(({ addresses }) => addresses.map(({ address }) => hostCidr(address))),
    ),
  };
}

/**
 * Metadata, time, licence activation, task metadata and the resolver's fixed addresses: no route may be made inside
 * these blocks (EVAL-20), and DHCP starts before there is an address.
 * EVAL-17..EVAL-19. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const AWS_SERVICES: readonly Cidr[] = [
  { family: 'ipv4', base: 0xa9fea800n, prefixLength: 22 },
  { family: 'ipv6', base: 0xfd000ec2n << 96n, prefixLength: 32 },
  { family: 'ipv4', base: 0xffffffffn, prefixLength: 32 },
];

/** The second address of a subnet is the router's. */
function routerOf(cidrs: readonly Cidr[]): readonly Cidr[] {
  return cidrs.filter(({ family }) => family === 'ipv4').map((cidr) => hostCidr(nth(cidr, 1n)));
}

/**
 * The resolver answers at the base of the primary IPv4 block plus two; port 53 elsewhere is ordinary traffic.
 * EVAL-18. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
function resolverOf(cidrs: readonly Cidr[]): readonly Cidr[] {
  const primary = cidrs.find(({ family }) => family === 'ipv4');
  return primary === undefined ? [] : [hostCidr(nth(primary, 2n))];
}

function nth({ family, base }: Cidr, offset: bigint): Address {
  return { family, bits: base + offset };
}
