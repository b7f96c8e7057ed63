import type { Prices } from '../prices.ts';
import type { UnitPrice } from './endpoint-fault.ts';

/** What an interface endpoint costs, used or not. */
export function pricePerZone({ interfaceEndpointPerHour: amount, currency }: Prices): UnitPrice {
  return { amount, currency, per: 'hour and zone' };
}
