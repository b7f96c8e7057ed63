import type { TimeWindow } from '../lang/time.ts';
import type { Address } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';
import type { Protocol } from '../net/protocol.ts';

/** What narrows "why was this rejected?" down: every field is optional and all given ones must hold. */
export interface FlowFilter {
  /** The other end. */
  readonly remote?: Address | Cidr;
  /** The service's port. */
  readonly port?: number;
  readonly protocol?: Protocol;
}

export interface WhyRejectedQuestion {
  readonly filter: FlowFilter;
  readonly window: TimeWindow;
}
