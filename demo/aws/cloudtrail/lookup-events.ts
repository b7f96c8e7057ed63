import { cutPage, fingerprint } from '../page.ts';
import { isRecord, numberOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { StandInTrailEvent } from '../stand-in-account.ts';
import type { ServiceContext } from '../wire.ts';

const LARGEST_PAGE = 50;

/** Newest first, by one attribute of those that AWS knows (API-57); here by the name of a resource. */
export function lookupEvents(input: JsonRecord, { caller, paging }: ServiceContext): JsonRecord {
  const name = resourceNameIn(input);
  const from = (numberOf(input['StartTime']) ?? -Infinity) * 1_000;
  const until = (numberOf(input['EndTime']) ?? Infinity) * 1_000;
  const events = (caller.account.trail ?? [])
    .filter(({ resources, atMs }) => resources.includes(name) && atMs >= from && atMs <= until)
    .toSorted((a, b) => b.atMs - a.atMs);
  const size = Math.min(numberOf(input['MaxResults']) ?? LARGEST_PAGE, LARGEST_PAGE);
  const page = cutPage(events, {
    of: fingerprint('LookupEvents', input),
    token: textOf(input['NextToken']),
    size: Math.min(size, paging.pageSize ?? size),
    invalidToken: 'InvalidNextTokenException',
  });
  return { Events: page.items.map(describeEvent), NextToken: page.nextToken };
}

function resourceNameIn(input: JsonRecord): string {
  const attributes = Array.isArray(input['LookupAttributes']) ? input['LookupAttributes'] : [];
  const [first, ...others] = attributes.filter(isRecord);
  const name = first === undefined ? undefined : textOf(first['AttributeValue']);
  if (others.length > 0 || first?.['AttributeKey'] !== 'ResourceName' || name === undefined) {
    throw new ServiceError('InvalidLookupAttributesException', 'Exactly one attribute, the name of a resource.');
  }
  return name;
}

function describeEvent({ id, name, atMs, resources, text, readOnly }: StandInTrailEvent): JsonRecord {
  return {
    EventId: id,
    EventName: name,
    ReadOnly: String(readOnly ?? false),
    EventTime: Math.floor(atMs / 1_000),
    EventSource: 'ec2.amazonaws.com',
    Resources: resources.map((ResourceName) => ({ ResourceName })),
    CloudTrailEvent: text,
  };
}
