/** Steps a person can follow while waiting. */
export type Step =
  | { readonly kind: 'finding-interface' }
  /** `calls`: how many have been answered, where there are many. */
  | { readonly kind: 'reading-configuration'; readonly calls?: number }
  | { readonly kind: 'reading-flow-logs'; readonly records: number }
  | { readonly kind: 'diagnosing' }
  /** The host may have answered by another of its interfaces. */
  | { readonly kind: 'reading-other-interfaces' }
  /** Who changed the rules, and how they were before. */
  | { readonly kind: 'looking-for-changes' }
  /** The cause lies further on: routes, gateways and the other end are read as well. */
  | { readonly kind: 'following-path' };
