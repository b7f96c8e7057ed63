import { isNonEmpty } from '../../lang/non-empty.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { objectIn, vpcInventories } from '../vpc-inventory.ts';
import { readPolicy, type PolicyReading } from './endpoint-policy.ts';
import { isAvailable } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';

/**
 * Such an endpoint answers every request with an authorisation error; connections succeed.
 * VPCE-31, VPCE-42. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function findDenyingPolicies({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint) => {
    const because = policyOf(endpoint);
    if (because !== 'no-allow' && because !== 'denies-everybody') return [];
    const fault = { family: 'endpoints', kind: 'endpoint-policy-denies-all', endpoint, because } as const;
    return [{ fault, severity: 'high' }];
  });
}

/** The default policy is one of these, so they are many: one finding for each VPC. */
export function findOpenPolicies({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return vpcInventories(snapshot).flatMap((inventory): readonly AuditFinding[] => {
    const { vpc } = inventory;
    const open = inventory.endpoints.filter((each) => !each.requesterManaged && policyOf(each) === 'allows-everything');
    const endpoints = open.map(({ id }) => id);
    if (!isNonEmpty(endpoints)) return [];
    return [
      {
        id: `endpoint-policy-open:${vpc.id}`,
        severity: 'low',
        fault: { family: 'endpoints', kind: 'endpoint-policy-open', vpcId: vpc.id, endpoints },
        objects: [objectIn(inventory, vpc), ...open.map((each) => objectIn(inventory, each))],
        measure: endpoints.length,
        gaps: [],
      },
    ];
  });
}

/** Only these two take policies of this kind. */
function policyOf(endpoint: VpcEndpoint): PolicyReading {
  const takesPolicy = endpoint.type === 'Interface' || endpoint.type === 'Gateway';
  const { policyDocument } = endpoint;
  return takesPolicy && isAvailable(endpoint) && policyDocument !== undefined ? readPolicy(policyDocument) : 'depends';
}
