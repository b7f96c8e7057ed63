import type { TimeWindow } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { VpcEndpointId } from '../vpc/ids.ts';

/** What flow logs of its own interfaces showed of each interface endpoint. One that is absent was not looked at. */
export type EndpointUses = ReadonlyMap<VpcEndpointId, EndpointUse>;

export type EndpointUse =
  | { readonly kind: 'used' }
  /** No packet, accepted or rejected, at any of its interfaces: all of them were on record for this long. */
  | { readonly kind: 'silent'; readonly window: TimeWindow }
  | { readonly kind: 'unknown'; readonly gap: Gap };
