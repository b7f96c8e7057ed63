import type { Finding, RowId } from '../engine/finding.ts';
import { rowTitle } from './row-titles.ts';

/** Rows where the logs themselves are what is missing. */
export const LOGS_ARE_BLIND: ReadonlySet<RowId> = new Set(['T-57', 'T-58', 'T-59', 'T-60', 'T-61', 'T-62']);

/** How sure, in a word and with the reason (DEC-4). No percentages. */
export function explainConfidence(finding: Finding): string {
  return `confidence: ${finding.confidence}, ${REASON[finding.confidence](finding)}`;
}

const REASON: Readonly<Record<Finding['confidence'], (finding: Finding) => string>> = {
  certain: ({ blockedBy, verdict }) => {
    if (verdict === 'was-blocked') return 'the configuration as it was then denied it and the records show it';
    if (blockedBy.length > 0) return "today's configuration denies it and the records show it";
    return verdict === 'no-evidence' ? 'the flow logs and their settings show it' : 'the records show it';
  },
  likely: ({ row, group, blockedBy, reasons }) => {
    if (group === undefined && blockedBy.length > 0) {
      return `today's configuration denies it, and ${LOGS_ARE_BLIND.has(row) ? rowTitle(row) : 'no record shows it'}`;
    }
    return reasons.some(({ kind }) => kind === 'rests-on-inference')
      ? 'it rests on behaviour that AWS does not document'
      : 'the records fit, but not only this explains them';
  },
  possible: () => 'it is a pattern, not a proof',
};
