import type { Finding, FindingVerdict } from './finding.ts';

/** Most telling first: what blocks before what blocked, then by rejected records, then by the table's order. */
export function orderFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      RANK[a.verdict] - RANK[b.verdict] || rejectedRecords(b) - rejectedRecords(a) || rowNumber(a) - rowNumber(b),
  );
}

const RANK: Readonly<Record<FindingVerdict, number>> = {
  blocked: 0,
  'was-blocked': 1,
  undetermined: 2,
  'not-a-rule': 3,
  'no-evidence': 4,
};

/** Records of all groups that the finding stands for. */
export function rejectedRecords({ group, alike = [], flow }: Finding): number {
  const groups = group === undefined ? alike : [group, ...alike];
  return groups.reduce((sum, each) => sum + (each[flow.direction].rejected?.records ?? 0), 0);
}

function rowNumber({ row }: Finding): number {
  return Number(row.slice(2));
}
