import * as z from 'zod';
import {
  parseRecordedAccountId,
  parseSubnetId,
  parseTransitGatewayAttachmentId,
  parseTransitGatewayId,
  parseTransitGatewayRouteTableId,
  type TransitGatewayAttachmentId,
  type TransitGatewayRouteTableId,
} from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { TransitGatewayAttachment } from '../transit-gateway.ts';
import { enabledField, listOf, textOf } from './fields.ts';
import { mergeById } from './merge-by-id.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * Attachments of every kind, joined with what `DescribeTransitGatewayVpcAttachments` tells of those to VPCs and with the
 * associations of the route tables (RT-43, RT-46, RT-49). Only the gateway's owner is told the association.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html
 */
export function parseTransitGatewayAttachments(raw: RawSnapshot): Parsed<TransitGatewayAttachment> {
  const kind = { idField: 'TransitGatewayAttachmentId', fact: 'transit-gateway' } as const;
  const any = parseItems(raw, { ...kind, member: 'TransitGatewayAttachments', schema: RawAttachment });
  const toVpcs = parseItems(raw, { ...kind, member: 'TransitGatewayVpcAttachments', schema: RawVpcAttachment });
  const { tableOf, gaps } = associations(raw);
  const attachments = mergeById([...any.items, ...toVpcs.items]);
  return {
    items: [...attachments.values()].map((attachment) =>
      present({ ...attachment, routeTableId: tableOf.get(attachment.id) ?? attachment.routeTableId }),
    ),
    gaps: [...any.gaps, ...toVpcs.gaps, ...gaps],
  };
}

const identity = {
  TransitGatewayAttachmentId: textOf(parseTransitGatewayAttachmentId),
  TransitGatewayId: textOf(parseTransitGatewayId),
  State: z.string(),
};

const tableId = { TransitGatewayRouteTableId: textOf<TransitGatewayRouteTableId>(parseTransitGatewayRouteTableId) };

const RawAttachment: z.ZodType<TransitGatewayAttachment> = z
  .object({
    ...identity,
    ResourceType: z.string(),
    ResourceId: z.string().optional(),
    ResourceOwnerId: textOf(parseRecordedAccountId).optional(),
    Association: z.object({ ...tableId, State: z.string() }).nullish(),
  })
  .transform((attachment) =>
    present({
      id: attachment.TransitGatewayAttachmentId,
      transitGatewayId: attachment.TransitGatewayId,
      resourceType: attachment.ResourceType,
      resourceId: attachment.ResourceId,
      resourceOwnerId: attachment.ResourceOwnerId,
      state: attachment.State,
      routeTableId: isInForce(attachment.Association) ? attachment.Association?.TransitGatewayRouteTableId : undefined,
    }),
  );

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayVpcAttachment.html */
const RawVpcAttachment: z.ZodType<TransitGatewayAttachment> = z
  .object({
    ...identity,
    VpcId: z.string(),
    VpcOwnerId: textOf(parseRecordedAccountId).optional(),
    SubnetIds: listOf(textOf(parseSubnetId)),
    Options: z
      .object({
        ApplianceModeSupport: enabledField,
        Ipv6Support: enabledField,
        SecurityGroupReferencingSupport: enabledField,
      })
      .nullish(),
  })
  .transform((attachment) =>
    present({
      id: attachment.TransitGatewayAttachmentId,
      transitGatewayId: attachment.TransitGatewayId,
      resourceType: 'vpc',
      resourceId: attachment.VpcId,
      resourceOwnerId: attachment.VpcOwnerId,
      state: attachment.State,
      vpc: {
        subnetIds: attachment.SubnetIds,
        applianceMode: attachment.Options?.ApplianceModeSupport ?? false,
        ipv6: attachment.Options?.Ipv6Support ?? false,
        securityGroupReferencing: attachment.Options?.SecurityGroupReferencingSupport ?? false,
      },
    }),
  );

/** An association that is being made or undone routes nothing that one can rely on. */
function isInForce(association: { readonly State: string } | null | undefined): boolean {
  return association?.State === 'associated';
}

/** `GetTransitGatewayRouteTableAssociations`, made once per table (API-24). */
function associations(raw: RawSnapshot): Pick<Parsed<never>, 'gaps'> & {
  readonly tableOf: ReadonlyMap<TransitGatewayAttachmentId, TransitGatewayRouteTableId>;
} {
  const { items, gaps } = parseItems(raw, {
    member: 'TransitGatewayAssociations',
    idField: 'TransitGatewayRouteTableId',
    fact: 'transit-gateway',
    schema: RawAssociations,
  });
  const pairs = items.flatMap(({ TransitGatewayRouteTableId: table, Associations: made }) =>
    made.filter(isInForce).map((association) => [association.TransitGatewayAttachmentId, table] as const),
  );
  return { tableOf: new Map(pairs), gaps };
}

const RawAssociations = z.object({
  ...tableId,
  Associations: listOf(
    z.object({
      TransitGatewayAttachmentId: textOf<TransitGatewayAttachmentId>(parseTransitGatewayAttachmentId),
      State: z.string(),
    }),
  ),
});
