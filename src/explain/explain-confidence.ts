import type { Finding } from '../engine/finding.ts';

/** How sure, in a word and with the reason (DEC-4). No percentages. */
export function explainConfidence(finding: Finding): string {
  return `confidence: ${finding.confidence}, ${REASON[finding.confidence](finding)}`;
}

const REASON: Readonly<Record<Finding['confidence'], (finding: Finding) => string>> = {
  certain: (finding) =>
    finding.blockedBy.length > 0 ? "today's rules deny it and the records show it" : 'the records prove it',
  likely: (finding) => {
    if (finding.group === undefined) return "today's rules deny it, and no record shows it";
    return finding.reasons.some(({ kind }) => kind === 'rests-on-inference')
      ? 'it rests on behaviour AWS does not document'
      : 'the records fit, and something else could look the same';
  },
  possible: () => 'it is a pattern, not a proof',
};
