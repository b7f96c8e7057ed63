import type { AuditRule } from './audit-rule.ts';
import { ENDPOINT_RULES } from './endpoints/endpoint-rules.ts';
import { EXPECTATION_RULES } from './expectations/expectation-rules.ts';
import { FLOW_LOG_RULES } from './flow-logs/flow-log-rules.ts';
import { PEERING_RULES } from './peering/peering-rules.ts';

/** Every kind of fault that is looked for. */
export const AUDIT_RULES: readonly AuditRule[] = [
  ...PEERING_RULES,
  ...ENDPOINT_RULES,
  ...FLOW_LOG_RULES,
  ...EXPECTATION_RULES,
];
