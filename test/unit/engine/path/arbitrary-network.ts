import fc from 'fast-check';

/**
 * A network as plain data that a failing test can print and shrink: whatever points at something else does so by a
 * number, taken modulo what is there, or falls away where there is nothing.
 */
export interface NetworkPlan {
  readonly vpcs: readonly VpcPlan[];
  readonly peerings: readonly PeeringPlan[];
}

export interface VpcPlan {
  /** Has the block of the VPC before it. */
  readonly isTwin: boolean;
  readonly secondary: 'none' | 'associated' | 'disassociated';
  readonly ipv6: boolean;
  readonly internetGateway: 'attached' | 'detached' | 'none';
  readonly vpn: VpnPlan;
  readonly endpoint: string;
  /** The states of NAT gateways, each in the subnet of its own number. */
  readonly natGateways: readonly string[];
  readonly subnets: readonly SubnetPlan[];
  readonly groups: readonly GroupPlan[];
  /** The default one first, if any; without one the default ACL is open. */
  readonly acls: readonly AclPlan[];
  /** The main one first; without one the main table has the local routes alone. */
  readonly tables: readonly TablePlan[];
}

interface VpnPlan {
  readonly gateway: 'attached' | 'detached' | 'none';
  readonly connection: 'available' | 'deleted';
  readonly routes: readonly number[];
}

export interface SubnetPlan {
  readonly inSecondary: boolean;
  /** 0 stands for no association of its own. */
  readonly acl: number;
  readonly table: number;
  readonly interfaces: readonly InterfacePlan[];
}

interface InterfacePlan {
  readonly isPublic: boolean;
  readonly groups: readonly number[];
}

export interface GroupPlan {
  readonly openIn: boolean;
  readonly openOut: boolean;
  readonly ingress: readonly RulePlan[];
  readonly egress: readonly RulePlan[];
}

export interface RulePlan {
  readonly traffic: TrafficPlan;
  readonly peer: PeerPlan;
}

export interface TrafficPlan {
  readonly protocol: number | 'all';
  readonly from: number;
  readonly to: number;
}

export type PeerPlan = BlockPlan | { readonly kind: 'group' | 'peer-group' | 'list'; readonly n: number };

export interface BlockPlan {
  readonly kind: 'anywhere' | 'anywhere-6' | 'own' | 'own-6' | 'subnet' | 'far' | 'service' | 'host' | 'premises';
  readonly n: number;
}

export interface AclPlan {
  readonly isOpen: boolean;
  /** Denies the high ports of clients that way: the stateless mistake (NACL-5). */
  readonly forgets: 'nothing' | 'ingress' | 'egress';
  readonly entries: readonly EntryPlan[];
}

export interface EntryPlan {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  readonly traffic: TrafficPlan;
  readonly block: BlockPlan;
}

export interface TablePlan {
  readonly style: 'public' | 'private' | 'isolated' | 'site';
  readonly toPeers: boolean;
  readonly toService: boolean;
  readonly toPremises: boolean;
  readonly extra: readonly RoutePlan[];
  /** The number of a route that is a blackhole. */
  readonly broken: number | undefined;
}

export interface RoutePlan {
  readonly kind:
    | 'far-subnet'
    | 'far-by-other-peering'
    | 'anyone-by-peering'
    | 'default-by-peering'
    | 'list-by-peering'
    | 'premises-by-peering'
    | 'premises-propagated'
    | 'host-by-vpn'
    | 'host-by-internet'
    | 'service-by-internet';
  readonly n: number;
  readonly m: number;
}

export interface PeeringPlan {
  readonly a: number;
  readonly b: number;
  readonly status: string;
}

/** A question about such a network, by numbers again. */
export interface FlowPlan {
  readonly from: { readonly kind: 'interface' | 'host' | 'premises'; readonly n: number };
  readonly to: {
    readonly kind: 'interface' | 'private-address' | 'public-address' | 'host' | 'premises' | 'unused' | 'nat';
    readonly n: number;
    /** For interfaces: of the VPC where it starts, of one peered with it, of any. */
    readonly near: 'same' | 'peered' | 'any';
  };
  readonly ipv6: boolean;
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly icmpType: number;
}

export function networks(): fc.Arbitrary<NetworkPlan> {
  return fc.record({
    vpcs: fc.array(vpcs(), { minLength: 1, maxLength: 5, size: 'max' }),
    peerings: fc.array(peerings(), { maxLength: 7, size: 'max' }),
  });
}

const numbers = (): fc.Arbitrary<number> => fc.nat({ max: 11 });
const mostly = (share: number): fc.Arbitrary<boolean> => fc.nat({ max: 99 }).map((n) => n >= 100 - share);

/** The first of the words in `share` of a hundred cases, else one of the others; shrinks to the first. */
function chiefly<Word>(share: number, first: Word, ...others: readonly Word[]): fc.Arbitrary<Word> {
  return fc.oneof(
    { weight: share, arbitrary: fc.constant(first) },
    { weight: 100 - share, arbitrary: fc.constantFrom(...others) },
  );
}

function peerings(): fc.Arbitrary<PeeringPlan> {
  return fc.record({
    a: fc.oneof(fc.constant(0), fc.nat({ max: 4 })),
    b: fc.nat({ max: 4 }),
    status: chiefly(85, 'active', 'pending-acceptance', 'expired', 'rejected', 'deleted'),
  });
}

/** NAT gateways mostly stand where their own subnet has a way out and another one uses them, as they should (RT-26). */
function vpcs(): fc.Arbitrary<VpcPlan> {
  return fc.tuple(anyVpcs(), mostly(75)).map(([vpc, isSound]) => (isSound ? withSoundNat(vpc) : vpc));
}

function withSoundNat(vpc: VpcPlan): VpcPlan {
  const [main, second = main, ...otherTables] = vpc.tables;
  const [first, ...otherSubnets] = vpc.subnets;
  if (main === undefined || second === undefined || first === undefined || vpc.natGateways.length === 0) return vpc;
  return {
    ...vpc,
    tables: [{ ...main, style: 'public' }, { ...second, style: 'private' }, ...otherTables],
    subnets: [{ ...first, table: 0 }, ...otherSubnets.map((subnet, s) => (s === 0 ? inTable(1, subnet) : subnet))],
  };
}

function inTable(table: number, subnet: SubnetPlan): SubnetPlan {
  return { ...subnet, table };
}

function anyVpcs(): fc.Arbitrary<VpcPlan> {
  return fc.record({
    isTwin: mostly(30),
    secondary: chiefly<VpcPlan['secondary']>(60, 'none', 'associated', 'associated', 'disassociated'),
    ipv6: mostly(50),
    internetGateway: chiefly<VpcPlan['internetGateway']>(85, 'attached', 'detached', 'none'),
    vpn: fc.record({
      gateway: chiefly<VpnPlan['gateway']>(50, 'none', 'attached', 'attached', 'attached', 'attached', 'detached'),
      connection: chiefly<VpnPlan['connection']>(90, 'available', 'deleted'),
      routes: fc.subarray([0, 1, 2], { minLength: 1 }),
    }),
    endpoint: chiefly(85, 'available', 'pending', 'failed', 'rejected'),
    natGateways: fc.array(chiefly(85, 'available', 'pending', 'failed', 'deleting'), { maxLength: 3, size: 'max' }),
    subnets: fc.array(subnets(), { minLength: 1, maxLength: 3, size: 'max' }),
    groups: fc.array(groups(), { minLength: 1, maxLength: 2, size: 'max' }),
    acls: fc.array(acls(), { maxLength: 2, size: 'max' }),
    tables: fc.array(tables(), { maxLength: 3, size: 'max' }),
  });
}

function subnets(): fc.Arbitrary<SubnetPlan> {
  return fc.record({
    inSecondary: mostly(20),
    acl: fc.nat({ max: 1 }),
    table: fc.nat({ max: 2 }),
    interfaces: fc.array(fc.record({ isPublic: mostly(60), groups: fc.subarray([0, 1], { minLength: 1 }) }), {
      minLength: 1,
      maxLength: 2,
      size: 'max',
    }),
  });
}

export function rules(): fc.Arbitrary<RulePlan> {
  return fc.record({ traffic: traffics(), peer: peers() });
}

function groups(): fc.Arbitrary<GroupPlan> {
  return fc.record({
    openIn: mostly(70),
    openOut: mostly(90),
    ingress: fc.array(rules(), { maxLength: 3, size: 'max' }),
    egress: fc.array(rules(), { maxLength: 2, size: 'max' }),
  });
}

function blocks(): fc.Arbitrary<BlockPlan> {
  const kind = fc.constantFrom<BlockPlan['kind']>(
    'anywhere',
    'anywhere-6',
    'own',
    'own-6',
    'subnet',
    'far',
    'far',
    'service',
    'host',
    'premises',
  );
  return fc.record({ kind, n: numbers() });
}

function peers(): fc.Arbitrary<PeerPlan> {
  const kind = fc.constantFrom<'group' | 'peer-group' | 'list'>('group', 'peer-group', 'peer-group', 'list');
  return fc.oneof(blocks(), fc.record({ kind, n: numbers() }));
}

const PORTS = [22, 80, 443] as const;
const ICMP_TYPES = [8, 0, 3, 128, 129] as const;

function traffics(): fc.Arbitrary<TrafficPlan> {
  const service = fc.record({ protocol: fc.constantFrom(6, 17), port: fc.constantFrom(...PORTS) });
  const ranges = fc.constantFrom<readonly [number, number]>([0, 65_535], [1_024, 65_535], [32_768, 60_999], [0, 1_023]);
  return fc.oneof(
    fc.constant<TrafficPlan>({ protocol: 'all', from: 0, to: 0 }),
    service.map(({ protocol, port }) => ({ protocol, from: port, to: port })),
    fc.tuple(fc.constantFrom(6, 17), ranges).map(([protocol, [from, to]]) => ({ protocol, from, to })),
    fc.tuple(fc.constantFrom(1, 58), fc.constantFrom(-1, ...ICMP_TYPES)).map(([protocol, from]) => ({
      protocol,
      from,
      to: -1,
    })),
    fc.constant<TrafficPlan>({ protocol: 47, from: 0, to: 0 }),
  );
}

function acls(): fc.Arbitrary<AclPlan> {
  const entry = fc.record({
    number: fc.integer({ min: 90, max: 110 }),
    egress: fc.boolean(),
    action: fc.constantFrom<EntryPlan['action']>('allow', 'deny'),
    traffic: traffics(),
    block: blocks(),
  });
  const entries = fc.uniqueArray(entry, { maxLength: 6, selector: ({ number, egress }) => `${number} ${egress}` });
  const forgets = chiefly<AclPlan['forgets']>(85, 'nothing', 'ingress', 'egress');
  return fc.record({ isOpen: mostly(90), forgets, entries });
}

function tables(): fc.Arbitrary<TablePlan> {
  return fc.record({
    style: chiefly<TablePlan['style']>(35, 'public', 'private', 'private', 'private', 'site', 'isolated'),
    toPeers: mostly(90),
    toService: mostly(50),
    toPremises: mostly(60),
    extra: fc.array(routes(), { maxLength: 2, size: 'max' }),
    broken: fc.oneof({ weight: 85, arbitrary: fc.constant(undefined) }, { weight: 15, arbitrary: fc.nat({ max: 9 }) }),
  });
}

function routes(): fc.Arbitrary<RoutePlan> {
  const kind = fc.constantFrom<RoutePlan['kind']>(
    'far-subnet',
    'far-by-other-peering',
    'anyone-by-peering',
    'default-by-peering',
    'list-by-peering',
    'premises-by-peering',
    'premises-propagated',
    'host-by-vpn',
    'host-by-internet',
    'service-by-internet',
  );
  return fc.record({ kind, n: numbers(), m: numbers() });
}

export function flows(): fc.Arbitrary<FlowPlan> {
  const weighed = fc.oneof(
    { weight: 55, arbitrary: between('interface', 'interface') },
    { weight: 30, arbitrary: between('interface', 'host') },
    { weight: 16, arbitrary: between('host', 'public-address') },
    { weight: 10, arbitrary: between('premises', 'interface') },
    { weight: 8, arbitrary: between('interface', 'premises') },
    { weight: 4, arbitrary: between('interface', 'private-address') },
    { weight: 8, arbitrary: between('interface', 'public-address') },
    { weight: 2, arbitrary: between('interface', 'unused') },
    { weight: 2, arbitrary: between('host', 'private-address') },
    { weight: 2, arbitrary: between('premises', 'public-address') },
    { weight: 2, arbitrary: between('interface', 'nat') },
    { weight: 2, arbitrary: between('host', 'nat') },
  );
  return weighed.chain((ends) =>
    fc.record({
      from: fc.record({ kind: fc.constant(ends.from), n: fc.nat({ max: 29 }) }),
      to: fc.record({
        kind: fc.constant(ends.to),
        n: fc.nat({ max: 29 }),
        near: fc.constantFrom<FlowPlan['to']['near']>('same', 'same', 'peered', 'peered', 'peered', 'any'),
      }),
      ipv6: mostly(20),
      protocol: fc.constantFrom(6, 6, 6, 17, 17, 1, 47),
      sourcePort: fc.constantFrom(40_000, 40_000, 1_024, 60_999, 61_000, 1_000, 65_535),
      destinationPort: fc.constantFrom(...PORTS, 5_000, 65_535),
      icmpType: fc.constantFrom(8, 8, 8, 3),
    }),
  );
}

interface Kinds {
  readonly from: FlowPlan['from']['kind'];
  readonly to: FlowPlan['to']['kind'];
}

const between = (from: Kinds['from'], to: Kinds['to']): fc.Arbitrary<Kinds> => fc.constant({ from, to });
