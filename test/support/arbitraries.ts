import fc from 'fast-check';
import { FAMILY_BITS, parseAddress, type Address, type Family } from '../../src/net/address.ts';
import { blockOf, formatCidr, type Cidr } from '../../src/net/cidr.ts';
import type { Direction } from '../../src/net/direction.ts';
import type { Packet } from '../../src/net/packet.ts';
import { ICMP, ICMPV6, hasPorts, isIcmp } from '../../src/net/protocol.ts';
import { buildVpc, type BuiltVpc, type VpcBuilder } from './build-vpc.ts';
import {
  allow,
  deletedGroup,
  egress,
  group,
  ingress,
  peerGroup,
  prefixList,
  type AclEntry,
  type GroupRule,
  type Peer,
  type Traffic,
} from './rules.ts';

/** Addresses that the small networks below are made of, so that rules and packets meet often. */
const MEETING_POINTS = {
  ipv4: ['10.0.0.10', '10.0.0.11', '10.0.1.12', '10.9.0.5', '192.0.2.1', '203.0.113.5'],
  ipv6: ['2001:db8::10', '2001:db8::11', '2001:db8:0:1::12', '2001:db8:ff00::5', '2600:1f00::1'],
} as const satisfies Record<Family, readonly string[]>;

export const families = (): fc.Arbitrary<Family> => fc.constantFrom('ipv4', 'ipv6');

/** Mostly meeting points and their neighbours by one bit, sometimes anything. */
export function addresses(family: Family): fc.Arbitrary<Address> {
  const width = FAMILY_BITS[family];
  const known = fc.constantFrom(...MEETING_POINTS[family].map((text) => parseAddress(text)!));
  const neighbour = fc
    .tuple(known, fc.integer({ min: 0, max: width - 1 }))
    .map(([{ bits }, place]) => ({ family, bits: bits ^ (1n << BigInt(place)) }));
  const any = fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }).map((bits) => ({ family, bits }));
  return fc.oneof({ weight: 5, arbitrary: known }, { weight: 3, arbitrary: neighbour }, { weight: 1, arbitrary: any });
}

/** Blocks around those addresses, with the lengths people use and any other. */
export function cidrs(family: Family): fc.Arbitrary<Cidr> {
  const width = FAMILY_BITS[family];
  const usual = fc.constantFrom(0, width / 4, width / 2, (width * 3) / 4, width - 1, width);
  const lengths = fc.oneof(
    { weight: 3, arbitrary: usual },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: width }) },
  );
  return fc.tuple(addresses(family), lengths).map(([address, length]) => blockOf(address, length));
}

/** The ports at which rules begin and end, and any other. */
export function ports(): fc.Arbitrary<number> {
  const edges = fc.constantFrom(0, 22, 53, 80, 443, 1023, 1024, 32767, 32768, 60999, 61000, 65535);
  return fc.oneof({ weight: 3, arbitrary: edges }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 65535 }) });
}

const protocols = (): fc.Arbitrary<number> => fc.constantFrom(6, 17, 1, 58, 50);
const icmpTypes = (): fc.Arbitrary<number> => fc.constantFrom(0, 3, 8, 128, 129);
const icmpCodes = (): fc.Arbitrary<number> => fc.constantFrom(0, 1, 4);
const orAny = (values: fc.Arbitrary<number>): fc.Arbitrary<number> => fc.oneof(values, fc.constant(-1));

/** What a rule or entry says of packets, in every form that AWS allows. */
function traffics(): fc.Arbitrary<Traffic> {
  const ofPorts = fc
    .tuple(fc.constantFrom(6, 17), ports(), ports())
    .map(([protocol, a, b]) => ({ protocol, from: Math.min(a, b), to: Math.max(a, b) }));
  const allPorts = fc.constantFrom(6, 17).map((protocol) => ({ protocol, from: 0, to: 65535 }));
  const ofTypes = fc
    .tuple(fc.constantFrom(ICMP, ICMPV6), orAny(icmpTypes()), orAny(icmpCodes()))
    .map(([protocol, from, to]) => ({ protocol, from, to: from === -1 ? -1 : to }));
  const others = fc.constantFrom<Traffic>({ protocol: 50 }, { protocol: 47 }, { protocol: 'all' });
  return fc.oneof({ weight: 4, arbitrary: ofPorts }, allPorts, { weight: 2, arbitrary: ofTypes }, others);
}

const GROUPS = ['web', 'db', 'lb'] as const;
const PREFIX_LISTS = ['offices', 'partners'] as const;

const anyCidr = (): fc.Arbitrary<string> => families().chain(cidrs).map(formatCidr);

/** Blocks, prefix lists (one of which may be unreadable) and groups: of this VPC, of a peer, and one that is gone. */
function peers(): fc.Arbitrary<Peer> {
  const references = fc.constantFrom<Peer>(
    ...GROUPS.map(group),
    deletedGroup('gone'),
    peerGroup('shared', 'far'),
    peerGroup('shared', 'far', 'deleted'),
  );
  const lists = fc.constantFrom(...PREFIX_LISTS, 'unreadable').map(prefixList);
  return fc.oneof({ weight: 5, arbitrary: anyCidr() }, { weight: 2, arbitrary: references }, lists);
}

export function groupRules(): fc.Arbitrary<GroupRule> {
  return fc.tuple(traffics(), peers()).map(([traffic, peer]) => allow(traffic, peer));
}

/** Entries of both directions, in no order, each number once a direction as AWS demands. */
export function aclEntries(): fc.Arbitrary<readonly AclEntry[]> {
  const entry = fc
    .record({
      number: fc.integer({ min: 1, max: 12 }),
      isEgress: fc.boolean(),
      action: fc.constantFrom('allow', 'deny'),
      traffic: traffics(),
      cidr: anyCidr(),
    })
    .map(({ number, isEgress, action, traffic, cidr }) => {
      const make = isEgress ? egress(number) : ingress(number);
      return make[action](traffic, cidr);
    });
  return fc.uniqueArray(entry, { maxLength: 8, selector: ({ number, egress: isEgress }) => `${number} ${isEgress}` });
}

/** A packet on its way through an interface, and which way. */
export interface PacketAtInterface {
  readonly direction: Direction;
  readonly packet: Packet;
}

/** Packets to or from the interface `subject` of `buildConfiguration`; of ICMP the type is sometimes not told (FLOW-81). */
export function packetsAtSubject(): fc.Arbitrary<PacketAtInterface> {
  return families().chain((family) =>
    fc
      .record({ direction: fc.constantFrom<Direction>('ingress', 'egress'), remote: addresses(family), body: bodies() })
      .map(({ direction, remote, body }) => {
        const local = parseAddress(MEETING_POINTS[family][0])!;
        const [source, destination] = direction === 'ingress' ? [remote, local] : [local, remote];
        return { direction, packet: { ...body, source, destination } };
      }),
  );
}

/** Packets between any two addresses of one family. */
export function packets(): fc.Arbitrary<Packet> {
  return families().chain((family) =>
    fc
      .tuple(bodies(), fc.record({ source: addresses(family), destination: addresses(family) }))
      .map(([body, ends]) => Object.assign(ends, body)),
  );
}

type Body = Omit<Packet, 'source' | 'destination'>;

function bodies(): fc.Arbitrary<Body> {
  return protocols().chain((protocol): fc.Arbitrary<Body> => {
    if (hasPorts(protocol)) {
      return fc.record({ protocol: fc.constant(protocol), sourcePort: ports(), destinationPort: ports() });
    }
    if (!isIcmp(protocol)) return fc.constant({ protocol });
    const told = fc.record({ type: icmpTypes(), code: icmpCodes() }).map((icmp) => ({ protocol, icmp }));
    return fc.oneof({ weight: 4, arbitrary: told }, fc.constant({ protocol }));
  });
}

/** A small network around one interface, as plain data that a failing test can print. */
export interface EniConfiguration {
  /** Groups of the interface; rules of groups that it does not have are there too. */
  readonly subjectGroups: readonly string[];
  readonly rules: Readonly<Record<(typeof GROUPS)[number], Readonly<Record<Direction, readonly GroupRule[]>>>>;
  /** Groups of the neighbour in the same subnet and of the one in another. */
  readonly neighbourGroups: readonly string[];
  readonly otherGroups: readonly string[];
  readonly entries: readonly AclEntry[];
  readonly prefixLists: Readonly<Record<(typeof PREFIX_LISTS)[number], readonly string[]>>;
  /** Groups whose members were asked for; `all` when interfaces were read without a filter. */
  readonly membersKnownOf: readonly string[] | 'all';
}

export function eniConfigurations(): fc.Arbitrary<EniConfiguration> {
  const rulesOfGroup = fc.record({
    ingress: fc.array(groupRules(), { maxLength: 4 }),
    egress: fc.array(groupRules(), { maxLength: 4 }),
  });
  const someGroups = fc.subarray([...GROUPS]);
  const list = families().chain((family) => fc.array(cidrs(family).map(formatCidr), { maxLength: 3 }));
  return fc.record({
    subjectGroups: fc.subarray([...GROUPS], { minLength: 1 }),
    rules: fc.record({ web: rulesOfGroup, db: rulesOfGroup, lb: rulesOfGroup }),
    neighbourGroups: someGroups,
    otherGroups: someGroups,
    entries: aclEntries(),
    prefixLists: fc.record({ offices: list, partners: list }),
    membersKnownOf: fc.oneof({ weight: 3, arbitrary: fc.constant('all' as const) }, someGroups),
  });
}

/** The network of a configuration; its interface is `subject` in subnet `app` with ACL `app`. */
export function buildConfiguration(configuration: EniConfiguration): BuiltVpc {
  const { rules, prefixLists, membersKnownOf } = configuration;
  const interfaces = buildVpc()
    .cidr('10.0.0.0/16', '2001:db8::/56')
    .subnet('app', '10.0.0.0/24', '2001:db8::/64')
    .subnet('other', '10.0.1.0/24', '2001:db8:0:1::/64')
    .acl('app', configuration.entries)
    .interface('subject', at(0, 'app', configuration.subjectGroups))
    .interface('neighbour', at(1, 'app', configuration.neighbourGroups))
    .interface('other', at(2, 'other', configuration.otherGroups))
    .peering('shared', { cidrs: ['10.9.0.0/16', '2001:db8:ff00::/56'] });
  const withGroups = GROUPS.reduce<VpcBuilder>((vpc, name) => vpc.securityGroup(name, rules[name]), interfaces);
  const whole = PREFIX_LISTS.reduce((vpc, name) => vpc.prefixList(name, ...prefixLists[name]), withGroups);
  return (membersKnownOf === 'all' ? whole : whole.membersKnownOf(...membersKnownOf)).build();
}

function at(place: number, subnet: string, groups: readonly string[]): Parameters<VpcBuilder['interface']>[1] {
  return { subnet, groups, address: MEETING_POINTS.ipv4[place]!, ipv6: MEETING_POINTS.ipv6[place]! };
}
