import type { AuditFinding, AuditReport, AuditSeverity } from '../audit/audit-finding.ts';
import { footerOf, type AuditCoverage } from './audit-footer.ts';
import type { Thread } from './document.ts';
import { explainAuditFinding } from './explain-audit-finding.ts';
import { explainAuditGaps } from './explain-audit-gaps.ts';
import type { TellFault } from './explain-audit.ts';
import { count, formatList } from './phrase.ts';
import { sentence } from './sentence.ts';

interface ReportTelling extends Omit<AuditCoverage, 'news' | 'families' | 'gaps'> {
  readonly report: AuditReport;
}

/** Everything that was found, for someone who asked at a terminal: there is no last run to compare it with. */
export function explainAuditReport({ report, ...coverage }: ReportTelling, tell: TellFault): Thread {
  const { findings, families, gaps } = report;
  const title = titleOf(findings);
  const left = findings.length - MOST_FINDINGS;
  const more =
    left > 0 ? [{ kind: 'note', spans: sentence`${left} more: ${'--format json'} has all of them` } as const] : [];
  return {
    parent: {
      summary: title,
      blocks: [{ kind: 'title', text: title }, ...footerOf({ ...coverage, families, gaps }), ...more],
    },
    replies: [
      ...findings.slice(0, MOST_FINDINGS).map((finding) => explainAuditFinding(finding, tell(finding))),
      ...explainAuditGaps(gaps),
    ],
  };
}

/** A terminal scrolls; beyond this nobody does. */
const MOST_FINDINGS = 200;

const SEVERITIES: readonly AuditSeverity[] = ['high', 'medium', 'low'];

function titleOf(findings: readonly AuditFinding[]): string {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    found: findings.filter((finding) => finding.severity === severity).length,
  })).filter(({ found }) => found > 0);
  if (counts.length === 0) return 'Nothing is wrong, as far as could be seen';
  const each = formatList(counts.map(({ severity, found }) => `${found} ${severity}`));
  return `${count(findings.length, 'finding')}: ${each}`;
}
