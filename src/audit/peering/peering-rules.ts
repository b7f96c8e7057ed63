import type { AuditRule } from '../audit-rule.ts';

export const PEERING_RULES: readonly AuditRule[] = [];
