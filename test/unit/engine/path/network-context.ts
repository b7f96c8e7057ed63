import type { NetworkPlan, PeeringPlan, VpcPlan } from './arbitrary-network.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

export const HOSTS = ['8.8.8.8', '1.1.1.1', '52.216.1.1', '3.5.0.9', '52.94.0.5'] as const;
export const HOSTS_6 = ['2606:4700::1111', '2001:4860:4860::8888'] as const;
export const PREMISES = ['192.168.8.9', '192.168.1.1', '172.31.5.5'] as const;
export const PREMISES_BLOCKS = ['192.168.0.0/16', '192.168.8.0/24', '172.31.0.0/16'] as const;
export const SERVICE_BLOCKS = ['52.216.0.0/15', '3.5.0.0/20'] as const;
export const BLOCKS = ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '172.16.0.0/16'] as const;

/** Ids that tell where a thing is: `eni-00000213` is interface 3 of subnet 1 of VPC 2. */
export function idOf(prefix: string, ...places: readonly number[]): string {
  return `${prefix}-${places.join('').padStart(8, '0')}`;
}

export const SERVICE_LIST = 'pl-00000053';
export const OWN_LIST = 'pl-00000010';

/** What every part of a description may want to know of the whole. */
export interface Context {
  readonly plan: NetworkPlan;
  readonly v: number;
  readonly vpc: VpcPlan;
  /** The peering connections of the VPC, with the number of the VPC at the far end. */
  readonly peered: readonly Peered[];
}

interface Peered {
  readonly id: string;
  readonly far: number;
}

export function contextsOf(plan: NetworkPlan): readonly Context[] {
  const connections = peeringsOf(plan);
  return plan.vpcs.map((vpc, v) => ({
    plan,
    v,
    vpc,
    peered: connections.flatMap((connection) => farEndOf(connection, v)),
  }));
}

function farEndOf({ id, a, b }: Connection, v: number): readonly Peered[] {
  if (a !== v && b !== v) return [];
  return [{ id, far: a === v ? b : a }];
}

export interface Connection extends PeeringPlan {
  readonly id: string;
}

/** One a pair of VPCs (PEER-5). */
export function peeringsOf({ vpcs, peerings }: NetworkPlan): readonly Connection[] {
  const pairs = new Map<string, Connection>();
  for (const { a, b, status } of peerings) {
    const [low, high] = [a % vpcs.length, b % vpcs.length].sort((one, other) => one - other) as [number, number];
    if (low !== high && !pairs.has(`${low}${high}`)) {
      pairs.set(`${low}${high}`, { id: idOf('pcx', low, high), a: low, b: high, status });
    }
  }
  return [...pairs.values()];
}

export function blockOf({ vpcs }: NetworkPlan, v: number): string {
  let place = v;
  while (place > 0 && vpcs[place]!.isTwin) place -= 1;
  return BLOCKS[place]!;
}

export function secondaryOf(v: number): string {
  return `100.64.${v}.0/24`;
}

export function blockOf6(v: number): string {
  return `2600:1f10:0:${v + 1}00::/56`;
}

/** The blocks of a VPC that are in force. */
export function blocksOf(plan: NetworkPlan, v: number): readonly string[] {
  return [blockOf(plan, v), ...(plan.vpcs[v]!.secondary === 'associated' ? [secondaryOf(v)] : [])];
}

export function subnetBlock({ plan, v, vpc }: Pick<Context, 'plan' | 'v' | 'vpc'>, s: number): string {
  if (vpc.subnets[s]?.inSecondary === true && vpc.secondary === 'associated') return `100.64.${v}.${s * 64}/26`;
  return `${blockOf(plan, v).split('.').slice(0, 2).join('.')}.${s}.0/24`;
}

export const subnetBlock6 = (v: number, s: number): string => `2600:1f10:0:${v + 1}0${s}::/64`;

/** NAT gateways, each in the subnet of its number. */
export function natsOf({ vpc }: Pick<Context, 'vpc'>): readonly { readonly n: number; readonly state: string }[] {
  return vpc.natGateways.map((state, n) => ({ n, state })).filter(({ n }) => n < vpc.subnets.length);
}

export function nth<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % items.length];
}
