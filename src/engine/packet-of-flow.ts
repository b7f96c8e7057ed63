import type { FlowGroup } from '../flowlog/observations.ts';
import type { Direction } from '../net/direction.ts';
import { withPorts, type Packet } from '../net/packet.ts';
import type { FlowKey } from './finding.ts';

/** One way of a conversation: which side the packets come from follows from the direction. */
export interface Way {
  readonly direction: Direction;
  readonly leg: 'forward' | 'return';
}

/** The way in which a group's packets go in this direction, as far as its opener tells. */
export function wayOf({ opener }: FlowGroup, direction: Direction): Way {
  const isForward = (opener.side === 'local') === (direction === 'egress');
  return { direction, leg: isForward ? 'forward' : 'return' };
}

/** How a group is told on one of its ways; the client's port only where all packets agree on it. */
export function flowOfGroup(group: FlowGroup, way: Way): FlowKey {
  const { listed, distinct } = group.clientPorts;
  return { ...way, ...packetOfFlow(group, way.direction, distinct === 1 ? listed[0] : undefined) };
}

/** Whether packets of this direction go to the side whose port is the client's, whoever is taken for the opener. */
export function isToClient({ serviceSide }: FlowGroup, direction: Direction): boolean {
  return (serviceSide === 'local') === (direction === 'egress');
}

/** The packet that the interface sees in this direction, for one of the client's ports. */
export function packetOfFlow(group: FlowGroup, direction: Direction, clientPort?: number): Packet {
  const { protocol, local, remote, servicePort } = group;
  const [source, destination] = direction === 'ingress' ? [remote, local] : [local, remote];
  const [sourcePort, destinationPort] = isToClient(group, direction)
    ? [servicePort, clientPort]
    : [clientPort, servicePort];
  return withPorts({ protocol, source, destination }, { sourcePort, destinationPort });
}
