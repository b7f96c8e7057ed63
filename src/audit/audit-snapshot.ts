import type { Gap } from '../vpc/gap.ts';
import type { AuditFamily } from './audit-fault.ts';
import type { AuditFinding, AuditReport, AuditSeverity } from './audit-finding.ts';
import type { AuditRule, AuditWorld } from './audit-rule.ts';
import { AUDIT_RULES } from './audit-rules.ts';
import { gapsOf } from './needed-members.ts';

export const AUDIT_FAMILIES = [
  'peering',
  'endpoints',
  'flow-logs',
  'expectations',
] as const satisfies readonly AuditFamily[];

/** All rules of these families over one snapshot. */
export function auditSnapshot(world: AuditWorld, families: readonly AuditFamily[] = AUDIT_FAMILIES): AuditReport {
  const rules = AUDIT_RULES.filter(({ family }) => families.includes(family));
  return {
    families,
    findings: rules.flatMap((rule) => rule.check(world)).sort(worstFirst),
    gaps: eachOnce(rules.flatMap((rule) => gapsOfRule(rule, world))),
  };
}

function gapsOfRule({ needs, gaps }: AuditRule, world: AuditWorld): readonly Gap[] {
  return [...gapsOf(needs, world.snapshot), ...(gaps?.(world) ?? [])];
}

function eachOnce(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [identityOf(gap), gap])).values()];
}

function identityOf({ fact, about, because, action, accountId, region }: Gap): string {
  return JSON.stringify([fact, about, because, action, accountId, region]);
}

function worstFirst(a: AuditFinding, b: AuditFinding): number {
  const bySeverity = SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity];
  return bySeverity !== 0 ? bySeverity : a.id < b.id ? -1 : Number(a.id > b.id);
}

export const SEVERITY_RANK: Readonly<Record<AuditSeverity, number>> = { low: 0, medium: 1, high: 2 };
