import { recordsOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';

/** DescribeInstances filters and pages by instance, but answers with reservations: so one of each while choosing. */
export function splitReservations(items: readonly JsonRecord[]): readonly JsonRecord[] {
  return items.flatMap((item) =>
    'Instances' in item ? recordsOf(item['Instances']).map((instance) => holding(item, [instance])) : [item],
  );
}

/** Puts instances of one reservation together again. */
export function joinReservations(items: readonly JsonRecord[]): readonly JsonRecord[] {
  const joined = new Map<unknown, JsonRecord>();
  for (const item of items) {
    const key = 'Instances' in item ? (item['ReservationId'] ?? item) : item;
    const earlier = joined.get(key);
    joined.set(
      key,
      earlier === undefined
        ? item
        : holding(item, [...recordsOf(earlier['Instances']), ...recordsOf(item['Instances'])]),
    );
  }
  return [...joined.values()];
}

function holding(reservation: JsonRecord, instances: readonly JsonRecord[]): JsonRecord {
  return { ...reservation, Instances: instances };
}
