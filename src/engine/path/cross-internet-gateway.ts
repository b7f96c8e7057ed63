import { formatAddress, type Address } from '../../net/address.ts';
import { TCP } from '../../net/protocol.ts';
import type { NatGateway } from '../../vpc/gateway.ts';
import type { GatewayId, VpcId } from '../../vpc/ids.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { addressKind } from '../address-kind.ts';
import { blockModeAt } from '../block-mode.ts';
import { translated, type Crossing, type Guide, type Journey, type RoutingStand, type Step } from './journey.ts';
import { passedAt, placeBehind, stoppedAt } from './journey.ts';
import type { Hop, Leg, Obstacle } from './path.ts';
import type { PathWorld } from './path-world.ts';

/**
 * Out to the internet: the gateway puts the sender's public IPv4 address in place of its private one and refuses what
 * has none, and what the internet does not route. IPv6 passes as it is.
 * RT-18, RT-19, EVAL-12. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function leaveByInternetGateway(guide: Guide, journey: Journey, { from, id }: ByGateway): Step {
  const { world } = guide;
  const { packet, leg, crossed } = journey;
  const publicAddress = publicAddressOf(world, from.vpcId, packet.source);
  const nat = crossed.at(-1)?.kind === 'nat-gateway' ? crossed.at(-1) : undefined;
  const hop = { kind: 'internet-gateway', id, vpcId: from.vpcId } as const;
  const obstacles = [
    ...notAttached(world, leg, { id, vpcId: from.vpcId }),
    ...(publicAddress === undefined ? [withoutPublicAddress(journey, id, nat)] : []),
    ...notRouted(leg, packet.destination, { id, world }),
    ...blockedOut(world, leg, { from, viaNat: nat !== undefined }),
  ];
  if (publicAddress === undefined || obstacles.length > 0) {
    return { hops: [passedAt(hop, obstacles)], place: { kind: 'lost' } };
  }
  const source = { before: packet.source, after: publicAddress };
  return {
    hops: [...mailHop(journey, hop), { ...hop, outcome: { kind: 'passed', by: translated('source', source) } }],
    packet: { ...packet, source: publicAddress },
    crossing: { kind: 'internet-gateway', id, from: from.vpcId, source },
    ...outside(world, packet.destination),
  };
}

export interface ByGateway {
  readonly from: RoutingStand;
  readonly id: GatewayId;
}

/** Somebody of the snapshot may have the address: then the packet comes back in (EVAL-16). */
function outside(world: PathWorld, destination: Address): Pick<Step, 'place'> {
  const isOurs = world.ownerOfPublic(destination) !== undefined || world.natGatewayWith(destination) !== undefined;
  return { place: isOurs ? { kind: 'from-internet' } : { kind: 'arrived', at: { kind: 'internet' } } };
}

function publicAddressOf(world: PathWorld, vpcId: VpcId, source: Address): Address | undefined {
  if (source.family === 'ipv6') return source;
  const text = formatAddress(source);
  const own = world.interfaceAt(vpcId, source)?.addresses.find(({ address }) => formatAddress(address) === text);
  if (own?.publicAddress !== undefined) return own.publicAddress;
  const nats = [...world.snapshot.natGateways.values()].flatMap(({ addresses }) => addresses);
  return nats.find(({ privateAddress }) => privateAddress !== undefined && formatAddress(privateAddress) === text)
    ?.publicAddress;
}

/** A private NAT gateway has no public address to give (RT-25). */
function withoutPublicAddress({ leg, packet }: Journey, id: GatewayId, nat: Crossing | undefined): Obstacle {
  if (nat !== undefined) return { kind: 'gateway', leg, id: nat.id, reason: 'private-nat', address: packet.source };
  return {
    kind: 'gateway',
    leg,
    id,
    reason: 'no-public-address',
    code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    address: packet.source,
  };
}

interface Beside {
  readonly id: GatewayId;
  readonly vpcId: VpcId;
}

/** Where gateways were not asked for, an active route is taken to lead to an attached one (RT-10). */
function notAttached(world: PathWorld, leg: Leg, { id, vpcId }: Beside): readonly Obstacle[] {
  const gateway = world.snapshot.internetGateways.get(id);
  const known = gateway !== undefined || world.isWhole('InternetGateways', vpcId);
  const attached = gateway?.attachments.some((each) => each.vpcId === vpcId && ATTACHED.has(each.state)) ?? false;
  return known && !attached ? [{ kind: 'gateway', leg, id, reason: 'not-attached', code: 'BAD_STATE_ATTACHMENT' }] : [];
}

const ATTACHED: ReadonlySet<string> = new Set(['available', 'attached']);

function notRouted(
  leg: Leg,
  destination: Address,
  { id, world }: { readonly id: GatewayId; readonly world: PathWorld },
): readonly Obstacle[] {
  if (isOnInternet(world, destination)) return [];
  const code = 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS';
  return [{ kind: 'gateway', leg, id, reason: 'not-publicly-routable', code, address: destination }];
}

/** Whether the internet routes it, wherever VPCs use the same space. */
export function isOnInternet({ snapshot }: PathWorld, address: Address): boolean {
  return addressKind(address, { ...snapshot, vpcs: new Map(), peerings: new Map() }) === 'public';
}

/**
 * `block-bidirectional` stops everything; `block-ingress` lets out what NAT and egress-only gateways send.
 * RT-36. https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
function blockedOut(
  world: PathWorld,
  leg: Leg,
  { from, viaNat }: { readonly from: RoutingStand; readonly viaNat: boolean },
): readonly Obstacle[] {
  const mode = blockModeAt(world.snapshot, from);
  const stops = mode === 'block-bidirectional' || (mode === 'block-ingress' && !viaNat);
  return stops ? [publicAccessBlocked(leg, from.vpcId)] : [];
}

function publicAccessBlocked(leg: Leg, vpcId: VpcId): Obstacle {
  return { kind: 'block-public-access', leg, id: vpcId, code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED' };
}

/**
 * EC2 holds back mail to the internet unless AWS lifted that for the account, which no API tells.
 * EVAL-22. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html
 */
function mailHop({ leg, packet }: Journey, hop: Omit<Hop, 'outcome'>): readonly Hop[] {
  if (leg === 'return' || packet.protocol !== TCP || packet.destinationPort !== 25) return [];
  return [{ ...hop, outcome: { kind: 'unknown', gaps: [{ fact: 'port-25', because: 'not-found' }] } }];
}

/**
 * Out only, IPv6 only, and it remembers what went out.
 * RT-22, RT-36. https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
 */
export function leaveByEgressOnlyGateway({ world }: Guide, journey: Journey, { from, id }: ByGateway): Step {
  const { leg, packet } = journey;
  const hop = { kind: 'egress-only-internet-gateway', id, vpcId: from.vpcId } as const;
  if (packet.destination.family === 'ipv4') {
    return stoppedAt(hop, { kind: 'gateway', leg, id, reason: 'unsupported-protocol', code: 'PROTOCOL_RESTRICTION' });
  }
  if (blockModeAt(world.snapshot, from) === 'block-bidirectional') {
    return stoppedAt(hop, publicAccessBlocked(leg, from.vpcId));
  }
  return {
    hops: [passedAt(hop)],
    crossing: { kind: 'internet-gateway', id, from: from.vpcId },
    ...outside(world, packet.destination),
  };
}

/**
 * In from the internet: only to a public address that an interface has, which the gateway turns into the private one.
 * RT-14, RT-18, EVAL-12. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function enterFromInternet(guide: Guide, journey: Journey): Step {
  const { world } = guide;
  const { packet, leg } = journey;
  const { destination } = packet;
  const outer = { kind: 'internet' } as const;
  if (!isOnInternet(world, destination)) {
    const code = 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS';
    return stoppedAt(outer, { kind: 'destination', leg, reason: 'not-publicly-routable', code, address: destination });
  }
  const nat = world.natGatewayWith(destination);
  if (nat !== undefined) return enterTowardsNat(guide, journey, nat);
  const owner = world.ownerOfPublic(destination);
  if (owner === undefined) {
    return stoppedAt(outer, { kind: 'destination', leg, reason: 'no-such-address', address: destination });
  }
  return enterTowards(guide, journey, owner);
}

function enterTowards(guide: Guide, { packet, leg }: Journey, owner: NetworkInterface): Step {
  const { world, answering } = guide;
  const { vpcId } = owner;
  const id = gatewayOf(world, vpcId, answering);
  const hop = { kind: 'internet-gateway', vpcId, ...(id !== undefined && { id }) } as const;
  if (id === undefined && world.isWhole('InternetGateways', vpcId)) {
    return stoppedAt(hop, { kind: 'gateway', leg, id: vpcId, reason: 'not-attached' });
  }
  const inside = privateAddressOf(owner, packet.destination);
  const after = { before: packet.destination, after: inside };
  const wasOut = answering?.crossed.some((crossing) => crossing.kind === 'internet-gateway' && crossing.from === vpcId);
  const obstacles = wasOut === true ? [] : blockedIn(world, leg, owner);
  const passed = passedAt(hop, obstacles);
  return {
    hops: [
      obstacles.length > 0 ? passed : { ...hop, outcome: { kind: 'passed', by: translated('destination', after) } },
    ],
    packet: { ...packet, destination: inside },
    crossing: { kind: 'internet-gateway', id: id ?? vpcId, to: vpcId, destination: after },
    place: placeBehind(world, id ?? '', vpcId),
  };
}

/** The one that the request left by, else the one that is attached, else one that a route names and nobody told of. */
function gatewayOf({ snapshot }: PathWorld, vpcId: VpcId, answering: Journey | undefined): string | undefined {
  const left = answering?.crossed.find(({ kind, from }) => kind === 'internet-gateway' && from === vpcId);
  if (left !== undefined) return left.id;
  const attached = [...snapshot.internetGateways.values()].find(
    ({ kind, attachments }) =>
      kind === 'internet-gateway' && attachments.some((each) => each.vpcId === vpcId && ATTACHED.has(each.state)),
  );
  if (attached !== undefined) return attached.id;
  const targets = [...snapshot.routeTables.values()]
    .filter((table) => table.vpcId === vpcId)
    .flatMap(({ routes }) => routes.filter(({ state }) => state === 'active').map(({ target }) => target));
  const named = targets.filter((target) => target.kind === 'internet-gateway').map(({ id }) => id);
  return named.find((id) => !snapshot.internetGateways.has(id));
}

function privateAddressOf({ addresses }: NetworkInterface, destination: Address): Address {
  const text = formatAddress(destination);
  const own = addresses.find(
    ({ publicAddress }) => publicAddress !== undefined && formatAddress(publicAddress) === text,
  );
  return own?.address ?? destination;
}

function blockedIn(world: PathWorld, leg: Leg, { vpcId, subnetId }: NetworkInterface): readonly Obstacle[] {
  const mode = blockModeAt(world.snapshot, { vpcId, ...(subnetId !== undefined && { subnetId }) });
  return mode === undefined || mode === 'off' ? [] : [publicAccessBlocked(leg, vpcId)];
}

/** Nobody reaches anything behind a NAT gateway but with an answer (RT-23). */
function enterTowardsNat({ world, answering }: Guide, { packet, leg }: Journey, { id, vpcId }: NatGateway): Step {
  const sent = answering?.crossed.find((crossing) => crossing.id === id);
  const left = answering?.crossed.find(({ kind, from }) => kind === 'internet-gateway' && from === vpcId);
  if (sent?.source === undefined || left === undefined) {
    const hop = { kind: 'nat-gateway', id, vpcId } as const;
    return stoppedAt(hop, { kind: 'gateway', leg, id, reason: 'unsolicited-inbound', address: packet.destination });
  }
  const destination = { before: packet.destination, after: sent.source.after };
  const hop = { kind: 'internet-gateway', id: left.id, vpcId } as const;
  return {
    hops: [{ ...hop, outcome: { kind: 'passed', by: translated('destination', destination) } }],
    packet: { ...packet, destination: destination.after },
    place: placeBehind(world, left.id, vpcId),
  };
}
