import type { Direction } from '../../net/direction.ts';
import { withPorts, type Packet } from '../../net/packet.ts';
import { CLIENT_PORTS, type PortRange } from '../../net/port-range.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { Finding, FlowKey } from '../finding.ts';
import { isToClient } from '../packet-of-flow.ts';
import { clientPortRange } from './client-port-range.ts';

/** A packet that must pass for a conversation to work. */
export interface Demand {
  readonly direction: Direction;
  readonly packet: Packet;
  /** Whether groups have a say: not in the answer of a flow that they admitted and remember (CT-1). */
  readonly groupsDecide: boolean;
  /** What to open for it; absent for protocols without ports. */
  readonly ports?: PortRange;
}

/** A rejected packet and, on the way forward, its answers. */
export interface Conversation {
  readonly rejected: Demand;
  readonly answers: readonly Demand[];
  /** Rejected records that stand behind it. */
  readonly records: number;
}

/** A rejected packet as it was logged, and how often. */
export interface RejectedPacket {
  readonly packet: Packet;
  readonly records: number;
}

/**
 * The narrow rule that a fix adds makes the flow a tracked one, so that groups let its answers pass (CT-2); the ACL
 * asks of each answer anew (NACL-5).
 */
export function conversationsOf(finding: Finding, packets: readonly RejectedPacket[]): readonly Conversation[] {
  const { flow } = finding;
  const clientPorts = clientPortsToOpen(finding, packets);
  return packets.map(({ packet, records }) => ({
    rejected: {
      direction: flow.direction,
      packet,
      groupsDecide: flow.leg === 'forward' || finding.blockedBy.some(({ kind }) => kind === 'security-group'),
      ...opening(packet, flow.leg === 'forward' ? servicePort(packet) : clientPorts),
    },
    answers: flow.leg === 'return' ? [] : answersTo(packet).map((answer) => answerDemand(flow, answer, clientPorts)),
    records,
  }));
}

/** One packet for each client port that was seen; the records are shared out evenly among them. */
export function rejectedPackets({ flow, group }: Pick<Finding, 'flow' | 'group'>): readonly RejectedPacket[] {
  const records = group?.[flow.direction].rejected?.records ?? 0;
  const ports = group?.clientPorts.listed ?? [];
  const { sourcePort, destinationPort } = flow;
  if (!hasPorts(flow.protocol) || ports.length === 0) {
    return [{ packet: withPorts(flow, { sourcePort, destinationPort }), records }];
  }
  const isToClientPort = group !== undefined && isToClient(group, flow.direction);
  return ports.map((port, index) => ({
    packet: withPorts(
      flow,
      isToClientPort ? { sourcePort, destinationPort: port } : { sourcePort: port, destinationPort },
    ),
    records: Math.floor((records * (index + 1)) / ports.length) - Math.floor((records * index) / ports.length),
  }));
}

function answerDemand(flow: FlowKey, packet: Packet, clientPorts: PortRange): Demand {
  const direction = flow.direction === 'ingress' ? 'egress' : 'ingress';
  return { direction, packet, groupsDecide: false, ...opening(packet, clientPorts) };
}

/** One port from each range that systems take client ports from (NACL-17), where nobody told which it was. */
const ANY_CLIENT: readonly number[] = [CLIENT_PORTS.from, 32768, 49152];

/** Type and code of an ICMP answer are left open: a fix speaks of the protocol. */
function answersTo({ protocol, source, destination, sourcePort, destinationPort }: Packet): readonly Packet[] {
  const ends = { protocol, source: destination, destination: source };
  if (!hasPorts(protocol) || destinationPort === undefined) return [ends];
  const clientPorts = sourcePort === undefined ? ANY_CLIENT : [sourcePort];
  return clientPorts.map((port) => answerOf(ends, destinationPort, port));
}

function answerOf(ends: Packet, sourcePort: number, destinationPort: number): Packet {
  return { ...ends, sourcePort, destinationPort };
}

function opening({ protocol }: Packet, ports: PortRange | undefined): Pick<Demand, 'ports'> {
  return ports === undefined || !hasPorts(protocol) ? {} : { ports };
}

function servicePort({ destinationPort: port }: Packet): PortRange | undefined {
  return port === undefined ? undefined : { from: port, to: port };
}

/** The range around the client ports of the packets; records may have shown more ports than were kept. */
function clientPortsToOpen({ flow, group }: Finding, packets: readonly RejectedPacket[]): PortRange {
  const isForward = flow.leg === 'forward';
  const seen = packets.flatMap(({ packet }) => (isForward ? packet.sourcePort : packet.destinationPort) ?? []);
  const wasCut = group !== undefined && group.clientPorts.distinct > group.clientPorts.listed.length;
  return clientPortRange(wasCut ? [...seen, CLIENT_PORTS.from, CLIENT_PORTS.to] : seen);
}
