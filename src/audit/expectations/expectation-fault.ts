/** Broken expectations. */
export type ExpectationFault = { readonly family: 'expectations'; readonly kind: 'must-reach-broken' };
