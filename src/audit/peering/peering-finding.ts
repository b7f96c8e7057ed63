import type { NonEmpty } from '../../lang/non-empty.ts';
import { formatCidr } from '../../net/cidr.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { RouteDestination, RouteTable } from '../../vpc/route-table.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject, AuditSeverity } from '../audit-finding.ts';
import type { PeeringFault } from './peering-fault.ts';
import type { PeeringEnd } from './peering-situation.ts';

/** A fault without the family that all of these share. */
type Fault = PeeringFault extends infer Each ? (Each extends PeeringFault ? Omit<Each, 'family'> : never) : never;

interface Found {
  readonly severity: AuditSeverity;
  readonly objects: NonEmpty<AuditObject>;
  /** What tells it from other faults of its kind: ids, in an order that does not change. */
  readonly of: readonly string[];
  readonly measure?: number;
  readonly gaps?: readonly Gap[];
}

export function peeringFinding(fault: Fault, { severity, objects, of, measure, gaps = [] }: Found): AuditFinding {
  return {
    id: [fault.kind, ...of].join(':'),
    severity,
    fault: { family: 'peering', ...fault },
    objects,
    gaps,
    ...(measure !== undefined && { measure }),
  };
}

/** As it stands in an id. */
export function destinationId(destination: RouteDestination): string {
  return destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id;
}

/** The VPC of an end that was read; none otherwise. */
export function vpcObjects({ inventory }: PeeringEnd): readonly AuditObject[] {
  if (inventory === undefined) return [];
  const { id, name, accountId, region } = inventory.vpc;
  return [
    { id, ...(name !== undefined && { name }), ...(accountId !== undefined && { accountId }), region, vpcId: id },
  ];
}

export function tableObject({ id, name, vpcId, accountId }: RouteTable, { vpcs }: Snapshot): AuditObject {
  const vpc = vpcs.get(vpcId);
  const owner = accountId ?? vpc?.accountId;
  return {
    id,
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { accountId: owner }),
    ...(vpc !== undefined && { region: vpc.region }),
    vpcId,
  };
}

/** Each object once, in the order given. */
export function distinctObjects(first: AuditObject, others: readonly AuditObject[]): NonEmpty<AuditObject> {
  const rest = new Map(others.filter(({ id }) => id !== first.id).map((object) => [object.id, object]));
  return [first, ...rest.values()];
}
