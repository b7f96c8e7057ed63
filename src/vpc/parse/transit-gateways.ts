import * as z from 'zod';
import { parseRecordedAccountId, parseTransitGatewayId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { TransitGateway } from '../transit-gateway.ts';
import { enabledField, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGateway.html */
export function parseTransitGateways(raw: RawSnapshot): Parsed<TransitGateway> {
  return parseItems(raw, {
    member: 'TransitGateways',
    idField: 'TransitGatewayId',
    fact: 'transit-gateway',
    schema: RawTransitGateway,
  });
}

const RawTransitGateway: z.ZodType<TransitGateway> = z
  .object({
    TransitGatewayId: textOf(parseTransitGatewayId),
    OwnerId: textOf(parseRecordedAccountId).optional(),
    State: z.string(),
    Options: z.object({ SecurityGroupReferencingSupport: enabledField }).nullish(),
  })
  .transform((gateway) =>
    present({
      id: gateway.TransitGatewayId,
      accountId: gateway.OwnerId,
      state: gateway.State,
      securityGroupReferencing: gateway.Options?.SecurityGroupReferencingSupport ?? false,
    }),
  );
