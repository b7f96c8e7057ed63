import * as z from 'zod';
import type { Cidr } from '../../net/cidr.ts';
import { parseRecordedAccountId, parseVpcId, type Region, type VpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Vpc } from '../snapshot.ts';
import { blockModeOf, blockPublicAccessStates } from './block-public-access.ts';
import { encryptionControls } from './encryption-controls.ts';
import { cidrField, listOf, nameTag, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';
import { vpcAttributes } from './vpc-attributes.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html */
export function parseVpcs(raw: RawSnapshot, region: Region): Parsed<Vpc> {
  const vpcs = parseItems(raw, { member: 'Vpcs', idField: 'VpcId', fact: 'vpc', schema: RawVpc });
  const controls = encryptionControls(raw);
  const attributes = vpcAttributes(raw);
  return {
    items: vpcs.items.map((vpc) =>
      present({
        ...vpc,
        region,
        dns: attributes.byVpc.get(vpc.id),
        encryptionControl: controls.byVpc.get(vpc.id),
      }),
    ),
    gaps: [...vpcs.gaps, ...controls.gaps, ...attributes.gaps],
  };
}

const state = z.object({ State: z.string() });

/** Where the set of associations is told, only blocks in state `associated` count; the primary one stands first. */
const RawVpc = z
  .object({
    VpcId: textOf<VpcId>(parseVpcId),
    OwnerId: textOf(parseRecordedAccountId).optional(),
    CidrBlock: cidrField.optional(),
    CidrBlockAssociationSet: z.array(z.object({ CidrBlock: cidrField, CidrBlockState: state })).optional(),
    Ipv6CidrBlockAssociationSet: listOf(z.object({ Ipv6CidrBlock: cidrField, Ipv6CidrBlockState: state })),
    BlockPublicAccessStates: blockPublicAccessStates,
    Tags: nameTag,
  })
  .transform((vpc) =>
    present({
      id: vpc.VpcId,
      accountId: vpc.OwnerId,
      name: vpc.Tags,
      cidrs: [
        ...ipv4Blocks(vpc.CidrBlock, vpc.CidrBlockAssociationSet),
        ...vpc.Ipv6CidrBlockAssociationSet.filter((block) => block.Ipv6CidrBlockState.State === 'associated').map(
          (block) => block.Ipv6CidrBlock,
        ),
      ],
      blockPublicAccess: blockModeOf(vpc.BlockPublicAccessStates),
    }),
  );

interface Association {
  readonly CidrBlock: Cidr;
  readonly CidrBlockState: { readonly State: string };
}

function ipv4Blocks(primary: Cidr | undefined, associations: readonly Association[] | undefined): readonly Cidr[] {
  const first = primary === undefined ? [] : [primary];
  if (associations === undefined) return first;
  const associated = associations
    .filter((block) => block.CidrBlockState.State === 'associated')
    .map((block) => block.CidrBlock);
  return associated.sort((a, b) => Number(isSame(b, primary)) - Number(isSame(a, primary)));
}

function isSame(cidr: Cidr, other: Cidr | undefined): boolean {
  return cidr.base === other?.base && cidr.prefixLength === other.prefixLength;
}
