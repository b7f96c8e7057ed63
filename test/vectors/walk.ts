import { blockersOf } from '../../src/engine/blockers.ts';
import { evaluateInterface, outcomeOf } from '../../src/engine/evaluate-interface.ts';
import { compileInterfaceFilters } from '../../src/engine/interface-filters.ts';
import type { Blocker } from '../../src/engine/finding.ts';
import { formatAddress, parseAddress, type Address } from '../../src/net/address.ts';
import type { Direction } from '../../src/net/direction.ts';
import type { Packet } from '../../src/net/packet.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import type { NetworkInterface } from '../../src/vpc/network-interface.ts';
import type { Scenario, VectorBlocker, VectorCase, VectorEnd } from './vector-case.ts';

/** What the filters of both ends make of a flow and its answer. */
export type Walk =
  | { readonly kind: 'walked'; readonly obstacle: VectorBlocker | undefined; readonly undetermined: readonly string[] }
  /** Where it goes is not for groups and ACLs to tell. */
  | { readonly kind: 'not-walked'; readonly because: string };

/** An end as the packet meets it: its interface, if it has one here, and its address on each side of the gateway. */
interface End {
  readonly interface?: NetworkInterface;
  /** As its own VPC sees it. */
  readonly inside: Address;
  /** As the other end sees it. */
  readonly outside: Address;
}

/** Groups and ACL of the sender, ACL and groups of the receiver; then the ACLs again for the answer. */
export function walk(scenario: Scenario, flow: VectorCase): Walk {
  const to = destinationOf(scenario, flow);
  if (typeof to === 'string') return { kind: 'not-walked', because: to };
  const from = sourceOf(scenario, flow, to);
  if (typeof from === 'string') return { kind: 'not-walked', because: from };
  const steps = stepsOf(flow, from, to);
  const seen = steps.map((step) => checkStep(scenario, step));
  return {
    kind: 'walked',
    obstacle: seen.flatMap(({ blockers }) => blockers)[0],
    undetermined: seen.flatMap(({ undetermined }) => undetermined),
  };
}

interface Step {
  readonly at: NetworkInterface;
  readonly direction: Direction;
  readonly leg: 'forward' | 'return';
  readonly packet: Packet;
}

function stepsOf(flow: VectorCase, from: End, to: End): readonly Step[] {
  const { forward, back } = serviceOf(flow);
  return [
    stepAt(from, { direction: 'egress', leg: 'forward', packet: { ...forward, ...ends(from.inside, to.outside) } }),
    stepAt(to, { direction: 'ingress', leg: 'forward', packet: { ...forward, ...ends(from.outside, to.inside) } }),
    stepAt(to, { direction: 'egress', leg: 'return', packet: { ...back, ...ends(to.inside, from.outside) } }),
    stepAt(from, { direction: 'ingress', leg: 'return', packet: { ...back, ...ends(to.outside, from.inside) } }),
  ].flat();
}

function stepAt({ interface: at }: End, step: Omit<Step, 'at'>): readonly Step[] {
  return at === undefined ? [] : [{ at, ...step }];
}

function ends(source: Address, destination: Address): Pick<Packet, 'source' | 'destination'> {
  return { source, destination };
}

type Service = Omit<Packet, 'source' | 'destination'>;

function serviceOf({ protocol, srcPort, dstPort, icmpType, icmpCode }: VectorCase): {
  forward: Service;
  back: Service;
} {
  const number = { protocol: parseProtocol(protocol)! };
  if (srcPort !== undefined && dstPort !== undefined) {
    return {
      forward: { ...number, sourcePort: srcPort, destinationPort: dstPort },
      back: { ...number, sourcePort: dstPort, destinationPort: srcPort },
    };
  }
  if (icmpType === undefined) return { forward: number, back: number };
  const asked = { type: icmpType, code: icmpCode ?? 0 };
  const isEcho = asked.type === 8;
  return { forward: { ...number, icmp: asked }, back: { ...number, icmp: isEcho ? { type: 0, code: 0 } : asked } };
}

function checkStep({ snapshot }: Scenario, { at, direction, leg, packet }: Step) {
  const decision = evaluateInterface(compileInterfaceFilters(snapshot, at.id), direction, packet);
  const judged = leg === 'forward' ? decision : { ...decision, securityGroups: { kind: 'not-applicable' } as const };
  return {
    blockers: blockersOf(judged).map((blocker) => inVectorWords(blocker, leg)),
    undetermined: outcomeOf(judged) === 'undetermined' ? [`${leg} ${direction} at ${at.id}`] : [],
  };
}

function inVectorWords(blocker: Blocker, leg: Step['leg']): VectorBlocker {
  if (blocker.kind === 'network-acl') {
    const { kind, id, direction, entry } = blocker;
    return { kind, id, direction, leg, ruleNumber: entry.ruleNumber };
  }
  if (blocker.kind !== 'security-group') return { kind: blocker.kind };
  const { kind, ids, direction } = blocker;
  return { kind, ids: ids.toSorted((a, b) => a.localeCompare(b)), direction, leg };
}

function sourceOf(scenario: Scenario, { from }: VectorCase, to: End): End | string {
  const own = interfaceOf(scenario, from);
  if (own === undefined) {
    const address = parseAddress(from.ip ?? '');
    return address === undefined ? 'the source is not in the snapshot' : { inside: address, outside: address };
  }
  const { address, publicAddress } = own.addresses[0]!;
  const leavesByGateway = to.interface !== undefined && formatAddress(to.inside) !== formatAddress(to.outside);
  if (leavesByGateway && publicAddress === undefined) return 'the sender has no public address';
  return { interface: own, inside: address, outside: leavesByGateway ? publicAddress! : address };
}

function destinationOf(scenario: Scenario, { from, to }: VectorCase): End | string {
  const named = interfaceOf(scenario, to);
  if (named !== undefined)
    return { interface: named, inside: named.addresses[0]!.address, outside: named.addresses[0]!.address };
  const address = parseAddress(to.ip ?? '');
  if (address === undefined) return 'the destination is not in the snapshot';
  const [owner, ...more] = ownersOf(scenario, to.ip!, interfaceOf(scenario, from)?.vpcId);
  if (more.length > 0) return 'several interfaces have the destination address';
  if (owner === undefined) return { inside: address, outside: address };
  const inside = owner.addresses.find((each) => isOwn(each, to.ip!))!.address;
  return { interface: owner, inside, outside: address };
}

/** Within the sender's own VPC first: its local route wins. */
function ownersOf({ snapshot }: Scenario, ip: string, vpcId: string | undefined): readonly NetworkInterface[] {
  const owners = [...snapshot.interfaces.values()].filter(({ addresses }) => addresses.some((each) => isOwn(each, ip)));
  const neighbours = owners.filter((owner) => owner.vpcId === vpcId);
  return neighbours.length > 0 ? neighbours : owners;
}

function isOwn({ address, publicAddress }: NetworkInterface['addresses'][number], ip: string): boolean {
  return [address, ...(publicAddress === undefined ? [] : [publicAddress])].some((each) => formatAddress(each) === ip);
}

/** An instance stands for its interface with device index 0. */
function interfaceOf({ raws, snapshot }: Scenario, { eni, instance }: VectorEnd): NetworkInterface | undefined {
  const all = [...snapshot.interfaces.values()];
  if (eni !== undefined) return all.find(({ id }) => id === eni);
  const first = raws
    .flatMap((raw) => raw['NetworkInterfaces'] as readonly RawAttached[])
    .find(
      ({ Attachment }) => instance !== undefined && Attachment?.InstanceId === instance && Attachment.DeviceIndex === 0,
    );
  return all.find(({ id }) => id === first?.NetworkInterfaceId);
}

interface RawAttached {
  readonly NetworkInterfaceId: string;
  readonly Attachment?: { readonly InstanceId?: string; readonly DeviceIndex?: number };
}
