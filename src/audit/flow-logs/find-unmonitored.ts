import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import type { AuditFinding, AuditObject, AuditSeverity } from '../audit-finding.ts';
import { objectIn } from '../vpc-inventory.ts';
import type { FlowLogFault } from './flow-log-fault.ts';
import { monitoringOf, type Monitoring } from './monitoring.ts';

/** What no flow log records: the widest object only, not each of the interfaces in it. */
export function findUnmonitored({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return monitoringOf(snapshot).flatMap((monitoring) => {
    const bare = monitoring.watchable.filter((each) => monitoring.logsOf(each).length === 0);
    if (monitoring.logs.length === 0) return wholeVpc(monitoring, bare);
    return bare.length === monitoring.watchable.length ? wholeVpc(monitoring, bare) : parts(monitoring, bare);
  });
}

/** A VPC whose interfaces are all somebody else's to monitor is left alone. */
function wholeVpc(
  { inventory, watchable, logs }: Monitoring,
  bare: readonly NetworkInterface[],
): readonly AuditFinding[] {
  const isForOthers = watchable.length === 0 && (inventory.interfaces.length > 0 || logs.length > 0);
  return isForOthers ? [] : [missing('vpc', objectIn(inventory, inventory.vpc), bare.length)];
}

function parts({ inventory, watchable }: Monitoring, bare: readonly NetworkInterface[]): readonly AuditFinding[] {
  const bareIds = new Set(bare.map(({ id }) => id));
  const isBare = ({ id }: Subnet): boolean =>
    watchable.some(({ subnetId }) => subnetId === id) &&
    watchable.every((each) => each.subnetId !== id || bareIds.has(each.id));
  const subnets = inventory.subnets.filter(isBare);
  const told = new Set<string | undefined>(subnets.map(({ id }) => id));
  return [
    ...subnets.map((subnet) => {
      const count = bare.filter(({ subnetId }) => subnetId === subnet.id).length;
      return missing('subnet', objectIn(inventory, subnet), count);
    }),
    ...bare
      .filter(({ subnetId }) => !told.has(subnetId))
      .map((each) => missing('network-interface', objectIn(inventory, each), 1)),
  ];
}

type Resource = Extract<FlowLogFault, { kind: 'flow-log-missing' }>['resource'];

function missing(resource: Resource, object: AuditObject, interfaces: number): AuditFinding {
  return {
    id: `flow-log-missing:${object.id}`,
    severity: severityOf(resource, interfaces),
    fault: { family: 'flow-logs', kind: 'flow-log-missing', resource, interfaces },
    objects: [object],
    gaps: [],
  };
}

function severityOf(resource: Resource, interfaces: number): AuditSeverity {
  return resource === 'network-interface' || interfaces === 0 ? 'low' : 'medium';
}
