import type { Direction } from '../net/direction.ts';
import type { Gap } from '../vpc/gap.ts';
import type { VpcId } from '../vpc/ids.ts';
import type { RulePeer } from '../vpc/security-group.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { AddressSet } from './address-set.ts';
import type { MissedField } from './decision.ts';

/** The addresses a security group rule speaks of. */
export interface ResolvedPeer {
  readonly addresses: AddressSet;
  /** The part of `addresses` that AWS states without room for doubt; the rest is inferred (SG-18). */
  readonly stated: AddressSet;
  /** Addresses of which nobody can tell whether the rule speaks of them. */
  readonly doubtful: readonly DoubtfulAddresses[];
  /** What to call it when an address is not among them. */
  readonly missedOn: MissedField;
}

export interface DoubtfulAddresses {
  readonly addresses: AddressSet;
  readonly gap: Gap;
}

/** Where a rule stands: on an interface in this VPC, for packets of this direction. */
export interface RuleStand {
  readonly snapshot: Snapshot;
  readonly vpcId: VpcId;
  readonly direction: Direction;
}

export type GroupReference = Extract<RulePeer, { kind: 'group' }>;
