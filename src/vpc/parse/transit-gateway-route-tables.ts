import * as z from 'zod';
import {
  parsePrefixListId,
  parseTransitGatewayAttachmentId,
  parseTransitGatewayId,
  parseTransitGatewayRouteTableId,
} from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { TransitGatewayRoute, TransitGatewayRouteTable } from '../transit-gateway.ts';
import { cidrField, listOf, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * Tables with the routes and propagations that were asked for table by table (API-24, API-25). Routes of which one cannot
 * be read are all left out: any may be the most specific one.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRouteTable.html
 */
export function parseTransitGatewayRouteTables(raw: RawSnapshot): Parsed<TransitGatewayRouteTable> {
  const kind = { idField: 'TransitGatewayRouteTableId', fact: 'transit-gateway' } as const;
  const tables = parseItems(raw, { ...kind, member: 'TransitGatewayRouteTables', schema: RawTable });
  const propagated = parseItems(raw, { ...kind, member: 'TransitGatewayPropagations', schema: RawPropagations });
  const fixed = parseItems(raw, { ...kind, member: 'TransitGatewayStaticRoutes', schema: RawRoutes });
  const all = parseItems(raw, { ...kind, member: 'TransitGatewayRoutes', schema: RawRoutes });
  const propagations = new Map(propagated.items.map((told) => [told.id, told.propagations]));
  const routes = new Map([...fixed.items, ...all.items].map((told) => [told.id, told.routes]));
  return {
    items: tables.items.map((table) =>
      present({ ...table, propagations: propagations.get(table.id), routes: routes.get(table.id) }),
    ),
    gaps: [...tables.gaps, ...propagated.gaps, ...fixed.gaps, ...all.gaps],
  };
}

const tableId = { TransitGatewayRouteTableId: textOf(parseTransitGatewayRouteTableId) };
const attachmentId = { TransitGatewayAttachmentId: textOf(parseTransitGatewayAttachmentId) };

const RawTable = z
  .object({ ...tableId, TransitGatewayId: textOf(parseTransitGatewayId) })
  .transform((table) => ({ id: table.TransitGatewayRouteTableId, transitGatewayId: table.TransitGatewayId }));

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRouteTablePropagation.html */
const RawPropagations = z
  .object({
    ...tableId,
    TransitGatewayRouteTablePropagations: listOf(z.object({ ...attachmentId, State: z.string().default('enabled') })),
  })
  .transform((table) => ({
    id: table.TransitGatewayRouteTableId,
    propagations: table.TransitGatewayRouteTablePropagations.filter(({ State: state }) => state === 'enabled').map(
      (propagation) => propagation.TransitGatewayAttachmentId,
    ),
  }));

/** A route made from a prefix list names both the list and the block taken from it: the block is what it matches. */
const RawRoute: z.ZodType<Omit<TransitGatewayRoute, 'tableId'>> = z
  .object({
    DestinationCidrBlock: cidrField.optional(),
    PrefixListId: textOf(parsePrefixListId).optional(),
    Type: z.enum(['static', 'propagated']),
    State: z.string(),
    TransitGatewayAttachments: listOf(z.object({ ...attachmentId, ResourceType: z.string().optional() })),
  })
  .transform((raw, context) => {
    const destination = destinationOf(raw);
    if (destination === undefined) {
      context.addIssue({ code: 'custom', message: 'no destination' });
      return z.NEVER;
    }
    return present({
      destination,
      type: raw.Type,
      state: raw.State,
      attachmentIds: raw.TransitGatewayAttachments.map((attachment) => attachment.TransitGatewayAttachmentId),
      resourceType: raw.TransitGatewayAttachments[0]?.ResourceType,
    });
  });

function destinationOf(raw: {
  readonly DestinationCidrBlock?: z.output<typeof cidrField> | undefined;
  readonly PrefixListId?: ReturnType<typeof parsePrefixListId>;
}): TransitGatewayRoute['destination'] | undefined {
  if (raw.DestinationCidrBlock !== undefined) return { kind: 'cidr', cidr: raw.DestinationCidrBlock };
  return raw.PrefixListId === undefined ? undefined : { kind: 'prefix-list', id: raw.PrefixListId };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRoute.html (RT-45) */
const RawRoutes = z.object({ ...tableId, Routes: listOf(RawRoute) }).transform((table) => ({
  id: table.TransitGatewayRouteTableId,
  routes: table.Routes.map((route) => ({ tableId: table.TransitGatewayRouteTableId, ...route })),
}));
