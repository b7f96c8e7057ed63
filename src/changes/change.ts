import type { EpochSeconds } from '../lang/time.ts';
import type { Direction } from '../net/direction.ts';
import type { Cidr } from '../net/cidr.ts';
import type {
  NetworkAclId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  RouteTableId,
  SecurityGroupId,
  SecurityGroupRuleId,
} from '../vpc/ids.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { Route, RouteDestination } from '../vpc/route-table.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';

/** Something somebody did to the configuration, as CloudTrail tells. */
export interface Change {
  /** CloudTrail's own id of the event: several of the objects looked up may tell of it. */
  readonly id: string;
  readonly at: EpochSeconds;
  /** The event's name: `RevokeSecurityGroupIngress`. */
  readonly event: string;
  /** Ids of what it touched. */
  readonly objects: readonly string[];
  readonly by?: Actor;
  readonly edits: readonly Edit[];
}

/** Who did it, without account, keys or addresses. Written by people: escape before showing. */
export interface Actor {
  readonly kind: 'role' | 'user' | 'root' | 'service' | 'account';
  /** `deploy`, `autoscaling.amazonaws.com`; absent for `root`. */
  readonly name?: string;
  /** Only of roles that people share: which of them it was. */
  readonly session?: string;
}

/** What a part of the configuration held: a value, nothing, or what the event does not tell. */
export type Held<Value> = Value | 'nothing' | 'untold';

/** What a rule says, without where it stands. */
export type RuleContent = Omit<SecurityGroupRule, 'groupId' | 'direction' | 'id'>;

/** One part of the configuration, before and after. */
export type Edit =
  | {
      readonly kind: 'rule';
      readonly groupId: SecurityGroupId;
      readonly ruleId?: SecurityGroupRuleId;
      /** Absent where only the rule's id tells it: a rule is never turned round. */
      readonly direction?: Direction;
      readonly before: Held<RuleContent>;
      readonly after: RuleContent | 'nothing';
    }
  | {
      readonly kind: 'entry';
      readonly aclId: NetworkAclId;
      readonly direction: Direction;
      readonly ruleNumber: number;
      readonly before: Held<NetworkAclEntry>;
      readonly after: NetworkAclEntry | 'nothing';
    }
  /** A subnet got this ACL. The event names associations only, which are made anew each time. */
  | {
      readonly kind: 'acl-association';
      readonly aclId: NetworkAclId;
      readonly before: AssociationId;
      readonly after: AssociationId;
    }
  | {
      readonly kind: 'groups-of-interface';
      readonly interfaceId: NetworkInterfaceId;
      readonly before: Held<readonly SecurityGroupId[]>;
      readonly after: readonly SecurityGroupId[];
    }
  | {
      readonly kind: 'block-of-list';
      readonly listId: PrefixListId;
      readonly before: Cidr | 'nothing';
      readonly after: Cidr | 'nothing';
    }
  | {
      readonly kind: 'route';
      readonly tableId: RouteTableId;
      readonly destination: RouteDestination;
      readonly before: Held<Route>;
      readonly after: Route | 'nothing';
    }
  | {
      readonly kind: 'peering-status';
      readonly peeringId: PeeringConnectionId;
      readonly before: Held<string>;
      readonly after: string;
    }
  /** The event touched this object in a way that it does not tell, or that is not modelled. */
  | { readonly kind: 'untold'; readonly objectId: string };

/** `aclassoc-…`. */
type AssociationId = string;
