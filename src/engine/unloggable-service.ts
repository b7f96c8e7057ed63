import { formatAddress, type Address } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';
import type { Packet } from '../net/packet.ts';
import { TCP, UDP } from '../net/protocol.ts';
import type { Subnet, Vpc } from '../vpc/snapshot.ts';

/**
 * The AWS service at one end of the packet that neither groups nor ACLs filter and no flow log shows, if there is one.
 * Port 53 anywhere else than at AWS's own resolver is ordinary traffic (EVAL-17..19, FLOW-76, FLOW-77).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html
 */
export function unloggableService(packet: Packet, vpc: Vpc, subnets: readonly Subnet[] = []): string | undefined {
  if (isDhcp(packet)) return 'DHCP';
  return serviceAt(destinationOf(packet), vpc, subnets) ?? serviceAt(sourceOf(packet), vpc, subnets);
}

interface End {
  readonly address: Address;
  readonly speaksDns: boolean;
}

function destinationOf(packet: Packet): End {
  return { address: packet.destination, speaksDns: isDns(packet, packet.destinationPort) };
}

function sourceOf(packet: Packet): End {
  return { address: packet.source, speaksDns: isDns(packet, packet.sourcePort) };
}

const DNS_PORT = 53;

function isDns(packet: Packet, port: number | undefined): boolean {
  return port === DNS_PORT && (packet.protocol === UDP || packet.protocol === TCP);
}

function serviceAt({ address, speaksDns }: End, vpc: Vpc, subnets: readonly Subnet[]): string | undefined {
  const isResolver = RESOLVERS.has(formatAddress(address)) || isAbove(vpc.cidrs.find(isIpv4), address, 2n);
  if (speaksDns && isResolver) return 'the Amazon DNS resolver';
  const isRouter = subnets.some((subnet) => isAbove(subnet.cidrs.find(isIpv4), address, 1n));
  return SERVICE_AT.get(formatAddress(address)) ?? (isRouter ? 'the VPC router' : undefined);
}

/** The resolver also answers at the base of the VPC's primary block plus two (EVAL-18). */
const RESOLVERS: ReadonlySet<string> = new Set(['169.254.169.253', 'fd00:ec2::253']);

const SERVICE_AT = new Map([
  ['169.254.169.254', 'the instance metadata service'],
  ['fd00:ec2::254', 'the instance metadata service'],
  ['169.254.169.123', 'the Amazon Time Sync Service'],
  ['fd00:ec2::123', 'the Amazon Time Sync Service'],
  ['169.254.170.2', 'the ECS task metadata endpoint'],
  ['169.254.169.250', 'Windows licence activation'],
  ['169.254.169.251', 'Windows licence activation'],
]);

const isIpv4 = (cidr: Cidr): boolean => cidr.family === 'ipv4';

/** The router has the address after the base of each subnet (RT-17). */
function isAbove(cidr: Cidr | undefined, address: Address, distance: bigint): boolean {
  return cidr?.family === address.family && address.bits === cidr.base + distance;
}

/** Client and server port, for IPv4 and IPv6. */
const DHCP_PORTS: readonly (readonly [number, number])[] = [
  [68, 67],
  [546, 547],
];

function isDhcp({ protocol, sourcePort, destinationPort }: Packet): boolean {
  const isBetween = (client: number, server: number): boolean => sourcePort === client && destinationPort === server;
  return (
    protocol === UDP && DHCP_PORTS.some(([client, server]) => isBetween(client, server) || isBetween(server, client))
  );
}
