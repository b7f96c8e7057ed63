import type { FlowLog } from '../../vpc/flow-log.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { vpcInventories, wasCollected, type VpcInventory } from '../vpc-inventory.ts';

/** A VPC whose flow logs are known, and what each of its interfaces is recorded by. */
export interface Monitoring {
  readonly inventory: VpcInventory;
  /** Logs of the VPC, its subnets and its interfaces. */
  readonly logs: readonly FlowLog[];
  /** Interfaces that are in use and of which all logs are known. */
  readonly watchable: readonly NetworkInterface[];
  /**
   * The union of the logs of the interface, its subnet and its VPC.
   * FLOW-83, FLOW-84. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html
   */
  readonly logsOf: (networkInterface: NetworkInterface) => readonly FlowLog[];
}

export function monitoringOf(snapshot: Snapshot): readonly Monitoring[] {
  const logsOn = byResource(snapshot.flowLogs);
  return vpcInventories(snapshot)
    .filter((inventory) => wasCollected(inventory, 'FlowLogs', 'Subnets', 'NetworkInterfaces'))
    .map((inventory) => monitor(inventory, logsOn, snapshot));
}

type LogsOn = ReadonlyMap<string, readonly FlowLog[]>;

function byResource(logs: readonly FlowLog[]): LogsOn {
  const grouped = new Map<string, FlowLog[]>();
  for (const log of logs) {
    const others = grouped.get(log.resourceId);
    if (others === undefined) grouped.set(log.resourceId, [log]);
    else others.push(log);
  }
  return grouped;
}

function monitor(inventory: VpcInventory, logsOn: LogsOn, snapshot: Snapshot): Monitoring {
  const on = (id: string | undefined): readonly FlowLog[] => (id === undefined ? [] : (logsOn.get(id) ?? []));
  const { vpc, subnets, interfaces } = inventory;
  return {
    inventory,
    logs: [vpc, ...subnets, ...interfaces].flatMap(({ id }) => on(id)),
    watchable: interfaces.filter((each) => isInUse(each) && logsAreKnown(each, inventory, snapshot)),
    logsOf: ({ id, subnetId, vpcId }) => [id, subnetId, vpcId].flatMap(on),
  };
}

function isInUse({ status }: NetworkInterface): boolean {
  return status !== 'available';
}

/** The owner of a shared VPC does not see the flow logs that a participant made for its own interfaces (FLOW-101). */
function logsAreKnown({ accountId }: NetworkInterface, { vpc }: VpcInventory, { scopes }: Snapshot): boolean {
  if (accountId === undefined || accountId === vpc.accountId) return true;
  return scopes.some(
    (scope) => scope.accountId === accountId && scope.region === vpc.region && scope.collected.has('FlowLogs'),
  );
}
