import * as z from 'zod';
import { parseSecurityGroupId, parseVpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { SecurityGroupVpcAssociation } from '../snapshot.ts';
import { textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupVpcAssociation.html (SG-41) */
export function parseGroupAssociations(raw: RawSnapshot): Parsed<SecurityGroupVpcAssociation> {
  return parseItems(raw, {
    member: 'SecurityGroupVpcAssociations',
    idField: 'GroupId',
    fact: 'security-group',
    schema: RawAssociation,
  });
}

const RawAssociation: z.ZodType<SecurityGroupVpcAssociation> = z
  .object({ GroupId: textOf(parseSecurityGroupId), VpcId: textOf(parseVpcId), State: z.string() })
  .transform((association) => ({
    groupId: association.GroupId,
    vpcId: association.VpcId,
    state: association.State,
  }));
