import type { FlowGroup } from '../../src/flowlog/observations.ts';
import type { Direction } from '../../src/net/direction.ts';
import type { Packet } from '../../src/net/packet.ts';
import { hasPorts } from '../../src/net/protocol.ts';

interface GroupPlan {
  readonly direction: Direction;
  readonly leg?: 'forward' | 'return';
  readonly packet: Packet;
  readonly records: number;
}

/** Rejected records of one packet, as the observer would group them. */
export function rejectedGroup({ direction, leg = 'forward', packet, records }: GroupPlan): FlowGroup {
  const { protocol, source, destination, sourcePort, destinationPort } = packet;
  const [remote, local] = direction === 'ingress' ? [source, destination] : [destination, source];
  const [client, service] = leg === 'forward' ? [sourcePort, destinationPort] : [destinationPort, sourcePort];
  const counts = { records, packets: records, bytes: 0, firstSeen: 0, lastSeen: 0 };
  const rejected = { rejected: { ...counts, overTime: [], flags: [], rejectReasons: [], samples: [] } };
  const isOpenedFarAway = (direction === 'ingress') === (leg === 'forward');
  return {
    protocol,
    local,
    remote,
    opener: { side: isOpenedFarAway ? 'remote' : 'local', because: 'flags' },
    serviceSide: isOpenedFarAway ? 'local' : 'remote',
    ...(hasPorts(protocol) && service !== undefined && { servicePort: service }),
    clientPorts:
      hasPorts(protocol) && client !== undefined ? { listed: [client], distinct: 1 } : { listed: [], distinct: 0 },
    conversations: 1,
    ingress: direction === 'ingress' ? rejected : {},
    egress: direction === 'egress' ? rejected : {},
    order: { acceptedBefore: false, acceptedAfter: false, overlapping: false },
    spread: { portsTriedByRemote: 1, remotesTryingPort: 1 },
    trafficPaths: [],
  };
}
