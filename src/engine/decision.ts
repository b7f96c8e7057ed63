import type { NonEmpty } from '../lang/non-empty.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';

/** What all security groups of an interface say of one packet. They only allow: no rule is ever the reason of a deny (SG-1). */
export type SecurityGroupDecision =
  /** Every rule that admits the packet (SG-3). */
  | {
      readonly kind: 'allowed';
      readonly by: NonEmpty<SecurityGroupRule>;
      /** Facts that AWS does not state and no admitting rule can do without: `SG-18`. */
      readonly restsOnInference?: NonEmpty<string>;
    }
  | { readonly kind: 'denied-by-default'; readonly nearMisses: readonly NearMiss<SecurityGroupRule>[] }
  | {
      readonly kind: 'undetermined';
      readonly gaps: NonEmpty<Gap>;
      readonly nearMisses: readonly NearMiss<SecurityGroupRule>[];
    }
  /** The interface takes no security groups (SG-46), or no filter sees this packet (EVAL-17, ENI-18). */
  | { readonly kind: 'not-applicable' };

/** What the subnet's network ACL says of one packet. */
export type NetworkAclDecision =
  | { readonly kind: 'allowed'; readonly by: NetworkAclEntry }
  /** `by` is a numbered deny or the final one (`IMPLICIT_DENY`); near misses are allow entries. */
  | { readonly kind: 'denied'; readonly by: NetworkAclEntry; readonly nearMisses: readonly NearMiss<NetworkAclEntry>[] }
  | { readonly kind: 'undetermined'; readonly gaps: NonEmpty<Gap> }
  /** Both ends are in one subnet (EVAL-4), or no filter sees this packet (EVAL-17). */
  | { readonly kind: 'not-applicable' };

/** A rule that would have matched but for these fields. `stale` marks a group reference that matches nothing any more (SG-28). */
export interface NearMiss<Rule> {
  readonly rule: Rule;
  readonly failedOn: NonEmpty<MissedField>;
}

export type MissedField =
  | 'protocol'
  | 'address'
  | 'family'
  | 'port'
  | 'icmp-type'
  | 'membership'
  | 'stale'
  | 'overridden';

/** A decision without its reasons. */
export type Answer = 'allow' | 'deny' | 'unknown';
