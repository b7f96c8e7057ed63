import { parseAddress, sameAddress, type Address } from '../../net/address.ts';
import type { Packet } from '../../net/packet.ts';
import { TCP, UDP, type Protocol } from '../../net/protocol.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { Listener, LoadBalancer, Target, TargetGroup } from '../../vpc/load-balancer.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { findGap } from '../find-gap.ts';
import { interfaceOwner } from '../interface-owner.ts';
import type { Crossing, Guide, Journey, Step } from './journey.ts';
import { passedAt, stoppedAt, unknownAt } from './journey.ts';
import type { PathWorld } from './path-world.ts';

/**
 * A load balancer takes what one of its listeners is for and hands it to a target, with its own address or the client's.
 * `undefined`: the interface is no load balancer's. Classic and Gateway Load Balancers are not followed.
 * ENI-1, ENI-5, ENI-6. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function crossLoadBalancer(guide: Guide, journey: Journey, at: NetworkInterface): Step | undefined {
  const owner = interfaceOwner(at);
  if (journey.leg === 'return' || !FOLLOWED.has(owner.kind)) return undefined;
  const { snapshot } = guide.world;
  const name = owner.name ?? at.id;
  const balancer = [...snapshot.loadBalancers.values()].find(({ arn }) => arn.endsWith(`loadbalancer/${name}`));
  const hop = { kind: 'load-balancer', id: balancer?.arn ?? name, vpcId: at.vpcId } as const;
  if (balancer?.listeners === undefined) return unknownAt(hop, findGap(snapshot, 'load-balancer', name));
  const listener = balancer.listeners.find((each) => takes(each, journey.packet));
  const { arn: id } = balancer;
  if (listener === undefined) {
    const code = 'ELBV2_LISTENERS_MISMATCH';
    return stoppedAt(hop, { kind: 'load-balancer', leg: 'forward', id, reason: 'no-listener', code });
  }
  return handOn(guide, journey, { at, balancer, listener });
}

const FOLLOWED: ReadonlySet<string> = new Set(['application-load-balancer', 'network-load-balancer']);

/** Protocols of listeners, as they are on the wire. */
const CARRIES: ReadonlyMap<string, readonly Protocol[]> = new Map([
  ['HTTP', [TCP]],
  ['HTTPS', [TCP]],
  ['TCP', [TCP]],
  ['TLS', [TCP]],
  ['UDP', [UDP]],
  ['TCP_UDP', [TCP, UDP]],
]);

function takes({ protocol, port }: Listener, packet: Packet): boolean {
  const carries = CARRIES.get(protocol)?.includes(packet.protocol) ?? false;
  return carries && (packet.destinationPort === undefined || packet.destinationPort === port);
}

interface Balancing {
  readonly at: NetworkInterface;
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
}

/** The target whose turn it is: the analysis tries them one after the other. */
function handOn(guide: Guide, journey: Journey, balancing: Balancing): Step {
  const { at, balancer } = balancing;
  const { arn: id, name } = balancer;
  const hop = { kind: 'load-balancer', id, vpcId: at.vpcId } as const;
  const choices = choicesOf(guide.world, balancing);
  if (choices === 'unknown') return unknownAt(hop, findGap(guide.world.snapshot, 'load-balancer', name));
  const choice = choices[turnOf(guide, journey) % choices.length];
  if (choice === undefined) {
    const code = 'ELBV2_LISTENER_HAS_NO_TG';
    return stoppedAt(hop, { kind: 'load-balancer', leg: 'forward', id, reason: 'no-targets', code });
  }
  const address = addressOf(choice, guide.world.snapshot);
  if (address === undefined) {
    const beyond = unknownAt(hop, unseen(choice, guide.world.snapshot));
    return { ...beyond, crossing: { kind: 'load-balancer', id, alternatives: choices.length } };
  }
  const unhealthy = choices.every(({ target }) => target.health === 'unhealthy');
  const crossing = crossingTo(journey.packet, { ...balancing, choice, address });
  return {
    hops: [
      passedAt(hop),
      ...(unhealthy
        ? unknownAt(hop, { fact: 'target-health', about: choice.group.name, because: 'not-found' }).hops
        : []),
    ],
    packet: packetTo(journey.packet, crossing, { ...choice, address }),
    crossing: { ...crossing, alternatives: choices.length },
    place: { kind: 'leaving', at },
  };
}

/** One behind another goes on to its next target when that one has been through all of its own. */
function turnOf({ target = 0 }: Guide, { crossed }: Journey): number {
  return Math.floor(target / alternativesOf(crossed));
}

/** How many ways through all load balancers that the packet met. */
export function alternativesOf(crossed: Journey['crossed']): number {
  return crossed.reduce((product, { alternatives = 1 }) => product * alternatives, 1);
}

interface Choice {
  readonly group: TargetGroup;
  readonly target: Target;
}

/** Without cross-zone balancing a node serves the targets of its own zone only. */
function choicesOf({ snapshot }: PathWorld, { at, balancer, listener }: Balancing): readonly Choice[] | 'unknown' {
  const groups = listener.targetGroups.flatMap((arn) => snapshot.targetGroups.get(arn) ?? []);
  const isTold = groups.length === listener.targetGroups.length && groups.every(({ targets }) => targets !== undefined);
  if (!isTold) return 'unknown';
  const zone = balancer.crossZone === false ? at.availabilityZone : undefined;
  return groups
    .flatMap((group) => (group.targets ?? []).map((target) => ({ group, target })))
    .filter(
      ({ target }) => zone === undefined || target.availabilityZone === undefined || target.availabilityZone === zone,
    );
}

/** Functions and load balancers as targets have no address to follow the packet to. */
function addressOf({ target }: Choice, { interfaces }: PathWorld['snapshot']): Address | undefined {
  const own = [...interfaces.values()].filter(({ instanceId }) => instanceId === target.id);
  const primary = own.find(({ deviceIndex }) => deviceIndex === 0) ?? own[0];
  return parseAddress(target.id) ?? primary?.addresses[0]?.address;
}

function unseen({ group, target: { id } }: Choice, snapshot: PathWorld['snapshot']): Gap {
  if (group.targetType === 'instance') return findGap(snapshot, 'network-interface', id);
  return { fact: 'path', about: id, because: 'not-modelled' };
}

interface HandedOn extends Balancing {
  readonly choice: Choice;
  readonly address: Address;
}

/**
 * An Application Load Balancer always speaks for itself; a Network Load Balancer may leave the client's address, but
 * not towards a target of the other family.
 * ENI-6. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
function crossingTo(packet: Packet, { at, balancer, choice, address: target }: HandedOn): Crossing {
  const mayKeep = balancer.type === 'network' && packet.source.family === target.family;
  const keeps = mayKeep && choice.group.preserveClientIp === true;
  const own = at.addresses.find(({ address }) => address.family === target.family)?.address;
  const source = keeps || own === undefined ? undefined : { before: packet.source, after: own };
  return {
    kind: 'load-balancer',
    id: balancer.arn,
    at,
    destination: { before: packet.destination, after: target },
    ...(source !== undefined && { source }),
    ...(packet.destinationPort !== undefined && { port: packet.destinationPort }),
  };
}

function packetTo(
  packet: Packet,
  { source }: Crossing,
  { group, target, address }: Choice & { readonly address: Address },
): Packet {
  const port = target.port ?? group.port;
  return {
    ...packet,
    source: source?.after ?? packet.source,
    destination: address,
    ...(port !== undefined && { destinationPort: port }),
  };
}

/**
 * A target's answer goes back to the load balancer that handed the request on, whosever address it bears, and from there
 * to the client.
 * ENI-6. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function returnThroughLoadBalancer(guide: Guide, journey: Journey): Step | undefined {
  const { packet } = journey;
  const handed = handedBy(guide, journey);
  if (handed?.at === undefined) return undefined;
  return {
    hops: [passedAt({ kind: 'load-balancer', id: handed.id, vpcId: handed.at.vpcId })],
    packet: packetBack(packet, handed),
    place: { kind: 'leaving', at: handed.at },
  };
}

/** The load balancer whose target answers. */
export function handedBy({ answering }: Guide, { packet }: Journey): Crossing | undefined {
  return answering?.crossed.find(
    ({ kind, destination }) =>
      kind === 'load-balancer' && destination !== undefined && sameAddress(destination.after, packet.source),
  );
}

function packetBack(packet: Packet, { source, destination, port }: Crossing): Packet {
  return {
    ...packet,
    source: destination?.before ?? packet.source,
    destination: source?.before ?? packet.destination,
    ...(port !== undefined && { sourcePort: port }),
  };
}
