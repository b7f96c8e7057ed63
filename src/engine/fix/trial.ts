import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { FixChange } from './fix.ts';

/** The configuration as it is, and as a fix would leave it. */
export interface Trial {
  readonly changes: readonly FixChange[];
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The interface that the fix is made for. */
  readonly interfaceId: NetworkInterfaceId;
}
