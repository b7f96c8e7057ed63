import { culpritsOf } from './culprits.ts';
import type { Finding } from './finding.ts';
import { rejectedRecords } from './order-findings.ts';

/**
 * One finding where many remote addresses met the same fate: the same row, service and culprits, equally sure. It is told
 * for the group with the most rejects; the others stand beside it.
 */
export function mergeFindings(findings: readonly Finding[]): readonly Finding[] {
  const byFate = new Map<string, Finding[]>();
  for (const finding of findings) {
    const fate = fateOf(finding);
    const alike = byFate.get(fate) ?? [];
    alike.push(finding);
    byFate.set(fate, alike);
  }
  return [...byFate.values()].flatMap(merge);
}

function fateOf(finding: Finding): string {
  const { row, verdict, confidence, flow, group } = finding;
  const port = group === undefined ? flow.destinationPort : group.servicePort;
  const fate = [row, verdict, confidence, flow.direction, flow.leg, flow.protocol, port];
  return [...fate, culpritsOf(finding), ...turningPointsOf(finding)].join(' ');
}

/** Who closed the way for one may not have closed it for another. */
function turningPointsOf({ reasons }: Finding): readonly string[] {
  return reasons.flatMap((reason) =>
    reason.kind === 'changed' && reason.effect !== undefined ? [reason.change.id] : [],
  );
}

function merge(findings: readonly Finding[]): readonly Finding[] {
  const [first, ...others] = findings.toSorted((a, b) => rejectedRecords(b) - rejectedRecords(a));
  if (first === undefined) return [];
  return [others.length === 0 ? first : { ...first, alike: others.flatMap(({ group }) => group ?? []) }];
}
