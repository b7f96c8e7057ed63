import type { EpochSeconds } from '../lang/time.ts';
import type { Direction } from '../net/direction.ts';
import type { Action } from './record.ts';

/** One record of a conversation, without what the conversation knows already. */
export interface Sighting {
  readonly direction: Direction;
  readonly action: Action;
  readonly start: EpochSeconds;
  readonly end: EpochSeconds;
  readonly packets: number;
  readonly bytes: number;
  readonly flags?: number;
  readonly trafficPath?: number;
  readonly rejectReason?: string;
}
