import * as z from 'zod';
import { parsePeeringConnectionId, parsePrefixListId, parseRouteTableId } from '../vpc/ids.ts';
import { cidrField, textOf } from '../vpc/parse/fields.ts';
import { RawRoute } from '../vpc/parse/route-tables.ts';
import type { Route, RouteDestination } from '../vpc/route-table.ts';
import type { Edit, Held } from './change.ts';
import { oneOrMany, type EventBody } from './event-body.ts';

/** AWS refuses a destination that has a route already, so there was none before. */
export function routeCreated({ request }: EventBody): readonly Edit[] | undefined {
  return routeSet(request, 'nothing');
}

export function routeReplaced({ request }: EventBody): readonly Edit[] | undefined {
  return routeSet(request, 'untold');
}

export function routeDeleted({ request }: EventBody): readonly Edit[] | undefined {
  const place = Place.safeParse(request).data;
  return place && [{ kind: 'route', ...place, before: 'untold', after: 'nothing' }];
}

function routeSet(request: EventBody['request'], before: Held<Route>): readonly Edit[] | undefined {
  const place = Place.safeParse(request).data;
  const route = RawRoute.safeParse({ State: 'active', Origin: 'CreateRoute', ...request }).data;
  if (place === undefined || route === undefined) return undefined;
  return [{ kind: 'route', ...place, before, after: { tableId: place.tableId, ...route } }];
}

/**
 * Entries that came and went (SG-32). Restoring an old version does not tell them.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html
 */
export function listModified({ request }: EventBody): readonly Edit[] | undefined {
  const asked = ListModified.safeParse(request).data;
  if (asked === undefined) return undefined;
  const { PrefixListId: listId } = asked;
  return [
    ...asked.RemoveEntry.map(({ Cidr: cidr }): Edit => ({
      kind: 'block-of-list',
      listId,
      before: cidr,
      after: 'nothing',
    })),
    ...asked.AddEntry.map(({ Cidr: cidr }): Edit => ({
      kind: 'block-of-list',
      listId,
      before: 'nothing',
      after: cidr,
    })),
  ];
}

/** What a peering becomes once the call is done (PEER-1). */
export function peeringBecomes(after: string, before: Held<string>) {
  return ({ request, response }: EventBody): readonly Edit[] | undefined => {
    const asked = Peering.safeParse(request).data ?? Answered.safeParse(response).data?.VpcPeeringConnection;
    return asked && [{ kind: 'peering-status', peeringId: asked.VpcPeeringConnectionId, before, after }];
  };
}

const Destination: z.ZodType<RouteDestination> = z
  .object({
    DestinationCidrBlock: cidrField.optional(),
    DestinationIpv6CidrBlock: cidrField.optional(),
    DestinationPrefixListId: textOf(parsePrefixListId).optional(),
  })
  .transform((raw, context) => {
    const cidr = raw.DestinationCidrBlock ?? raw.DestinationIpv6CidrBlock;
    if (cidr !== undefined) return { kind: 'cidr' as const, cidr };
    if (raw.DestinationPrefixListId !== undefined)
      return { kind: 'prefix-list' as const, id: raw.DestinationPrefixListId };
    context.addIssue({ code: 'custom', message: 'no destination' });
    return z.NEVER;
  });

const Place = z
  .intersection(
    z.object({ RouteTableId: textOf(parseRouteTableId) }),
    Destination.transform((destination) => ({ destination })),
  )
  .transform(({ RouteTableId: tableId, destination }) => ({ tableId, destination }));

const entries = oneOrMany(z.object({ Cidr: cidrField }));

const ListModified = z
  .object({
    PrefixListId: textOf(parsePrefixListId),
    AddEntry: entries,
    RemoveEntry: entries,
    AddEntries: entries,
    RemoveEntries: entries,
  })
  .transform(({ PrefixListId, AddEntry, AddEntries, RemoveEntry, RemoveEntries }) => ({
    PrefixListId,
    AddEntry: [...AddEntry, ...AddEntries],
    RemoveEntry: [...RemoveEntry, ...RemoveEntries],
  }));

const Peering = z.object({ VpcPeeringConnectionId: textOf(parsePeeringConnectionId) });
const Answered = z.object({ VpcPeeringConnection: Peering });
