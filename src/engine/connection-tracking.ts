import { sameAddress, type Address } from '../net/address.ts';
import { isAnywhere } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, type Protocol } from '../net/protocol.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { Instance, Snapshot } from '../vpc/snapshot.ts';
import { evaluateSecurityGroups } from './evaluate-security-groups.ts';
import type { InterfaceFilters } from './interface-filters.ts';
import { isNitroV6 } from './nitro-families.ts';
import { remoteOf } from './remote-of.ts';

/** Whether an interface remembers a flow, so that its answers pass whatever the rules of the other direction say. */
export type Tracking = 'tracked' | 'untracked' | 'unknown';

/** A flow by its first packet. */
export interface OpenedFlow {
  readonly filters: InterfaceFilters;
  readonly snapshot: Snapshot;
  readonly direction: Direction;
  readonly packet: Packet;
}

/**
 * A flow is untracked when it is TCP or UDP, a rule admits it from anywhere, and the opposite direction allows every
 * port to anywhere; but on some paths everything is tracked. As today's rules stand: a flow older than they may have
 * been admitted otherwise.
 * CT-1..CT-7, CT-26. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function classifyTracking(flow: OpenedFlow): Tracking {
  const { filters, direction, packet } = flow;
  if (!hasPorts(packet.protocol)) return 'tracked';
  const decision = evaluateSecurityGroups(filters, direction, packet);
  if (decision.kind === 'undetermined') return 'unknown';
  const openDoor = decision.kind === 'allowed' && decision.by.some(({ peer }) => isAnywherePeer(peer));
  return openDoor && answersMayGoAnywhere(flow) ? trackingOnPath(flow) : 'tracked';
}

/** Seconds without a packet after which the interface forgets a flow. */
export interface IdleTimeout {
  readonly seconds: number;
  readonly source: 'interface' | 'default';
}

const NITRO_V6_SECONDS = 350;
const OTHER_SECONDS = 432_000;
const LOAD_BALANCER: Readonly<Record<'tcp' | 'udp', number>> = { tcp: 350, udp: 120 };

/**
 * What is set on the interface, else five days, else 350 seconds on Nitro v6; a Network Load Balancer has its own.
 * CT-11, CT-12, CT-16. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function tcpIdleTimeout(networkInterface: NetworkInterface, instance?: Instance): IdleTimeout {
  if (isLoadBalancer(networkInterface)) return { seconds: LOAD_BALANCER.tcp, source: 'default' };
  const byFamily = instance?.type !== undefined && isNitroV6(instance.type) ? NITRO_V6_SECONDS : OTHER_SECONDS;
  return timeoutOf(networkInterface.idleTimeouts.tcpEstablished, byFamily);
}

/**
 * 30 seconds for one request and its answer, 180 once there were more; CT-11, CT-16.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function udpIdleTimeout(networkInterface: NetworkInterface, exchange: 'single' | 'stream'): IdleTimeout {
  if (isLoadBalancer(networkInterface)) return { seconds: LOAD_BALANCER.udp, source: 'default' };
  const { udp, udpStream } = networkInterface.idleTimeouts;
  return exchange === 'single' ? timeoutOf(udp, 30) : timeoutOf(udpStream, 180);
}

function timeoutOf(set: number | undefined, otherwise: number): IdleTimeout {
  return set === undefined ? { seconds: otherwise, source: 'default' } : { seconds: set, source: 'interface' };
}

function isLoadBalancer({ interfaceType }: NetworkInterface): boolean {
  return interfaceType === 'network_load_balancer';
}

/** Two halves of the internet, a prefix list or a group are not literally "anywhere" (CT-6). */
function isAnywherePeer(peer: SecurityGroupRule['peer']): boolean {
  return peer.kind === 'cidr' && isAnywhere(peer.cidr);
}

/** The opposite rule counts within the packet's own family only (CT-4). */
function answersMayGoAnywhere({ filters, direction, packet }: OpenedFlow): boolean {
  const table = filters.securityGroups[direction === 'ingress' ? 'egress' : 'ingress'];
  if (table === 'not-applicable') return false;
  return table.rules.some(
    ({ rule }) =>
      (rule.protocol === 'all' || rule.protocol === packet.protocol) &&
      coversAllPorts(rule, packet.protocol) &&
      rule.peer.kind === 'cidr' &&
      rule.peer.cidr.family === packet.source.family &&
      isAnywhere(rule.peer.cidr),
  );
}

function coversAllPorts({ protocol, ports }: SecurityGroupRule, asked: Protocol): boolean {
  return protocol !== asked || ports === undefined || (ports.from <= 0 && ports.to >= 65535);
}

/** CT-5: interfaces whose flows are tracked whatever the rules say. */
const ALWAYS_TRACKING: ReadonlySet<string> = new Set([
  'network_load_balancer',
  'nat_gateway',
  'vpc_endpoint',
  'lambda',
  'global_accelerator_managed',
]);

/**
 * Only a neighbour whose kind is known is known not to stand behind one of them: a client from elsewhere may have come
 * through a load balancer that kept its address, a NAT gateway or an endpoint.
 */
function trackingOnPath({ filters, snapshot, direction, packet }: OpenedFlow): Tracking {
  const remote = interfaceAt(snapshot, filters.interface, remoteOf(direction, packet));
  const ends = [filters.interface, ...(remote === undefined ? [] : [remote])];
  if (ends.some(({ interfaceType }) => ALWAYS_TRACKING.has(interfaceType))) return 'tracked';
  return remote === undefined ? 'unknown' : 'untracked';
}

function interfaceAt(
  { interfaces }: Snapshot,
  { vpcId }: NetworkInterface,
  wanted: Address,
): NetworkInterface | undefined {
  return [...interfaces.values()].find(
    (each) => each.vpcId === vpcId && each.addresses.some(({ address }) => sameAddress(address, wanted)),
  );
}
