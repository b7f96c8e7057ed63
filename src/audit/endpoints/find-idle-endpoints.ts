import type { Gap } from '../../vpc/gap.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { DEFAULT_PRICES } from '../prices.ts';
import { isAvailable } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';
import { pricePerZone } from './price-per-zone.ts';

/** Only where the flow logs of all its interfaces were looked through, and not one packet was seen. */
export function findIdleEndpoints({
  snapshot,
  endpointUses,
  prices = DEFAULT_PRICES,
}: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint) => {
    const use = endpointUses?.get(endpoint.id);
    if (use?.kind !== 'silent' || !isAvailable(endpoint)) return [];
    const { window } = use;
    const price = pricePerZone(prices);
    const fault = { family: 'endpoints', kind: 'endpoint-without-traffic', endpoint, window, price } as const;
    return [{ fault, severity: 'low' }];
  });
}

/** Endpoints that may be idle for all we know. */
export function unseenEndpoints({ endpointUses = new Map() }: AuditWorld): readonly Gap[] {
  return [...endpointUses.values()].flatMap((use) => (use.kind === 'unknown' ? [use.gap] : []));
}
