import * as z from 'zod';
import type { InternetGateway } from '../gateway.ts';
import { parseGatewayId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { textOf } from './fields.ts';
import { gatewayAttachments } from './gateway-attachments.ts';
import { parseItems, type Parsed } from './parse-items.ts';

/**
 * Internet gateways, and the egress-only ones for IPv6.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EgressOnlyInternetGateway.html
 */
export function parseInternetGateways(raw: RawSnapshot): Parsed<InternetGateway> {
  const both = parseItems(raw, {
    member: 'InternetGateways',
    idField: 'InternetGatewayId',
    fact: 'internet-gateway',
    schema: RawInternetGateway,
  });
  const egressOnly = parseItems(raw, {
    member: 'EgressOnlyInternetGateways',
    idField: 'EgressOnlyInternetGatewayId',
    fact: 'internet-gateway',
    schema: RawEgressOnlyInternetGateway,
  });
  return { items: [...both.items, ...egressOnly.items], gaps: [...both.gaps, ...egressOnly.gaps] };
}

const RawInternetGateway: z.ZodType<InternetGateway> = z
  .object({ InternetGatewayId: textOf(parseGatewayId), Attachments: gatewayAttachments })
  .transform((gateway) => ({
    id: gateway.InternetGatewayId,
    kind: 'internet-gateway',
    attachments: gateway.Attachments,
  }));

const RawEgressOnlyInternetGateway: z.ZodType<InternetGateway> = z
  .object({ EgressOnlyInternetGatewayId: textOf(parseGatewayId), Attachments: gatewayAttachments })
  .transform((gateway) => ({
    id: gateway.EgressOnlyInternetGatewayId,
    kind: 'egress-only-internet-gateway',
    attachments: gateway.Attachments,
  }));
