import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { NetworkInterfaceId, SubnetId } from '../../vpc/ids.ts';
import type { FixCaution, PathChange } from '../fix/fix.ts';
import type { Obstacle, PathVerdict } from './path.ts';

/** The narrowest changes that lead a path through, proven by following it again. */
export interface PathFix {
  /** In the order the packet meets the obstacles; all are needed together. Empty: rules and routes cannot mend it. */
  readonly changes: readonly PathChange[];
  /** Of the path with all changes. */
  readonly verdict: PathVerdict;
  /** What else each change lets through, in the order of `changes`. */
  readonly alsoOpens: readonly AlsoOpens[];
  /** Reasons to ask before applying, or why there is nothing to apply. */
  readonly cautions: readonly PathFixCaution[];
}

/**
 * The traffic of the change, wherever its group, ACL or table is in force; the place that it was made for is one of
 * them. Nothing else is opened by it.
 */
export type AlsoOpens =
  | { readonly kind: 'interfaces'; readonly change: PathChange; readonly ids: readonly NetworkInterfaceId[] }
  | { readonly kind: 'subnets'; readonly change: PathChange; readonly ids: readonly SubnetId[] };

export type PathFixCaution =
  | FixCaution
  /** No rule, entry or route of ours gets the packet past it. */
  | { readonly kind: 'beyond-rules'; readonly obstacle: Obstacle }
  /** The table has no route, and no connection in force leads to whoever has the address. */
  | { readonly kind: 'no-link'; readonly obstacle: Obstacle }
  /** Nobody told the service's port, and opening all is no small change. */
  | { readonly kind: 'port-not-told' }
  /** An end that stands for any address of many: a rule for all of them is no small change. */
  | { readonly kind: 'no-single-address'; readonly end: 'internet' | 'service' }
  /** Whether it would be reachable then, what we could not see decides. */
  | { readonly kind: 'not-proven'; readonly gaps: NonEmpty<Gap> };
