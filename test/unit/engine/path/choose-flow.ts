import { assertNever } from '../../../../src/lang/exhaustive.ts';
import type { NaiveFlow, RawPathInterface, RawPathNetwork } from '../naive/naive-path-network.ts';
import type { FlowPlan, NetworkPlan } from './arbitrary-network.ts';
import { HOSTS, HOSTS_6, PREMISES, blockOf, idOf, nth } from './network-context.ts';

/** The question that a plan stands for in this network; where its ends are not to be had, a near one. */
export function chooseFlow(network: RawPathNetwork, plan: NetworkPlan, wanted: FlowPlan): NaiveFlow {
  const flow = { ...wanted, ipv6: wanted.ipv6 && canSpeakIpv6(network, wanted) };
  const from = sourceOf(network, flow);
  const to = destinationOf({ network, plan, flow, vpcId: from.vpcId });
  return { from: from.end, to, ...bodyOf(flow, flow.ipv6) };
}

const hasIpv6 = (subject: RawPathInterface): boolean => subject.Ipv6Addresses.length > 0;

/** Somebody has such an address, and neither a VPN gateway, a NAT gateway nor an address that nobody has is asked for. */
function canSpeakIpv6(network: RawPathNetwork, { from, to }: FlowPlan): boolean {
  const isIpv4 = from.kind === 'premises' || ['premises', 'unused', 'nat'].includes(to.kind);
  return !isIpv4 && network.NetworkInterfaces.some(hasIpv6);
}

interface Source {
  readonly end: NaiveFlow['from'];
  /** Where it stands or comes in, if anywhere. */
  readonly vpcId: string | undefined;
}

const isOrdinary = (subject: RawPathInterface): boolean => subject.InterfaceType === 'interface';

/** The interfaces that are asked about, those that fit `wanted` alone if there are any. */
function pick(
  network: RawPathNetwork,
  n: number,
  wanted: (subject: RawPathInterface) => boolean = () => true,
): RawPathInterface {
  const ordinary = network.NetworkInterfaces.filter(isOrdinary);
  const fitting = ordinary.filter(wanted);
  return nth(fitting.length > 0 ? fitting : ordinary, n)!;
}

function sourceOf(network: RawPathNetwork, { from, ipv6 }: FlowPlan): Source {
  const gateway = nth(network.VpnGateways, from.n);
  if (from.kind === 'premises' && gateway !== undefined) {
    const end = { address: nth(PREMISES, from.n)!, via: gateway.VpnGatewayId };
    return { end, vpcId: gateway.VpcAttachments[0]?.VpcId };
  }
  if (from.kind === 'host') {
    const hosts: readonly string[] = ipv6 ? HOSTS_6 : HOSTS;
    return { end: { address: nth(hosts, from.n)! }, vpcId: undefined };
  }
  const subject = pick(network, from.n, (each) => !ipv6 || hasIpv6(each));
  return { end: { interface: subject.NetworkInterfaceId }, vpcId: subject.VpcId };
}

interface Choosing {
  readonly network: RawPathNetwork;
  readonly plan: NetworkPlan;
  readonly flow: FlowPlan;
  readonly vpcId: string | undefined;
}

function destinationOf(choosing: Choosing): NaiveFlow['to'] {
  const { network, plan, flow, vpcId } = choosing;
  const { ipv6: wantsIpv6 } = flow;
  const { kind, n, near } = flow.to;
  switch (kind) {
    case 'host':
      return { address: nth<string>(wantsIpv6 ? HOSTS_6 : HOSTS, n)! };
    case 'premises':
      return { address: nth(PREMISES, n)! };
    case 'unused':
      return { address: unusedAddress(plan, n) };
    case 'nat':
      return natAddress(network, n) ?? { address: nth(HOSTS, n)! };
    case 'interface':
    case 'private-address':
    case 'public-address': {
      const vpcs = nearVpcs(network, vpcId, near);
      const isFit = (each: RawPathInterface): boolean =>
        wantsIpv6 ? hasIpv6(each) : kind !== 'public-address' || publicOf(each) !== undefined;
      const isNear = (each: RawPathInterface): boolean => vpcs === undefined || vpcs.includes(each.VpcId);
      const isThere = network.NetworkInterfaces.some((each) => isOrdinary(each) && isFit(each) && isNear(each));
      return endAt(
        pick(network, n, (each) => isFit(each) && (isNear(each) || !isThere)),
        kind,
        wantsIpv6,
      );
    }
    default:
      return assertNever(kind);
  }
}

/** In a subnet, or in the secondary block, which may not be in force. */
function unusedAddress(plan: NetworkPlan, n: number): string {
  const v = n % plan.vpcs.length;
  return n > 14 ? `100.64.${v}.9` : blockOf(plan, v).replace('0.0/16', '0.99');
}

/** `undefined` for any. */
function nearVpcs(
  network: RawPathNetwork,
  vpcId: string | undefined,
  near: FlowPlan['to']['near'],
): readonly string[] | undefined {
  if (vpcId === undefined || near === 'any') return undefined;
  if (near === 'same') return [vpcId];
  const far = network.VpcPeeringConnections.flatMap(({ RequesterVpcInfo: a, AccepterVpcInfo: b }) => [
    ...(a.VpcId === vpcId ? [b.VpcId] : []),
    ...(b.VpcId === vpcId ? [a.VpcId] : []),
  ]);
  return far.length > 0 ? far : [vpcId];
}

function natAddress(network: RawPathNetwork, n: number): NaiveFlow['to'] | undefined {
  const address = nth(network.NatGateways, n)?.NatGatewayAddresses[0];
  return address && { address: n % 2 === 0 ? address.PublicIp : address.PrivateIp };
}

const publicOf = (subject: RawPathInterface): string | undefined =>
  subject.PrivateIpAddresses[0]?.Association?.PublicIp;

function endAt(subject: RawPathInterface, kind: FlowPlan['to']['kind'], wantsIpv6: boolean): NaiveFlow['to'] {
  const [ipv6] = subject.Ipv6Addresses;
  if (wantsIpv6 && ipv6 !== undefined) return { address: ipv6.Ipv6Address };
  const [{ PrivateIpAddress: own } = { PrivateIpAddress: idOf('none', 0) }] = subject.PrivateIpAddresses;
  if (kind === 'public-address') return { address: publicOf(subject) ?? own };
  return kind === 'private-address' ? { address: own } : { interface: subject.NetworkInterfaceId };
}

function bodyOf(
  { protocol, sourcePort, destinationPort, icmpType }: FlowPlan,
  isIpv6: boolean,
): Omit<NaiveFlow, 'from' | 'to'> {
  if (protocol === 6 || protocol === 17) return { protocol, sourcePort, destinationPort };
  if (protocol !== 1) return { protocol };
  const type = isIpv6 && icmpType === 8 ? 128 : icmpType;
  return { protocol: isIpv6 ? 58 : 1, icmp: { type, code: 0 } };
}
