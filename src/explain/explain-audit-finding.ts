import type { AuditFinding } from '../audit/audit-finding.ts';
import type { Document } from './document.ts';
import { nameGap } from './explain-gap.ts';
import type { FaultTelling } from './fault-telling.ts';
import { listOf } from './list-of.ts';
import { formatList } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { code, sentence, strong } from './sentence.ts';

/** One finding: what is wrong, the evidence, why it matters, the smallest fix, and the name by which it can be muted. */
export function explainAuditFinding({ id, severity, gaps }: AuditFinding, telling: FaultTelling): Document {
  const doubts =
    gaps.length === 0 ? '' : ` · holds unless what we could not see says otherwise: ${formatList(gaps.map(nameGap))}`;
  return {
    summary: plainText(telling.title),
    blocks: [
      { kind: 'headline', tone: severity, spans: telling.title },
      ...listOf(telling.evidence),
      { kind: 'paragraph', spans: sentence`${strong('Why it matters:')} ${telling.why}` },
      ...telling.fix,
      { kind: 'note', spans: sentence`${code(id)}${doubts}` },
    ],
  };
}
