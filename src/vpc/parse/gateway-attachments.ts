import * as z from 'zod';
import type { GatewayAttachment } from '../gateway.ts';
import { parseVpcId } from '../ids.ts';
import { listOf, textOf } from './fields.ts';

/** The VPCs that a gateway hangs on. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcAttachment.html */
export const gatewayAttachments: z.ZodType<readonly GatewayAttachment[]> = listOf(
  z
    .object({ VpcId: textOf(parseVpcId), State: z.string() })
    .transform((attachment) => ({ vpcId: attachment.VpcId, state: attachment.State })),
);
