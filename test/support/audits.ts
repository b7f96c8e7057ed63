import type { AuditFinding } from '../../src/audit/audit-finding.ts';
import type { AuditWorld } from '../../src/audit/audit-rule.ts';
import type { VpcBuilder } from './build-vpc.ts';

/** An audit at noon of 23 November 2026, of a network and what else the test gives. */
export function auditOf(builder: VpcBuilder, more: Partial<AuditWorld> = {}): AuditWorld {
  return { snapshot: builder.build().snapshot, now: 1_795_435_200, ...more };
}

export const idsOf = (findings: readonly AuditFinding[]): readonly string[] => findings.map(({ id }) => id);
