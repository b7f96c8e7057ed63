import type { TimeWindow } from '../../lang/time.ts';
import type { Protocol } from '../../net/protocol.ts';
import type { EndToken } from './token.ts';

/** What somebody may have meant: ends in the roles that the words gave them, and what was sent. */
export interface Candidate {
  readonly source?: EndToken;
  readonly destination?: EndToken;
  /** Named, and in no role. */
  readonly named?: EndToken;
  readonly port?: Said<number> & { readonly service?: string };
  readonly protocol?: Said<Protocol>;
  readonly window?: Said<TimeWindow>;
  readonly isFlowLogLine?: true;
  /** The role stands as a key: `source=10.0.1.5`. */
  readonly isKeyed?: boolean;
  readonly strength: Strength;
}

export interface Said<Value> {
  readonly value: Value;
  readonly words: string;
  readonly isAbove?: true;
}

/** How plainly it was said; what was said plainest is meant. */
type Strength = (typeof STRENGTH)[keyof typeof STRENGTH];

export const STRENGTH = {
  /** Of something that works. */
  aside: 0,
  mentioned: 1,
  /** That one connects to it, or comes from it. */
  told: 2,
  flowLogLine: 3,
} as const;
