import type { FlowGroup } from '../flowlog/observations.ts';
import { sameAddress } from '../net/address.ts';

/** Whether two groups are of one flow, whatever became of their packets. */
export function isSameFlow(a: FlowGroup, b: FlowGroup): boolean {
  return (
    a.protocol === b.protocol &&
    a.servicePort === b.servicePort &&
    a.serviceSide === b.serviceSide &&
    a.opener.side === b.opener.side &&
    sameAddress(a.local, b.local) &&
    sameAddress(a.remote, b.remote)
  );
}
