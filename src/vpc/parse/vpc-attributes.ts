import * as z from 'zod';
import { parseVpcId, type VpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Vpc } from '../snapshot.ts';
import { textOf } from './fields.ts';
import { mergeById } from './merge-by-id.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

type DnsAttributes = NonNullable<Vpc['dns']>;

/**
 * The DNS attributes of each VPC. AWS tells one a call, so that a VPC may stand here once for each (API-12).
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html
 */
export function vpcAttributes(raw: RawSnapshot): Pick<Parsed<never>, 'gaps'> & {
  readonly byVpc: ReadonlyMap<VpcId, DnsAttributes>;
} {
  const { items, gaps } = parseItems(raw, {
    member: 'VpcAttributes',
    idField: 'VpcId',
    fact: 'vpc-attribute',
    schema: RawVpcAttribute,
  });
  const merged = [...mergeById(items).values()];
  return { byVpc: new Map(merged.map(({ id, ...dns }) => [id, dns])), gaps };
}

const value = z.object({ Value: z.boolean() }).nullish();

const RawVpcAttribute: z.ZodType<DnsAttributes & { readonly id: VpcId }> = z
  .object({ VpcId: textOf<VpcId>(parseVpcId), EnableDnsSupport: value, EnableDnsHostnames: value })
  .transform((attribute) =>
    present({
      id: attribute.VpcId,
      support: attribute.EnableDnsSupport?.Value,
      hostnames: attribute.EnableDnsHostnames?.Value,
    }),
  );
