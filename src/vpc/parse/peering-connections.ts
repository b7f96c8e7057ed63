import * as z from 'zod';
import type { Cidr } from '../../net/cidr.ts';
import { parsePeeringConnectionId, parseRecordedAccountId, parseRegion, parseVpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { PeeringConnection, PeeringSide } from '../snapshot.ts';
import { cidrField, listOf, nameTag, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';
import { timestampField } from './timestamp.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html */
export function parsePeeringConnections(raw: RawSnapshot): Parsed<PeeringConnection> {
  return parseItems(raw, {
    member: 'VpcPeeringConnections',
    idField: 'VpcPeeringConnectionId',
    fact: 'peering-connection',
    schema: RawPeeringConnection,
  });
}

/** All blocks of one side (PEER-20), and its DNS option (PEER-15). `CidrBlockSet` repeats the block that stands alone. */
const Side: z.ZodType<PeeringSide> = z
  .object({
    VpcId: textOf(parseVpcId).optional(),
    OwnerId: textOf(parseRecordedAccountId).optional(),
    Region: textOf(parseRegion).optional(),
    CidrBlock: cidrField.optional(),
    CidrBlockSet: listOf(z.object({ CidrBlock: cidrField })),
    Ipv6CidrBlockSet: listOf(z.object({ Ipv6CidrBlock: cidrField })),
    PeeringOptions: z.object({ AllowDnsResolutionFromRemoteVpc: z.boolean().optional() }).nullish(),
  })
  .transform((side) =>
    present({
      vpcId: side.VpcId,
      accountId: side.OwnerId,
      region: side.Region,
      cidrs: [
        ...ipv4Blocks(
          side.CidrBlock,
          side.CidrBlockSet.map((block) => block.CidrBlock),
        ),
        ...side.Ipv6CidrBlockSet.map((block) => block.Ipv6CidrBlock),
      ],
      allowsDnsResolution: side.PeeringOptions?.AllowDnsResolutionFromRemoteVpc,
    }),
  );

function ipv4Blocks(single: Cidr | undefined, set: readonly Cidr[]): readonly Cidr[] {
  return set.length > 0 || single === undefined ? set : [single];
}

const RawPeeringConnection: z.ZodType<PeeringConnection> = z
  .object({
    VpcPeeringConnectionId: textOf(parsePeeringConnectionId),
    Status: z.object({ Code: z.string(), Message: z.string().optional() }),
    ExpirationTime: timestampField.optional(),
    RequesterVpcInfo: Side,
    AccepterVpcInfo: Side,
    Tags: nameTag,
  })
  .transform((connection) =>
    present({
      id: connection.VpcPeeringConnectionId,
      name: connection.Tags,
      status: connection.Status.Code,
      statusMessage: connection.Status.Message,
      expiresAt: connection.ExpirationTime,
      requester: connection.RequesterVpcInfo,
      accepter: connection.AccepterVpcInfo,
    }),
  );
