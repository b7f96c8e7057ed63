import { addressSpace } from '../../engine/address-kind.ts';
import type { FlowRecord } from '../../flowlog/record.ts';
import { clearServicePort } from '../../flowlog/service-port.ts';
import { isSyn, isSynAck } from '../../flowlog/tcp-flags.ts';
import type { EpochSeconds, TimeWindow } from '../../lang/time.ts';
import { formatAddress, sameAddress, type Address } from '../../net/address.ts';
import type { Direction } from '../../net/direction.ts';
import { hasPorts } from '../../net/protocol.ts';
import { STRENGTH, type Candidate } from './candidate.ts';
import type { ReadLine } from './flow-log-lines.ts';
import { windowAround } from './read-window.ts';
import type { EndToken } from './token.ts';

/** What flow log lines ask about; where some were rejected, those. */
export function flowLogCandidates(lines: readonly ReadLine[], askedAt: EpochSeconds): readonly Candidate[] {
  const rejects = lines.filter(({ isReject }) => isReject);
  return (rejects.length > 0 ? rejects : lines).map((line) => candidateOf(line, askedAt));
}

function candidateOf(line: ReadLine, askedAt: EpochSeconds): Candidate {
  const { interfaceId, parsed, interval } = line;
  const own: EndToken = { kind: 'end', end: { kind: 'interface', id: interfaceId }, words: interfaceId };
  const window = interval === undefined ? undefined : windowAround(interval, askedAt);
  const base = {
    strength: STRENGTH.flowLogLine,
    isFlowLogLine: true as const,
    ...(window !== undefined && { window: { value: window, words: timesOf(interval) } }),
  };
  if (parsed?.kind !== 'record') return { named: own, ...base };
  const { record } = parsed;
  return { ...endsOf(own, record, line.direction), ...sentOf(record), ...base };
}

function timesOf(interval: TimeWindow | undefined): string {
  return interval === undefined ? '' : `${interval.start} ${interval.end}`;
}

type Ends = Pick<Candidate, 'source' | 'destination' | 'named'>;

/** One of the two addresses is the interface's own; which one is told by the direction, or by what can't be its own. */
function endsOf(own: EndToken, record: FlowRecord, told: Direction | undefined): Ends {
  const direction = told ?? likelyDirection(record);
  if (direction === undefined) return { named: own };
  const isInward = direction === 'ingress';
  const remote = isInward
    ? remoteOf(record.source, record.packetSource)
    : remoteOf(record.destination, record.packetDestination);
  if (remote === undefined) return { named: own };
  return isInward ? { source: remote, destination: own } : { source: own, destination: remote };
}

/** A record shows the interface by its private address (FLOW-43 to FLOW-45, FLOW-47): a public one is the other side's. */
function likelyDirection({ source, destination }: FlowRecord): Direction | undefined {
  const [from, to] = [addressSpace(source), addressSpace(destination)];
  if (from === 'public' && to === 'private') return 'ingress';
  return from === 'private' && to === 'public' ? 'egress' : undefined;
}

/** Something on the way put another address in: which of the two to ask for cannot be told. */
function remoteOf(logged: Address, inPacket: Address | undefined): EndToken | undefined {
  if (inPacket !== undefined && !sameAddress(logged, inPacket)) return undefined;
  return { kind: 'end', end: { kind: 'address', address: logged }, words: formatAddress(logged) };
}

function sentOf(record: FlowRecord): Pick<Candidate, 'port' | 'protocol'> {
  const port = hasPorts(record.protocol) ? servicePortOf(record) : undefined;
  return {
    protocol: { value: record.protocol, words: String(record.protocol) },
    ...(port !== undefined && { port: { value: port, words: String(port) } }),
  };
}

/** Who opens sends a SYN to the service (FLOW-60 to FLOW-66); without flags the ports may tell. */
function servicePortOf({ sourcePort, destinationPort, tcpFlags }: FlowRecord): number | undefined {
  if (sourcePort === undefined || destinationPort === undefined) return undefined;
  if (tcpFlags !== undefined && isSynAck(tcpFlags)) return sourcePort;
  if (tcpFlags !== undefined && isSyn(tcpFlags)) return destinationPort;
  return clearServicePort(sourcePort, destinationPort);
}
