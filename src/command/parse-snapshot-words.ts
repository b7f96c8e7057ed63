import { parseVpcId, type VpcId } from '../vpc/ids.ts';
import type { Scope } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { readOption, scopeOf, splitOptions } from './options.ts';

/** Which networks to record. */
export interface SnapshotWords {
  readonly scope: Scope;
  /** Absent: every VPC of the scope. */
  readonly vpcIds?: readonly VpcId[];
}

/** What stands behind `snapshot`: options only. Throws `ExpectedError` (`not-understood`). */
export function parseSnapshotWords(tokens: readonly string[]): SnapshotWords {
  const { words, options } = splitOptions(tokens, ['account', 'region', 'vpc']);
  const [surplus] = words;
  if (surplus !== undefined) throw notUnderstood(surplus, 'only options such as --region eu-west-1');
  const vpcIds = readOption(options, 'vpc', { read: readVpcIds, expected: 'VPC ids (vpc-…), with commas between' });
  return { scope: scopeOf(options), ...(vpcIds !== undefined && { vpcIds }) };
}

function readVpcIds(text: string): readonly VpcId[] | undefined {
  const ids = text.split(',').map((each) => parseVpcId(each.trim().toLowerCase()));
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : undefined;
}
