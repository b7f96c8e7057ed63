import { isIn } from './naive-addresses.ts';
import { aclOf, askAcl, askGroups, blocksOfPeer, inOrder, vpcBlocksOf, type Asked } from './naive-evaluator.ts';
import type { NaivePacket } from './naive-network.ts';
import type {
  NaiveFlow,
  NaiveObstacle,
  RawNat,
  RawPathInterface,
  RawPathNetwork,
  RawRoute,
  RawTable,
} from './naive-path-network.ts';

/** What the second evaluator makes of a flow. `open` when it depends on the port that a NAT gateway picks. */
export type NaiveVerdict = 'reachable' | 'open' | NaiveObstacle;

/** Every port at which some rule could begin or end, of those that a NAT gateway picks from (NACL-17). */
const NAT_PORTS = [1_024, 32_768, 61_000, 65_535] as const;

/**
 * Written straight from the documentation over raw AWS JSON: walks the request and then its answer through everything
 * it meets, until something stops it. Slow, plain, and nothing in common with `src`.
 */
export function naivePath(network: RawPathNetwork, flow: NaiveFlow): NaiveVerdict {
  const [natPort, ...otherPorts] = NAT_PORTS;
  const nats: Translation[] = [];
  const first = thereAndBack(network, flow, { natPort, nats });
  const others =
    nats.length === 0 ? [] : otherPorts.map((port) => thereAndBack(network, flow, { natPort: port, nats: [] }));
  return others.every((other) => (other === 'reachable') === (first === 'reachable')) ? first : 'open';
}

function thereAndBack(
  network: RawPathNetwork,
  flow: NaiveFlow,
  translating: Pick<Walk, 'natPort' | 'nats'>,
): NaiveVerdict {
  const packet = requestOf(network, flow);
  const asker = 'interface' in flow.from ? byId(network, flow.from.interface) : undefined;
  const meant = 'interface' in flow.to ? flow.to.interface : undefined;
  const forward: Walk = { network, leg: 'forward', asker, meant, ...translating, tables: [], ways: ['local'] };
  const arrival = depart(forward, flow, packet);
  if (!('at' in arrival)) return arrival === OPEN ? 'open' : arrival;
  const answer = answerTo(arrival.packet);
  if (answer === undefined) return 'reachable';
  const back: Walk = { ...forward, leg: 'return', tables: [] };
  const end = answerFrom(back, arrival, answer);
  if (!('at' in end)) return end === OPEN ? 'open' : end;
  const isBack = end.at === (asker ?? (('via' in flow.from && flow.from.via) || 'internet'));
  return isBack && end.packet.source === packet.destination ? 'reachable' : astray(back);
}

interface Packet extends NaivePacket {
  readonly sourcePort?: number;
}

interface Walk {
  readonly network: RawPathNetwork;
  readonly leg: 'forward' | 'return';
  readonly asker: RawPathInterface | undefined;
  /** The interface that was asked for by its id. */
  readonly meant: string | undefined;
  /** The port that NAT gateways send from. */
  readonly natPort: number;
  /** NAT gateways that translated the request, filled on the way. */
  readonly nats: Translation[];
  /** Route tables asked on this leg, the last one last. */
  readonly tables: string[];
  /** What the request crossed from VPC to VPC or from outside, by id; `local` before anything. */
  readonly ways: string[];
}

interface Translation {
  readonly nat: RawNat;
  readonly clientAddress: string;
  readonly clientPort: number | undefined;
  readonly privateAddress: string;
  /** The peering connection that the translated request crossed, if any. */
  peering?: string;
}

/** An interface, `internet`, a VPN gateway or an endpoint by id. */
interface Arrival {
  readonly at: RawPathInterface | string;
  readonly packet: Packet;
  readonly vpcId?: string;
}

const OPEN: NaiveObstacle = { kind: 'open', leg: 'forward' };

type Outcome = Arrival | NaiveObstacle;

function requestOf(network: RawPathNetwork, flow: NaiveFlow): Packet {
  const isIpv6 = [flow.from, flow.to].some((end) => 'address' in end && end.address.includes(':'));
  const { from, to, ...body } = flow;
  return {
    ...body,
    source: 'interface' in from ? addressOf(byId(network, from.interface), isIpv6) : from.address,
    destination: 'interface' in to ? addressOf(byId(network, to.interface), isIpv6) : to.address,
  };
}

function byId(network: RawPathNetwork, id: string): RawPathInterface {
  return network.NetworkInterfaces.find((each) => each.NetworkInterfaceId === id)!;
}

function addressOf(subject: RawPathInterface, isIpv6: boolean): string {
  return isIpv6
    ? subject.Ipv6Addresses[0]!.Ipv6Address
    : subject.PrivateIpAddresses.find((each) => each.Primary)!.PrivateIpAddress;
}

function depart(walk: Walk, { from }: NaiveFlow, packet: Packet): Outcome {
  if ('interface' in from) return leave(walk, byId(walk.network, from.interface), packet);
  return from.via === undefined ? enterFromInternet(walk, packet) : enterFromPremises(walk, from.via, packet);
}

function answerFrom(walk: Walk, { at, vpcId }: Arrival, answer: Packet): Outcome {
  if (typeof at !== 'string') return leave(walk, at, answer);
  if (at === 'internet') return enterFromInternet(walk, answer);
  return at.startsWith('vgw-') ? enterFromPremises(walk, at, answer) : deliverIn(walk, vpcId!, answer);
}

const ECHO_REPLIES = new Map([
  [8, 0],
  [128, 129],
]);

/** Messages other than echo requests are not answered here; nor is there a way back to check for them. */
function answerTo(packet: Packet): Packet | undefined {
  const type = packet.icmp && ECHO_REPLIES.get(packet.icmp.type);
  if (packet.icmp !== undefined && type === undefined) return undefined;
  return {
    protocol: packet.protocol,
    source: packet.destination,
    destination: packet.source,
    ...(packet.destinationPort === undefined ? {} : { sourcePort: packet.destinationPort }),
    ...(packet.sourcePort === undefined ? {} : { destinationPort: packet.sourcePort }),
    ...(type === undefined ? {} : { icmp: { type, code: 0 } }),
  };
}

/** EVAL-3: groups, ACL, route table. The answer to a request passes the groups (CT-1). */
function leave(walk: Walk, from: RawPathInterface, packet: Packet): Outcome {
  const stop = walk.leg === 'forward' ? groupsStop(walk, from, { direction: 'egress', packet }) : undefined;
  if (stop !== undefined) return stop;
  return leaveSubnet(walk, from, packet);
}

function leaveSubnet(walk: Walk, from: RawPathInterface, packet: Packet): Outcome {
  const { network } = walk;
  const table = tableOf(network, from);
  const route = chooseRoute(network, table, packet.destination);
  const staysInside = isInSubnetOf(network, from, packet.destination);
  const stop = staysInside ? undefined : aclStops(walk, from, { direction: 'egress', packet });
  if (stop !== undefined) return stop;
  walk.tables.push(table.RouteTableId);
  const returned = returnToSender(walk, from, packet);
  return returned ?? followRoute(walk, { from, table, route }, packet);
}

/** RT-28: what comes over a peering connection from a NAT gateway is answered over it, whatever the routes are. */
function returnToSender(walk: Walk, from: RawPathInterface, packet: Packet): Outcome | undefined {
  const last = walk.leg === 'return' ? walk.nats.at(-1) : undefined;
  if (last?.peering === undefined || packet.destination !== last.privateAddress) return undefined;
  return crossPeering(walk, { id: last.peering, from }, packet);
}

interface Choice {
  readonly from: RawPathInterface;
  readonly table: RawTable;
  readonly route: RawRoute | undefined;
}

function followRoute(walk: Walk, { from, table, route }: Choice, packet: Packet): Outcome {
  const routeStops = (reason: string): NaiveObstacle => stopped(walk, 'route', { id: table.RouteTableId, reason });
  if (route === undefined) return routeStops('no-route');
  if (route.State !== 'active') return routeStops('blackhole');
  if (walk.leg === 'return' && leavesAnotherWay(walk, route)) return astray(walk);
  if (route.GatewayId === 'local') return deliverIn(walk, from.VpcId, packet);
  if (route.NatGatewayId !== undefined) return passNat(walk, route.NatGatewayId, packet);
  if (route.VpcPeeringConnectionId !== undefined) {
    return crossPeering(walk, { id: route.VpcPeeringConnectionId, from }, packet);
  }
  const id = route.GatewayId!;
  if (id.startsWith('igw-')) return passInternetGateway(walk, { id, from }, packet);
  return id.startsWith('vgw-') ? passVpnGateway(walk, { id, from }, packet) : passEndpoint(walk, { id, from }, packet);
}

/** What translated the request must translate the answer, and nothing else may: its source would not be known. */
function leavesAnotherWay({ ways }: Walk, route: RawRoute): boolean {
  const target = (route.GatewayId ?? route.NatGatewayId ?? route.VpcPeeringConnectionId)!;
  if (target === 'local') return false;
  const way = ways.at(-1)!;
  return way.startsWith('igw-') ? target !== way : target.startsWith('igw-') || target.startsWith('nat-');
}

interface Crossing {
  readonly id: string;
  readonly from: RawPathInterface;
}

/** RT-1, RT-2. */
function tableOf(
  { RouteTables: tables }: RawPathNetwork,
  { SubnetId: subnet, VpcId: vpc }: RawPathInterface,
): RawTable {
  const own = tables.find((table) => table.Associations.some((association) => association.SubnetId === subnet));
  return own ?? tables.find((table) => table.VpcId === vpc && table.Associations.some((each) => each.Main))!;
}

/** RT-3, RT-4, RT-13: the longest prefix; of equal ones static, then prefix list, then propagated. */
function chooseRoute(network: RawPathNetwork, table: RawTable, destination: string): RawRoute | undefined {
  const candidates = table.Routes.flatMap((route) =>
    blocksOfRoute(network, route)
      .filter((block) => isIn(destination, block))
      .map((block) => ({ route, length: Number(block.split('/')[1]), rank: rankOf(route) })),
  );
  return candidates.toSorted((a, b) => b.length - a.length || a.rank - b.rank)[0]?.route;
}

export function blocksOfRoute(network: RawPathNetwork, route: RawRoute): readonly string[] {
  const block = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
  if (block !== undefined) return [block];
  return network.PrefixLists.find((list) => list.PrefixListId === route.DestinationPrefixListId)!.Cidrs;
}

function rankOf(route: RawRoute): number {
  if (route.Origin === 'EnableVgwRoutePropagation') return 2;
  return route.DestinationPrefixListId === undefined ? 0 : 1;
}

/** RT-19, EVAL-12: a public source address is needed, any protocol will do, private destinations are refused. */
function passInternetGateway(walk: Walk, { id, from }: Crossing, packet: Packet): Outcome {
  const { network } = walk;
  const gateway = network.InternetGateways.find((each) => each.InternetGatewayId === id)!;
  const stop = (reason: string): NaiveObstacle => stopped(walk, 'gateway', { id, reason });
  if (!gateway.Attachments.some((each) => each.VpcId === from.VpcId && each.State === 'available')) {
    return stop('not-attached');
  }
  const source = publicAddressOf(from, packet.source);
  if (source === undefined) return stop('no-public-address');
  if (isPrivate(packet.destination)) return stop('not-publicly-routable');
  if (walk.leg === 'return') walk.ways.pop();
  const outside = { ...packet, source };
  const isOurs = network.NetworkInterfaces.some((each) => privateAddressFor(each, packet.destination) !== undefined);
  return isOurs ? enterFromInternet(walk, outside) : { at: 'internet', packet: outside };
}

function publicAddressOf(from: RawPathInterface, address: string): string | undefined {
  if (address.includes(':')) return address;
  return from.PrivateIpAddresses.find((each) => each.PrivateIpAddress === address)?.Association?.PublicIp;
}

function privateAddressFor(subject: RawPathInterface, address: string): string | undefined {
  if (subject.Ipv6Addresses.some((each) => each.Ipv6Address === address)) return address;
  return subject.PrivateIpAddresses.find((each) => each.Association?.PublicIp === address)?.PrivateIpAddress;
}

function isPrivate(address: string): boolean {
  return ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'].some((block) =>
    isIn(address, block),
  );
}

function enterFromInternet(walk: Walk, packet: Packet): Outcome {
  const { network } = walk;
  if (isPrivate(packet.destination)) return stopped(walk, 'destination', { reason: 'not-publicly-routable' });
  const owner = network.NetworkInterfaces.find((each) => privateAddressFor(each, packet.destination) !== undefined);
  if (owner === undefined) return stopped(walk, 'destination', { reason: 'no-such-address' });
  if (isNat(owner) && translationBy(walk, owner) === undefined) return unsolicited(walk, owner);
  const gateway = network.InternetGateways.find((each) =>
    each.Attachments.some(({ VpcId, State }) => VpcId === owner.VpcId && State === 'available'),
  );
  if (gateway === undefined) return stopped(walk, 'gateway', { id: owner.VpcId, reason: 'not-attached' });
  if (walk.leg === 'forward') walk.ways.push(gateway.InternetGatewayId);
  return deliverTo(walk, owner, { ...packet, destination: privateAddressFor(owner, packet.destination)! });
}

/** RT-50: private addresses of its own VPC only, and no IPv6. */
function enterFromPremises(walk: Walk, id: string, packet: Packet): Outcome {
  const { network } = walk;
  const vpcId = network.VpnGateways.find((each) => each.VpnGatewayId === id)!.VpcAttachments.find(
    (each) => each.State === 'attached',
  )?.VpcId;
  if (vpcId === undefined) return stopped(walk, 'gateway', { id, reason: 'not-attached' });
  if (!isInVpc(network, vpcId, packet.destination)) {
    return stopped(walk, 'gateway', { id, reason: 'no-route' });
  }
  walk.ways.push(id);
  return deliverIn(walk, vpcId, packet);
}

/** Without a VPN connection there may be Direct Connect behind it, which nobody tells us of (RT-53). */
function passVpnGateway(walk: Walk, { id, from }: Crossing, packet: Packet): Outcome {
  const { network } = walk;
  const gateway = network.VpnGateways.find((each) => each.VpnGatewayId === id)!;
  if (!gateway.VpcAttachments.some((each) => each.VpcId === from.VpcId && each.State === 'attached')) {
    return stopped(walk, 'gateway', { id, reason: 'not-attached' });
  }
  const connections = network.VpnConnections.filter(
    (connection) => connection.VpnGatewayId === id && connection.State === 'available',
  );
  if (connections.length === 0) return OPEN;
  const hasRoute = connections.some((connection) =>
    connection.Routes.some((route) => isIn(packet.destination, route.DestinationCidrBlock)),
  );
  return hasRoute ? { at: id, packet } : stopped(walk, 'gateway', { id, reason: 'no-vpn-route' });
}

/** VPCE-18: TCP, and pings. */
function passEndpoint(walk: Walk, { id, from }: Crossing, packet: Packet): Outcome {
  const endpoint = walk.network.VpcEndpoints.find((each) => each.VpcEndpointId === id)!;
  if (endpoint.State.toLowerCase() !== 'available') {
    return stopped(walk, 'vpc-endpoint', { id, reason: 'not-available' });
  }
  if (packet.protocol !== 6 && packet.icmp?.type !== 8) {
    return stopped(walk, 'vpc-endpoint', { id, reason: 'unsupported-protocol' });
  }
  return { at: id, vpcId: from.VpcId, packet };
}

/** PEER-1, PEER-8, PEER-12. An answer that comes to another VPC than the one that asked is lost (PEER-13). */
function crossPeering(walk: Walk, { id, from }: Crossing, packet: Packet): Outcome {
  const { network } = walk;
  const peering = network.VpcPeeringConnections.find((each) => each.VpcPeeringConnectionId === id)!;
  const ends = [peering.RequesterVpcInfo.VpcId, peering.AccepterVpcInfo.VpcId];
  const far = ends.find((each) => each !== from.VpcId)!;
  if (walk.leg === 'return' && far !== walk.asker?.VpcId && isInVpc(network, far, packet.destination)) {
    return astray(walk);
  }
  if (peering.Status.Code !== 'active') return stopped(walk, 'peering', { id, reason: 'not-active' });
  if (!blocksOfPeer(peering, from.VpcId).some((block) => isIn(packet.destination, block))) {
    return stopped(walk, 'peering', { id, reason: 'no-transit' });
  }
  const last = walk.nats.at(-1);
  if (walk.leg === 'forward') walk.ways.push(id);
  if (walk.leg === 'forward' && last !== undefined) last.peering = id;
  return deliverIn(walk, far, packet);
}

function isInVpc(network: RawPathNetwork, vpcId: string, address: string): boolean {
  return vpcBlocksOf(network, vpcId).some((block) => isIn(address, block));
}

/** RT-23, RT-24, RT-26, NACL-24: into the subnet of the NAT gateway, and out of it with its address. */
function passNat(walk: Walk, natId: string, packet: Packet): Outcome {
  const { network } = walk;
  const nat = network.NatGateways.find((each) => each.NatGatewayId === natId)!;
  const { NetworkInterfaceId, PrivateIp } = nat.NatGatewayAddresses[0]!;
  const own = byId(network, NetworkInterfaceId);
  const refuse = (reason: string): NaiveObstacle => stopped(walk, 'gateway', { id: natId, reason });
  if (walk.nats.some((each) => each.nat === nat)) return refuse('no-internet-route');
  if (nat.State !== 'available') return refuse('not-available');
  if (![1, 6, 17].includes(packet.protocol)) return refuse('unsupported-protocol');
  const stop = enterSubnetStop(walk, own, packet);
  if (stop !== undefined) return stop;
  const { source, sourcePort: clientPort } = packet;
  walk.nats.push({ nat, clientAddress: source, clientPort, privateAddress: PrivateIp });
  const port = clientPort === undefined ? {} : { sourcePort: walk.natPort };
  const hidden: Packet = { ...packet, source: PrivateIp, ...port };
  return leaveSubnet(walk, own, hidden);
}

const isNat = (subject: RawPathInterface): boolean => subject.InterfaceType === 'nat_gateway';

function isOf({ NatGatewayAddresses: [address] }: RawNat, own: RawPathInterface): boolean {
  return address!.NetworkInterfaceId === own.NetworkInterfaceId;
}

function translationBy({ leg, nats }: Walk, own: RawPathInterface): Translation | undefined {
  return leg === 'return' ? nats.findLast(({ nat }) => isOf(nat, own)) : undefined;
}

/** FLOW-71: a NAT gateway takes answers and nothing else. */
function unsolicited(walk: Walk, own: RawPathInterface): NaiveObstacle {
  const { NatGatewayId: id } = walk.network.NatGateways.find((each) => isOf(each, own))!;
  return stopped(walk, 'gateway', { id, reason: 'unsolicited-inbound' });
}

/** The answer has come to the NAT gateway: it goes on to the client. */
function passNatBack(walk: Walk, own: RawPathInterface, packet: Packet): Outcome {
  const translation = translationBy(walk, own);
  if (translation === undefined) return unsolicited(walk, own);
  const { clientAddress, clientPort } = translation;
  const port = clientPort === undefined ? {} : { destinationPort: clientPort };
  return leaveSubnet(walk, own, { ...packet, destination: clientAddress, ...port });
}

function deliverIn(walk: Walk, vpcId: string, packet: Packet): Outcome {
  const owner = walk.network.NetworkInterfaces.find(
    (each) => each.VpcId === vpcId && addressesOf(each).includes(packet.destination),
  );
  if (owner === undefined) return stopped(walk, 'destination', { reason: 'no-such-address' });
  const isOther = walk.leg === 'forward' && walk.meant !== undefined && owner.NetworkInterfaceId !== walk.meant;
  // Where two VPCs use one block, the routes decide who gets it (PEER-13).
  return isOther ? stopped(walk, 'destination', { reason: 'leads-elsewhere' }) : deliverTo(walk, owner, packet);
}

function addressesOf(subject: RawPathInterface): readonly string[] {
  return [
    ...subject.PrivateIpAddresses.map((each) => each.PrivateIpAddress),
    ...subject.Ipv6Addresses.map((each) => each.Ipv6Address),
  ];
}

/** EVAL-2: ACL, groups. */
function deliverTo(walk: Walk, owner: RawPathInterface, packet: Packet): Outcome {
  const stop =
    enterSubnetStop(walk, owner, packet) ??
    (walk.leg === 'forward' && !isNat(owner) ? groupsStop(walk, owner, { direction: 'ingress', packet }) : undefined);
  if (stop !== undefined) return stop;
  return isNat(owner) ? passNatBack(walk, owner, packet) : { at: owner, packet };
}

/** EVAL-4: inside a subnet the ACL has no say. */
function enterSubnetStop(walk: Walk, into: RawPathInterface, packet: Packet): NaiveObstacle | undefined {
  if (isInSubnetOf(walk.network, into, packet.source)) return undefined;
  return aclStops(walk, into, { direction: 'ingress', packet });
}

function isInSubnetOf(network: RawPathNetwork, subject: RawPathInterface, address: string): boolean {
  const subnet = network.Subnets.find((each) => each.SubnetId === subject.SubnetId)!;
  const blocks = [subnet.CidrBlock, ...subnet.Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock)];
  return blocks.some((block) => isIn(address, block));
}

interface Passing {
  readonly direction: 'ingress' | 'egress';
  readonly packet: Packet;
}

function asked({ direction, packet }: Passing): Asked {
  return { direction, packet, remote: direction === 'ingress' ? packet.source : packet.destination };
}

function groupsStop(walk: Walk, subject: RawPathInterface, passing: Passing): NaiveObstacle | undefined {
  if (askGroups(walk.network, subject, asked(passing)) !== 'denied') return undefined;
  const id = inOrder(subject.Groups.map((group) => group.GroupId));
  return stopped(walk, 'security-group', { id, direction: passing.direction });
}

function aclStops(walk: Walk, subject: RawPathInterface, passing: Passing): NaiveObstacle | undefined {
  const acl = aclOf(walk.network, subject);
  const answer = askAcl(acl, asked(passing));
  if (!answer.startsWith('denied')) return undefined;
  const ruleNumber = Number(answer.split(' ')[2]);
  const { NetworkAclId: id } = acl;
  return stopped(walk, 'network-acl', { id, direction: passing.direction, ruleNumber });
}

function astray(walk: Walk): NaiveObstacle {
  return stopped(walk, 'route', { id: walk.tables.at(-1)!, reason: 'asymmetric' });
}

function stopped({ leg }: Walk, kind: string, rest: Omit<NaiveObstacle, 'kind' | 'leg'>): NaiveObstacle {
  return { kind, leg, ...rest };
}
