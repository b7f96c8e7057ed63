import * as z from 'zod';
import { parseInstanceId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Instance } from '../snapshot.ts';
import { nameOf, otherTagsOf, tagList, textOf } from './fields.ts';
import { malformed, membersOf, parseEach, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** `DescribeInstances` puts instances into reservations. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
export function parseInstances(raw: RawSnapshot): Parsed<Instance> {
  const reservations = membersOf(raw, 'Reservations').map((reservation) => Reservation.safeParse(reservation).data);
  const instances = reservations.flatMap((reservation) => reservation?.Instances ?? []);
  const { items, gaps } = parseEach(instances, { idField: 'InstanceId', fact: 'instance', schema: RawInstance }, raw);
  return reservations.includes(undefined)
    ? { items, gaps: [...gaps, malformed('instance', undefined, raw)] }
    : { items, gaps };
}

const Reservation = z.object({ Instances: z.array(z.unknown()).default([]) });

const RawInstance: z.ZodType<Instance> = z
  .object({
    InstanceId: textOf(parseInstanceId),
    State: z.object({ Name: z.string().optional() }).optional(),
    InstanceType: z.string().optional(),
    Tags: tagList,
  })
  .transform((instance) =>
    present({
      id: instance.InstanceId,
      name: nameOf(instance.Tags),
      tags: otherTagsOf(instance.Tags),
      state: instance.State?.Name,
      type: instance.InstanceType,
    }),
  );
