/** Steps a person can follow while waiting. */
export type Step =
  | { readonly kind: 'finding-interface' }
  | { readonly kind: 'reading-configuration' }
  | { readonly kind: 'reading-flow-logs'; readonly records: number }
  | { readonly kind: 'diagnosing' };
