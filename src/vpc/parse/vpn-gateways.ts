import * as z from 'zod';
import type { VpnGateway } from '../gateway.ts';
import { parseGatewayId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { textOf } from './fields.ts';
import { gatewayAttachments } from './gateway-attachments.ts';
import { parseItems, type Parsed } from './parse-items.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnGateway.html */
export function parseVpnGateways(raw: RawSnapshot): Parsed<VpnGateway> {
  return parseItems(raw, {
    member: 'VpnGateways',
    idField: 'VpnGatewayId',
    fact: 'vpn-gateway',
    schema: RawVpnGateway,
  });
}

const RawVpnGateway: z.ZodType<VpnGateway> = z
  .object({ VpnGatewayId: textOf(parseGatewayId), State: z.string(), VpcAttachments: gatewayAttachments })
  .transform((gateway) => ({ id: gateway.VpnGatewayId, state: gateway.State, attachments: gateway.VpcAttachments }));
