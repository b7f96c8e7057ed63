import type { AuditFinding, AuditReport } from '../../src/audit/audit-finding.ts';
import type { FaultTelling } from '../../src/explain/fault-telling.ts';
import { plainText } from '../../src/explain/plain-text.ts';
import type { Block } from '../../src/explain/document.ts';

/** A telling as bare text. */
export interface ToldFault {
  readonly title: string;
  readonly evidence: readonly string[];
  readonly why: string;
  readonly fix: string;
}

/** The first finding of the kind, as it is told. Throws when there is none. */
export function tellFaults(
  { findings }: AuditReport,
  kind: AuditFinding['fault']['kind'],
  explain: (finding: AuditFinding) => FaultTelling | undefined,
): ToldFault {
  const finding = findings.find(({ fault }) => fault.kind === kind);
  const telling = finding === undefined ? undefined : explain(finding);
  if (telling === undefined) throw new Error(`no ${kind} among ${findings.map(({ id }) => id).join(', ')}`);
  return {
    title: plainText(telling.title),
    evidence: telling.evidence.map(plainText),
    why: plainText(telling.why),
    fix: telling.fix.map(textOf).join('\n'),
  };
}

function textOf(block: Block): string {
  if (block.kind === 'command') return block.shell;
  return 'spans' in block ? plainText(block.spans) : '';
}
