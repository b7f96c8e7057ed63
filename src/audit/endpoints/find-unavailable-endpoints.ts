import type { AuditFinding, AuditSeverity } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { findInEndpoints } from './find-in-endpoints.ts';

/**
 * An endpoint that is not available carries nothing; why is told by its last error. Words that we don't know, and
 * endpoints on their way out, are left alone.
 * VPCE-2, VPCE-40. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html
 */
export function findUnavailableEndpoints({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint) => {
    const severity = SEVERITY_OF_STATE.get(endpoint.state);
    const fault = { family: 'endpoints', kind: 'endpoint-not-available', endpoint } as const;
    return severity === undefined ? [] : [{ fault, severity }];
  });
}

const SEVERITY_OF_STATE = new Map<string, AuditSeverity>([
  ['failed', 'high'],
  ['rejected', 'high'],
  ['expired', 'high'],
  ['partial', 'high'],
  ['pendingacceptance', 'medium'],
  ['pending', 'low'],
]);
