import type { EpochSeconds } from '../../lang/time.ts';
import type { Cidr } from '../../net/cidr.ts';
import type { Direction } from '../../net/direction.ts';
import type { PortRange } from '../../net/port-range.ts';
import type { Protocol } from '../../net/protocol.ts';
import type { NetworkAclId, RouteTableId, SecurityGroupId } from '../../vpc/ids.ts';
import type { RouteTarget } from '../../vpc/route-table.ts';

/** The narrowest change that lets a flow through, and what replaying the records with it showed. */
export interface Fix {
  /** In the order the packet meets the obstacles; all are needed together. */
  readonly changes: readonly FixChange[];
  /** Rejected records that would pass with all changes, of all rejected records of the flow. */
  readonly passes: number;
  readonly of: number;
  /** The same for each change alone, in the order of `changes`; empty when there is only one. */
  readonly alone: readonly number[];
  /** Reasons to ask before applying, as codes. */
  readonly cautions: readonly FixCaution[];
  /** Remote addresses that the changes are for, where the finding stands for several. */
  readonly remotes?: number;
}

export type FixChange =
  | {
      readonly kind: 'add-security-group-rule';
      readonly groupId: SecurityGroupId;
      readonly direction: Direction;
      readonly protocol: Protocol;
      readonly ports?: PortRange;
      readonly cidr: Cidr;
    }
  | {
      readonly kind: 'add-network-acl-entry';
      readonly aclId: NetworkAclId;
      readonly direction: Direction;
      readonly ruleNumber: number;
      readonly protocol: Protocol;
      readonly ports?: PortRange;
      readonly cidr: Cidr;
    };

/** What leads from one VPC to another. */
export type LinkTarget = Extract<RouteTarget, { readonly kind: 'peering' | 'transit-gateway' }>;

/** A way that a table lacks. */
export interface RouteChange {
  readonly kind: 'add-route';
  readonly tableId: RouteTableId;
  readonly cidr: Cidr;
  readonly target: LinkTarget;
}

/** Everything that a path may need. */
export type PathChange = FixChange | RouteChange;

export type FixCaution =
  /** A numbered deny was put there by somebody: ask before working round it. */
  | { readonly kind: 'deliberate-deny'; readonly ruleNumber: number; readonly owner?: Owner }
  /** A name, description or tag of what denies says that it is meant. */
  | {
      readonly kind: 'marked';
      readonly id: string;
      readonly field: 'name' | 'description' | { readonly tag: string };
      /** Written by people: escape before showing. */
      readonly text: string;
      readonly owner?: Owner;
    }
  /** A change that may have closed it, shortly before the first reject or since. */
  | {
      readonly kind: 'just-closed';
      /** The CloudTrail event. */
      readonly event: string;
      readonly at: EpochSeconds;
      readonly firstReject: EpochSeconds;
    }
  /** No rule number is free before the entry that denies. */
  | { readonly kind: 'no-free-rule-number'; readonly before: number }
  /** The interface has several groups and others may carry the one we would change. */
  | { readonly kind: 'group-shared'; readonly interfaces: number }
  /** The packet comes from the whole internet's side: open it to one address only if that one is known. */
  | { readonly kind: 'public-source' };

/** Whom to ask, as a tag names them. Written by people: escape before showing. */
export interface Owner {
  readonly tag: string;
  readonly name: string;
}
