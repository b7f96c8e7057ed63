import type { AuditFamily } from '../audit/audit-fault.ts';
import { AUDIT_FAMILIES } from '../audit/audit-snapshot.ts';
import type { AuditScope } from '../audit/planned-audit.ts';
import { isNonEmpty } from '../lang/non-empty.ts';
import { parseAccountId, parseRegion, parseVpcId } from '../vpc/ids.ts';
import { readOption, type Options, type Reader } from './options.ts';

export const AUDIT_OPTIONS = ['families', 'account', 'region', 'vpc'] as const;

/** `--families`, `--account`, `--region` and `--vpc`, each one or several with commas between. */
export function auditScopeOf(options: Options<(typeof AUDIT_OPTIONS)[number]>): AuditScope {
  const families = readOption(options, 'families', FAMILIES);
  const accounts = readOption(options, 'account', listOf(parseAccountId, '12-digit account ids'));
  const regions = readOption(options, 'region', listOf(parseRegion, 'regions such as eu-west-1'));
  const vpcs = readOption(options, 'vpc', listOf(parseVpcId, 'ids of VPCs (vpc-…)'));
  return {
    ...(families !== undefined && { families }),
    ...(accounts !== undefined && { accounts }),
    ...(regions !== undefined && { regions }),
    ...(vpcs !== undefined && { vpcs }),
  };
}

/** `flow-logs`; also `Flow-Logs`. */
function parseAuditFamily(text: string): AuditFamily | undefined {
  return AUDIT_FAMILIES.find((family) => family === text.toLowerCase());
}

const FAMILIES = listOf(parseAuditFamily, AUDIT_FAMILIES.join(', '));

const MOST_ITEMS = 50;

function listOf<Item>(parse: (text: string) => Item | undefined, expected: string): Reader<readonly Item[]> {
  const read = (text: string): readonly Item[] | undefined => {
    const words = text.split(',').filter((word) => word !== '');
    const items = words.slice(0, MOST_ITEMS + 1).flatMap((word) => parse(word) ?? []);
    return isNonEmpty(items) && items.length === words.length && items.length <= MOST_ITEMS ? items : undefined;
  };
  return { read, expected: `${expected}, with commas between` };
}
