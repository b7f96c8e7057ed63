import { isNonEmpty } from '../lang/non-empty.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { RememberedFinding } from './audit-history.ts';
import { MOST_FINDINGS, type AuditNews, type AuditRunResult } from './audit-news.ts';

interface Remembering {
  readonly result: AuditRunResult;
  readonly news: AuditNews;
  readonly previous: readonly RememberedFinding[];
  readonly titleOf: (finding: AuditFinding) => string;
}

/**
 * What the next run is compared with: everything found, the worst first, and what could be neither found nor ruled out.
 * Of what is unreadable for a month, nobody knows any more whether it is still true.
 */
export function rememberFindings({ result, news, previous, titleOf }: Remembering): readonly RememberedFinding[] {
  const { report, now } = result;
  const before = new Map(previous.map((finding) => [finding.id, finding]));
  const muted = new Set(news.muted);
  const found = report.findings.map((finding) =>
    remembered(finding, {
      previous: before.get(finding.id),
      muted: muted.has(finding),
      title: titleOf(finding).slice(0, LONGEST_TITLE),
      now,
    }),
  );
  const recent = news.unknown.filter(({ lastSeen }) => now - lastSeen < UNKNOWN_FOR);
  return [...found, ...recent].slice(0, MOST_FINDINGS);
}

const LONGEST_TITLE = 300;
const MOST_OBJECTS = 20;
const UNKNOWN_FOR = 30 * 86_400;

interface Circumstances {
  readonly previous: RememberedFinding | undefined;
  readonly muted: boolean;
  readonly title: string;
  readonly now: EpochSeconds;
}

/** Its measure is the highest so far: what goes up and down is worse only beyond what was told already. */
function remembered(finding: AuditFinding, { previous, muted, title, now }: Circumstances): RememberedFinding {
  const { id, severity, fault, objects, measure } = finding;
  const fewer = objects.slice(0, MOST_OBJECTS);
  return {
    id,
    kind: fault.kind,
    severity,
    objects: isNonEmpty(fewer) ? fewer : objects,
    ...(measure !== undefined && { measure: Math.max(measure, previous?.measure ?? measure) }),
    title,
    firstSeen: previous?.firstSeen ?? now,
    lastSeen: now,
    muted,
  };
}
