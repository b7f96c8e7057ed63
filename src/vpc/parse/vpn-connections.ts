import * as z from 'zod';
import type { VpnConnection } from '../gateway.ts';
import { parseGatewayId, parseTransitGatewayId, parseVpnConnectionId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { cidrField, listOf, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html */
export function parseVpnConnections(raw: RawSnapshot): Parsed<VpnConnection> {
  return parseItems(raw, {
    member: 'VpnConnections',
    idField: 'VpnConnectionId',
    fact: 'vpn-gateway',
    schema: RawVpnConnection,
  });
}

/** Static routes count once they are `available`. A connection that does not say so is not taken for static only. */
const RawVpnConnection: z.ZodType<VpnConnection> = z
  .object({
    VpnConnectionId: textOf(parseVpnConnectionId),
    VpnGatewayId: textOf(parseGatewayId).optional(),
    TransitGatewayId: textOf(parseTransitGatewayId).optional(),
    State: z.string(),
    Options: z.object({ StaticRoutesOnly: z.boolean().default(false) }).nullish(),
    Routes: listOf(z.object({ DestinationCidrBlock: cidrField, State: z.string().default('available') })),
  })
  .transform((connection) =>
    present({
      id: connection.VpnConnectionId,
      gatewayId: connection.VpnGatewayId,
      transitGatewayId: connection.TransitGatewayId,
      state: connection.State,
      isStaticOnly: connection.Options?.StaticRoutesOnly ?? false,
      routes: connection.Routes.filter((route) => route.State === 'available').map(
        (route) => route.DestinationCidrBlock,
      ),
    }),
  );
