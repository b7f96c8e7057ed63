import type { Cidr } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import type { PortRange } from '../net/port-range.ts';
import type { Protocol } from '../net/protocol.ts';
import type {
  AccountId,
  PeeringConnectionId,
  PrefixListId,
  SecurityGroupId,
  SecurityGroupRuleId,
  VpcId,
} from './ids.ts';

export interface SecurityGroup {
  readonly id: SecurityGroupId;
  readonly name: string;
  readonly description: string;
  /** But `Name`. Written by people: escape before showing. */
  readonly tags?: ReadonlyMap<string, string>;
  readonly vpcId?: VpcId;
  readonly accountId?: AccountId;
  readonly rules: readonly SecurityGroupRule[];
}

/** Allows, never denies (SG-1). One peer a rule (SG-7). */
export interface SecurityGroupRule {
  /** Only `DescribeSecurityGroupRules` tells it (SG-38). */
  readonly id?: SecurityGroupRuleId;
  readonly groupId: SecurityGroupId;
  readonly direction: Direction;
  readonly protocol: Protocol | 'all';
  /** TCP and UDP only; absent means all ports (SG-9, SG-15). */
  readonly ports?: PortRange;
  /** ICMP and ICMPv6 only; absent means all types (SG-11, SG-12). */
  readonly icmp?: IcmpMatch;
  readonly peer: RulePeer;
  readonly description?: string;
}

export interface IcmpMatch {
  readonly type: number;
  /** Absent: all codes of the type. */
  readonly code?: number;
}

export type RulePeer =
  | { readonly kind: 'cidr'; readonly cidr: Cidr }
  | { readonly kind: 'prefix-list'; readonly id: PrefixListId }
  | {
      readonly kind: 'group';
      readonly id: SecurityGroupId;
      readonly accountId?: AccountId;
      readonly vpcId?: VpcId;
      readonly peeringConnectionId?: PeeringConnectionId;
      /** As AWS reports it beside the reference: `active`, `deleted`, … (SG-27). */
      readonly peeringStatus?: string;
    };
