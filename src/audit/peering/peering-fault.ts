/** Faults of VPC peering connections. */
export type PeeringFault = { readonly family: 'peering'; readonly kind: 'peering-expires-soon' };
