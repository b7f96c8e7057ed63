import { resourceId } from './ids.ts';
import { instanceOf } from './raw-hosts.ts';
import type { RecordFields } from './record-line.ts';
import type { Burst, Host } from './story.ts';

/** Within the aggregation interval of a minute (FLOW-52). */
const AGGREGATION_SECONDS = 50;

/** The records that a burst leaves on the host's interface: one for each direction (FLOW-49). */
export function recordsOf(burst: Burst, host: Host, now: number): readonly RecordFields[] {
  return Array.from({ length: burst.times }, (_, index) => {
    const start = startOf(burst, index, now);
    const clientPort = burst.clientPort ?? clientPortOf(burst, index);
    const conversation = { burst, host, start, clientPort };
    return [forwardRecord(conversation), replyRecord(conversation)].filter((record) => record !== undefined);
  }).flat();
}

/** Evenly spread, the first and the last where they are told to be. */
function startOf({ minutesAgo: [from, to], times }: Burst, index: number, now: number): number {
  const share = times === 1 ? 0 : index / (times - 1);
  return Math.floor(now - 60 * (from + share * (to - from)));
}

/** Linux clients take ports from 32768 to 60999; a step coprime to their number gives each only once. */
function clientPortOf({ client, port, minutesAgo }: Burst, index: number): number {
  const seed = Number.parseInt(resourceId('port', `${client}/${port}/${minutesAgo.join()}`).slice(-6), 16);
  return 32_768 + ((seed + index * 7919) % 28_232);
}

interface Conversation {
  readonly burst: Burst;
  readonly host: Host;
  readonly start: number;
  readonly clientPort: number;
}

function forwardRecord({ burst, host, start, clientPort }: Conversation): RecordFields | undefined {
  if (burst.forward === 'silent') {
    return undefined;
  }
  const whole = burst.reply === 'ACCEPT';
  return packetRecord(burst, host, {
    source: burst.client,
    sourcePort: clientPort,
    destination: burst.server,
    destinationPort: burst.port,
    action: burst.forward,
    flags: burst.flags?.forward ?? (whole ? 3 : 2),
    start,
  });
}

function replyRecord({ burst, host, start, clientPort }: Conversation): RecordFields | undefined {
  if (burst.reply === undefined) {
    return undefined;
  }
  return packetRecord(burst, host, {
    source: burst.server,
    sourcePort: burst.port,
    destination: burst.client,
    destinationPort: clientPort,
    action: burst.reply,
    flags: burst.flags?.reply ?? (burst.reply === 'ACCEPT' ? 19 : 18),
    start: start + 1,
  });
}

interface LoggedPacket {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly action: 'ACCEPT' | 'REJECT';
  readonly flags: number;
  readonly start: number;
}

function packetRecord(burst: Burst, host: Host, packet: LoggedPacket): RecordFields {
  const packets = burst.packets ?? 3;
  return {
    ...hostFields(host, [host.address, host.ipv6, host.besides?.address].includes(packet.source)),
    // An interface names itself in place of an address that is none of its own (FLOW-45).
    srcaddr: packet.source === host.besides?.address ? host.address : packet.source,
    dstaddr: packet.destination,
    'pkt-srcaddr': packet.source,
    'pkt-dstaddr': packet.destination,
    srcport: packet.sourcePort,
    dstport: packet.destinationPort,
    protocol: 6,
    packets,
    // A packet that Block Public Access rejects has no byte count (FLOW-58).
    bytes: burst.rejectReason === 'BPA' ? undefined : packets * 60,
    start: packet.start,
    end: packet.start + AGGREGATION_SECONDS,
    action: packet.action,
    'tcp-flags': packet.flags,
    type: packet.source.includes(':') ? 'IPv6' : 'IPv4',
    'reject-reason': packet.action === 'REJECT' ? burst.rejectReason : undefined,
  };
}

function hostFields(host: Host, isEgress: boolean): Readonly<Record<string, string | number | undefined>> {
  return {
    'interface-id': resourceId('eni', host.name),
    'subnet-id': resourceId('subnet', host.subnet),
    'instance-id': (host.behind ?? 'instance') === 'instance' ? instanceOf(host) : undefined,
    'flow-direction': isEgress ? 'egress' : 'ingress',
    'traffic-path': isEgress ? 1 : undefined,
  };
}
