import type { AuditSeverity } from '../audit/audit-finding.ts';
import type { AuditScope } from '../audit/planned-audit.ts';
import { AUDIT_OPTIONS, auditScopeOf } from './audit-options.ts';
import { notUnderstood } from './not-understood.ts';
import { readOption, splitOptions } from './options.ts';

/** One audit at a terminal. */
export interface AuditWords {
  readonly scope: AuditScope;
  /** A recorded network in place of a live one. */
  readonly snapshot?: string;
  readonly expectations?: string;
  /** Findings this bad, or worse, end with an exit code that a pipeline notices. */
  readonly failOn?: AuditSeverity;
}

/** What stands behind `vpc-why audit`. */
export function parseAuditWords(tokens: readonly string[]): AuditWords {
  const { words, options } = splitOptions(tokens, [...AUDIT_OPTIONS, 'snapshot', 'expectations', 'fail-on']);
  const [surplus] = words;
  if (surplus !== undefined) throw notUnderstood(surplus, 'only options such as --families and --snapshot');
  const [snapshot, expectations] = [options.get('snapshot'), options.get('expectations')];
  const failOn = readOption(options, 'fail-on', { read: parseSeverity, expected: 'high, medium or low' });
  const scope = auditScopeOf(options);
  if (snapshot !== undefined && (scope.accounts ?? scope.regions ?? scope.vpcs) !== undefined) {
    throw notUnderstood(
      `--snapshot ${snapshot}`,
      'no --account, --region or --vpc: a recorded network is audited whole',
    );
  }
  return {
    scope,
    ...(snapshot !== undefined && { snapshot }),
    ...(expectations !== undefined && { expectations }),
    ...(failOn !== undefined && { failOn }),
  };
}

function parseSeverity(text: string): AuditSeverity | undefined {
  return SEVERITIES.find((severity) => severity === text.toLowerCase());
}

const SEVERITIES: readonly AuditSeverity[] = ['high', 'medium', 'low'];
