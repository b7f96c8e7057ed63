import { evaluateInterface, outcomeOf } from '../../src/engine/evaluate-interface.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../../src/engine/interface-filters.ts';
import { formatAddress, type Address } from '../../src/net/address.ts';
import { cidrContains, parseCidr } from '../../src/net/cidr.ts';
import type { Packet } from '../../src/net/packet.ts';
import { TCP } from '../../src/net/protocol.ts';
import { buildVpc, type BuiltVpc, type VpcBuilder } from '../support/build-vpc.ts';
import { eni } from '../support/ids.ts';
import { allow, egress, ingress, prefixList, tcp, type GroupRule } from '../support/rules.ts';
import { interleave, type Run } from './interleave.ts';
import { rowOf, type Row } from './row.ts';

const GROUPS = 5;
const RULES_EACH = 60;
const LIST_ENTRIES = 1_000;
const PACKETS = 100_000;
/** The scan is so slow that it gets a sample of the same packets. */
const SCANNED = 200;
const EVALUATION = 'a packet against 5 groups × 60 rules, two prefix lists';
const TENFOLD = 'the same with ten times the rules';
const COMPILATION = 'the same, compiled first for 100,000 packets';
const SCAN = 'a linear scan that parses blocks each time';
const MICROSECOND = 'a million packets a second';

/**
 * Packets at an interface with 5 groups × 60 rules and two prefix lists. Rules are compiled once a question, so most
 * rows leave that out; one row has it in, with every cell met for the first time.
 */
export async function benchEvaluate(): Promise<readonly Row[]> {
  const [small, large] = [networkWith(RULES_EACH), networkWith(RULES_EACH * 10)];
  const [compiled, tenfold] = [filtersOf(small), filtersOf(large)];
  const packets = packetsAt();
  const sample = packets.slice(0, SCANNED);
  const every = (filtersFor: () => InterfaceFilters): Run => ({
    run: () => decide(packets, evaluator(filtersFor)),
    operations: packets.length,
  });
  const timings = await interleave({
    [EVALUATION]: every(() => compiled),
    [TENFOLD]: every(() => tenfold),
    [COMPILATION]: every(() => filtersOf(small)),
    [SCAN]: { run: () => decide(sample, scanner(small)), operations: sample.length },
    [MICROSECOND]: { run: () => ({ wall: 1e-6, cpu: 1e-6 }) },
  });
  return [
    rowOf(timings, { what: EVALUATION, beside: SCAN, goal: 1 / 1000 }),
    rowOf(timings, { what: EVALUATION, beside: MICROSECOND, goal: 1 }),
    rowOf(timings, { what: COMPILATION, beside: SCAN }),
    rowOf(timings, { what: TENFOLD, beside: EVALUATION, goal: 2 }),
  ];
}

function decide(packets: readonly Packet[], prepare: () => (packet: Packet) => boolean): void {
  const isAllowed = prepare();
  let allowed = 0;
  for (const packet of packets) allowed += Number(isAllowed(packet));
  if (allowed === 0 || allowed === packets.length) throw new Error('packets of one outcome only measure nothing');
}

function filtersOf({ snapshot }: BuiltVpc): InterfaceFilters {
  return compileInterfaceFilters(snapshot, eni('web'));
}

function evaluator(filtersFor: () => InterfaceFilters): () => (packet: Packet) => boolean {
  return () => {
    const filters = filtersFor();
    return (packet) => outcomeOf(evaluateInterface(filters, 'ingress', packet)) === 'allowed';
  };
}

/** What one would write first: every rule and entry in turn, blocks read from text each time, ports compared before. */
function scanner(network: BuiltVpc): () => (packet: Packet) => boolean {
  const { SecurityGroupRules: rules, PrefixLists: lists, NetworkAcls: acls } = network.raw as unknown as RawTexts;
  const inbound = rules.filter((rule) => !rule.IsEgress);
  const entries = acls.flatMap((acl) => acl.Entries.filter((entry) => !entry.Egress));
  return () => (packet) => {
    const admits = inbound.filter(({ FromPort, ToPort, CidrIpv4, PrefixListId }) => {
      if (!isBetween(FromPort, ToPort, packet)) return false;
      const blocks =
        CidrIpv4 === undefined ? lists.find((list) => list.PrefixListId === PrefixListId)!.Cidrs : [CidrIpv4];
      return blocks.some((block) => contains(block, packet.source));
    });
    const deciding = entries.find(({ PortRange, CidrBlock }) => {
      const isService = PortRange === undefined || isBetween(PortRange.From, PortRange.To, packet);
      return isService && contains(CidrBlock, packet.source);
    });
    return admits.length > 0 && deciding?.RuleAction === 'allow';
  };
}

interface RawTexts {
  readonly SecurityGroupRules: readonly {
    readonly IsEgress: boolean;
    readonly FromPort: number;
    readonly ToPort: number;
    readonly CidrIpv4?: string;
    readonly PrefixListId?: string;
  }[];
  readonly PrefixLists: readonly { readonly PrefixListId: string; readonly Cidrs: readonly string[] }[];
  readonly NetworkAcls: readonly {
    readonly Entries: readonly {
      readonly Egress: boolean;
      readonly RuleAction: string;
      readonly CidrBlock: string;
      readonly PortRange?: { readonly From: number; readonly To: number };
    }[];
  }[];
}

function contains(block: string, address: Address): boolean {
  return cidrContains(parseCidr(block)!, address);
}

function isBetween(from: number, to: number, { destinationPort = -1 }: Packet): boolean {
  return from <= destinationPort && destinationPort <= to;
}

function networkWith(rulesEach: number): BuiltVpc {
  const random = generator(1);
  const names = Array.from({ length: GROUPS }, (_, index) => `group-${index}`);
  const entries = Array.from({ length: 19 }, (_, index) =>
    ingress(100 + index)[index % 2 === 0 ? 'deny' : 'allow'](tcp(portOf(random)), blockOf(random, 16)),
  );
  const empty = buildVpc()
    .subnet('app', '10.0.0.0/24')
    .acl('app', [...entries, ingress(200).allow(tcp(), '0.0.0.0/0'), egress(100).allow(tcp(), '0.0.0.0/0')])
    .interface('web', { subnet: 'app', groups: names, address: '10.0.0.10' })
    .prefixList('offices', ...randomBlocks(random, LIST_ENTRIES))
    .prefixList('partners', ...randomBlocks(random, LIST_ENTRIES));
  return names
    .reduce<VpcBuilder>((vpc, name) => vpc.securityGroup(name, { ingress: rulesOf(random, rulesEach) }), empty)
    .build();
}

/** One rule in thirty names a prefix list, the rest a block. */
function rulesOf(random: () => number, count: number): readonly GroupRule[] {
  return Array.from({ length: count }, (_, index) => {
    const list = index % 60 === 0 ? 'offices' : 'partners';
    return allow(tcp(portOf(random)), index % 30 === 0 ? prefixList(list) : blockOf(random, 20));
  });
}

function randomBlocks(random: () => number, count: number): readonly string[] {
  return Array.from({ length: count }, () => blockOf(random, 24));
}

/** Addresses of one /8, so that rules and packets meet. */
function blockOf(random: () => number, length: number): string {
  return `${formatAddress(addressOf(random))}/${length}`;
}

function addressOf(random: () => number): Address {
  return { family: 'ipv4', bits: 0xc0_00_00_00n + BigInt(Math.floor(random() * 2 ** 24)) };
}

const SERVICES: readonly number[] = [22, 53, 80, 443, 3306, 5432, 6379, 8080, 8443, 9200];

function portOf(random: () => number): number {
  return SERVICES[Math.floor(random() * SERVICES.length)]!;
}

function packetsAt(): readonly Packet[] {
  const random = generator(2);
  const destination: Address = { family: 'ipv4', bits: 0x0a_00_00_0an };
  return Array.from({ length: PACKETS }, () => ({
    protocol: TCP,
    source: addressOf(random),
    destination,
    sourcePort: 40_000,
    destinationPort: portOf(random),
  }));
}

/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
