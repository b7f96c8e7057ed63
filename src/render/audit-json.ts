import type { AuditFinding, AuditObject, AuditReport } from '../audit/audit-finding.ts';
import { explainGap } from '../explain/explain-gap.ts';
import type { FaultTelling } from '../explain/fault-telling.ts';
import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import { formatUtc } from '../lang/utc.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { AuditAnswer, FindingAnswer } from './audit-schema.ts';
import { cleanLine } from './clean-text.ts';
import { gapJson } from './json-gap.ts';
import { present } from './json-present.ts';

interface ReportTelling {
  readonly report: AuditReport;
  /** As of when it was judged. */
  readonly now: EpochSeconds;
}

type Tell = (finding: AuditFinding) => FaultTelling;

/** What an audit found, for machines. */
export function renderAuditJson({ report, now }: ReportTelling, tell: Tell): AuditAnswer {
  return {
    schemaVersion: 1,
    judgedAt: formatUtc(now),
    families: [...report.families],
    findings: report.findings.map((finding) => findingJson(finding, tell(finding))),
    gaps: report.gaps.map((gap) => gapJson(gap, explainGap)),
  };
}

function findingJson(
  { id, severity, fault, objects, measure, gaps }: AuditFinding,
  telling: FaultTelling,
): FindingAnswer {
  return {
    id,
    family: fault.family,
    kind: fault.kind,
    severity,
    objects: objects.map(objectJson),
    ...present({ measure }),
    title: plain(telling.title),
    evidence: telling.evidence.map(plain),
    why: plain(telling.why),
    fix: {
      sentences: telling.fix.flatMap((block) => (block.kind === 'paragraph' ? [plain(block.spans)] : [])),
      commands: telling.fix.flatMap((block) => (block.kind === 'command' ? [block.shell] : [])),
    },
    gaps: gaps.map((gap) => gapJson(gap, explainGap)),
  };
}

function objectJson({ id, name, accountId, region, vpcId }: AuditObject): FindingAnswer['objects'][number] {
  return { id, ...present({ name: name === undefined ? undefined : cleanLine(name), accountId, region, vpcId }) };
}

function plain(spans: Sentence): string {
  return cleanLine(plainText(spans));
}
