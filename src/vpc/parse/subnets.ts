import * as z from 'zod';
import { parseSubnetId, parseVpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Subnet } from '../snapshot.ts';
import { blockModeOf, blockPublicAccessStates } from './block-public-access.ts';
import { cidrField, listOf, nameTag, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html */
export function parseSubnets(raw: RawSnapshot): Parsed<Subnet> {
  return parseItems(raw, { member: 'Subnets', idField: 'SubnetId', fact: 'subnet', schema: RawSubnet });
}

/** A subnet for IPv6 only has no `CidrBlock`. */
const RawSubnet: z.ZodType<Subnet> = z
  .object({
    SubnetId: textOf(parseSubnetId),
    VpcId: textOf(parseVpcId),
    CidrBlock: cidrField.optional(),
    Ipv6CidrBlockAssociationSet: listOf(
      z.object({ Ipv6CidrBlock: cidrField, Ipv6CidrBlockState: z.object({ State: z.string() }) }),
    ),
    AvailabilityZone: z.string().optional(),
    BlockPublicAccessStates: blockPublicAccessStates,
    Tags: nameTag,
  })
  .transform((subnet) =>
    present({
      id: subnet.SubnetId,
      vpcId: subnet.VpcId,
      name: subnet.Tags,
      cidrs: [
        ...(subnet.CidrBlock === undefined ? [] : [subnet.CidrBlock]),
        ...subnet.Ipv6CidrBlockAssociationSet.filter((block) => block.Ipv6CidrBlockState.State === 'associated').map(
          (block) => block.Ipv6CidrBlock,
        ),
      ],
      availabilityZone: subnet.AvailabilityZone,
      blockPublicAccess: blockModeOf(subnet.BlockPublicAccessStates),
    }),
  );
