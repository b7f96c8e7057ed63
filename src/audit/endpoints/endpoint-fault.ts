/** Faults of VPC endpoints. */
export type EndpointFault = { readonly family: 'endpoints'; readonly kind: 'endpoint-not-available' };
