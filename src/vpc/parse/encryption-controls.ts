import * as z from 'zod';
import type { Gap } from '../gap.ts';
import { parseVpcId, type VpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { Vpc } from '../snapshot.ts';
import { textOf } from './fields.ts';
import { membersOf, parseEach } from './parse-items.ts';

type EncryptionControl = NonNullable<Vpc['encryptionControl']>;

/**
 * The encryption control of each VPC (RT-40, RT-41), told by `DescribeVpcs` inside the VPC and by
 * `DescribeVpcEncryptionControls`, which wins because it is the newer word.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEncryptionControl.html
 */
export function encryptionControls(raw: RawSnapshot): {
  readonly byVpc: ReadonlyMap<VpcId, EncryptionControl>;
  readonly gaps: readonly Gap[];
} {
  const told = [...membersOf(raw, 'Vpcs').flatMap(insideVpc), ...membersOf(raw, 'VpcEncryptionControls')];
  const kind = { idField: 'VpcId', fact: 'encryption-control', schema: RawEncryptionControl } as const;
  const { items, gaps } = parseEach(told, kind, raw);
  return { byVpc: new Map(items.map(({ vpcId, ...control }) => [vpcId, control])), gaps };
}

const WithControl = z.object({ VpcId: z.string(), EncryptionControl: z.looseObject({}) });

function insideVpc(vpc: unknown): readonly unknown[] {
  const { data } = WithControl.safeParse(vpc);
  return data === undefined ? [] : [{ ...data.EncryptionControl, VpcId: data.VpcId }];
}

const RawEncryptionControl = z
  .object({ VpcId: textOf<VpcId>(parseVpcId), Mode: z.string(), State: z.string() })
  .transform((control) => ({ vpcId: control.VpcId, mode: control.Mode, state: control.State }));
