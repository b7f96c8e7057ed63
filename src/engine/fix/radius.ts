import type { FlowGroup } from '../../flowlog/observations.ts';
import type { NonEmpty } from '../../lang/non-empty.ts';
import type { TimeWindow } from '../../lang/time.ts';
import type { Direction } from '../../net/direction.ts';
import type { NetworkInterfaceId, SubnetId } from '../../vpc/ids.ts';
import type { Fix, FixChange } from './fix.ts';

/** A fix, and what it would let through besides. */
export interface ProvenFix extends Fix {
  readonly radius: BlastRadius;
}

/** What a fix lets through besides what it is made for. */
export interface BlastRadius {
  /** For each group or ACL that is changed; changes that differ in their address alone are one. */
  readonly reaches: readonly Reach[];
  /** Absent: there were no records to hold it against. */
  readonly recorded?: RecordedRadius;
}

/** Where else a change is in force, by configuration. */
export interface Reach {
  readonly changes: NonEmpty<FixChange>;
  /** Besides the interface that the fix is made for, as far as they were read. */
  readonly others: readonly ReachedInterface[];
  /** Of an ACL: those that use it. */
  readonly subnets: readonly ReachedSubnet[];
  /** No interface where the change is in force was left unread. */
  readonly complete: boolean;
}

export interface ReachedInterface {
  readonly id: NetworkInterfaceId;
  /** Given by people: escape before showing. */
  readonly name?: string;
  readonly effect: ReachEffect;
}

/** What the fix does for its packets there: they newly pass, another filter stops them, or they passed before. */
export type ReachEffect = 'opens' | 'stops' | 'unknown' | 'none';

interface ReachedSubnet {
  readonly id: SubnetId;
  readonly name?: string;
}

/** Other flows of the interface that were rejected, held against the fix. */
export interface RecordedRadius {
  /** Whose records: those of the question's window, or of a whole day. */
  readonly of: 'question' | 'day';
  readonly window: TimeWindow;
  /** Reading stopped before the end of them, or they are more than are held against a fix. */
  readonly isCut: boolean;
  /** How many flows were held against it. */
  readonly others: number;
  /** Those that would newly pass, most records first. */
  readonly passing: readonly PassingFlow[];
}

/** A group of equal flows in one direction in which it was rejected. */
export interface PassingFlow {
  readonly group: FlowGroup;
  readonly direction: Direction;
  readonly leg: 'forward' | 'return';
  /** Those of its rejected records that would pass. */
  readonly records: number;
  /** From the internet, and with the shape of background scanning (T-11). */
  readonly looksLikeScan: boolean;
}
