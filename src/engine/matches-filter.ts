import type { FlowGroup } from '../flowlog/observations.ts';
import { sameAddress, type Address } from '../net/address.ts';
import { cidrContains, type Cidr } from '../net/cidr.ts';
import type { FlowFilter } from './question.ts';

/** Whether a group is among the traffic asked about. Who opened is not always known: then either side's port will do. */
export function matchesFilter(group: FlowGroup, { remote, port, protocol }: FlowFilter): boolean {
  return (
    (remote === undefined || isAt(remote, group.remote)) &&
    (port === undefined || usesPort(group, port)) &&
    (protocol === undefined || group.protocol === protocol)
  );
}

/** A filter that names a flow wants to hear of it even where nothing was rejected. */
export function namesFlow({ remote, port }: FlowFilter): boolean {
  return remote !== undefined || port !== undefined;
}

function isAt(wanted: Address | Cidr, address: Address): boolean {
  return 'bits' in wanted ? sameAddress(wanted, address) : cidrContains(wanted, address);
}

function usesPort({ opener, servicePort, clientPorts }: FlowGroup, port: number): boolean {
  return servicePort === port || (opener.side === 'unknown' && clientPorts.listed.includes(port));
}
