import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockersOf } from '../../../../src/engine/blockers.ts';
import { evaluateInterface } from '../../../../src/engine/evaluate-interface.ts';
import type { Finding } from '../../../../src/engine/finding.ts';
import { blastRadius } from '../../../../src/engine/fix/blast-radius.ts';
import { refusalsOf } from '../../../../src/engine/fix/refusals.ts';
import type { FixChange } from '../../../../src/engine/fix/fix.ts';
import { smallestFix } from '../../../../src/engine/fix/smallest-fix.ts';
import { compileInterfaceFilters } from '../../../../src/engine/interface-filters.ts';
import type { FlowGroup, Observations } from '../../../../src/flowlog/observations.ts';
import { formatAddress, parseAddress } from '../../../../src/net/address.ts';
import { formatCidr } from '../../../../src/net/cidr.ts';
import type { Direction } from '../../../../src/net/direction.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import { hasPorts } from '../../../../src/net/protocol.ts';
import { packetsAimedAt } from '../../../support/aimed-packets.ts';
import { buildConfiguration, eniConfigurations, type PacketAtInterface } from '../../../support/arbitraries.ts';
import { rejectedGroup } from '../../../support/flow-group.ts';
import { eni } from '../../../support/ids.ts';
import { naiveAnswer } from '../naive/naive-evaluator.ts';
import type { RawNetwork } from '../naive/naive-network.ts';

interface Recorded extends PacketAtInterface {
  readonly leg: 'forward' | 'return';
}

/** A network, a packet to let through, and flows that were rejected besides: some from the same remote address. */
const situations = () =>
  eniConfigurations().chain((configuration) =>
    fc
      .record({
        asked: packetsAimedAt(configuration),
        others: fc.array(
          fc.record({ at: packetsAimedAt(configuration), isNear: fc.boolean(), isReturn: fc.boolean() }),
          { minLength: 12, maxLength: 12 },
        ),
      })
      .map(({ asked, others }) => ({
        built: buildConfiguration(configuration),
        asked: forward(asked),
        recorded: others.map(({ at, isNear, isReturn }): Recorded => {
          const { direction, packet } = isNear ? nearTo(asked, at) : at;
          return { direction, packet: untyped(packet), leg: isReturn ? 'return' : 'forward' };
        }),
      })),
  );

function forward({ direction, packet }: PacketAtInterface): Recorded {
  return { direction, packet: untyped(packet), leg: 'forward' };
}

/** Records do not tell the type of an ICMP packet. */
function untyped({ icmp: _type, ...packet }: Packet): Packet {
  return packet;
}

/** The other packet, with the remote address of the one asked about and often its port: a fix may well open it. */
function nearTo({ direction, packet }: PacketAtInterface, other: PacketAtInterface): PacketAtInterface {
  const { source, destination } = packet;
  if (!hasPorts(packet.protocol)) return { direction, packet };
  const sourcePort = other.packet.sourcePort ?? 40_000;
  const destinationPort = (sourcePort % 2 === 0 ? packet : other.packet).destinationPort ?? 443;
  return { direction, packet: { protocol: packet.protocol, source, destination, sourcePort, destinationPort } };
}

function findingOf(filters: ReturnType<typeof compileInterfaceFilters>, asked: Recorded): Finding {
  return {
    row: 'T-1',
    alternatives: [],
    verdict: 'blocked',
    confidence: 'certain',
    flow: { direction: asked.direction, leg: 'forward', ...asked.packet },
    group: rejectedGroup({ ...asked, records: 1 }),
    blockedBy: blockersOf(evaluateInterface(filters, asked.direction, asked.packet)),
    reasons: [],
    gaps: [],
  };
}

function observationsOf(groups: readonly FlowGroup[]): Observations {
  const counts = { records: groups.length, accepted: 0, rejected: groups.length, bytes: 0 };
  const none = { count: 0, samples: [] };
  return {
    interfaceId: eni('subject'),
    window: { start: 0, end: 3600 },
    groups,
    nodata: [],
    skipdata: [],
    fields: new Set(),
    reading: { ...counts, malformed: none, undirected: none },
  };
}

/** The raw JSON with the changes written into it as AWS would show them. */
function withChanges(network: RawNetwork, changes: readonly FixChange[]): RawNetwork {
  let raw = network;
  for (const change of changes) raw = withChange(raw, change);
  return raw;
}

function withChange(raw: RawNetwork, change: FixChange): RawNetwork {
  const { direction, protocol, ports = { from: 0, to: 65_535 }, cidr } = change;
  const isIpv4 = cidr.family === 'ipv4';
  if (change.kind === 'add-security-group-rule') {
    const [FromPort, ToPort] = hasPorts(protocol) ? [ports.from, ports.to] : [-1, -1];
    const block = isIpv4 ? { CidrIpv4: formatCidr(cidr) } : { CidrIpv6: formatCidr(cidr) };
    const what = { IpProtocol: String(protocol), FromPort, ToPort, ...block };
    const rule = {
      SecurityGroupRuleId: 'sgr-new',
      GroupId: change.groupId,
      IsEgress: direction === 'egress',
      ...what,
    };
    return { ...raw, SecurityGroupRules: [...raw.SecurityGroupRules, rule] };
  }
  const entry = {
    RuleNumber: change.ruleNumber,
    Egress: direction === 'egress',
    Protocol: String(protocol),
    RuleAction: 'allow',
    ...(isIpv4 ? { CidrBlock: formatCidr(cidr) } : { Ipv6CidrBlock: formatCidr(cidr) }),
    ...(hasPorts(protocol)
      ? { PortRange: { From: ports.from, To: ports.to } }
      : { IcmpTypeCode: { Type: -1, Code: -1 } }),
  };
  const NetworkAcls = raw.NetworkAcls.map((acl) =>
    acl.NetworkAclId === change.aclId ? { ...acl, Entries: [...acl.Entries, entry] } : acl,
  );
  return { ...raw, NetworkAcls };
}

/** Groups remember what they admitted, so that answers need the ACL alone. */
function naivelyPasses(network: RawNetwork, at: string, { direction, packet, leg }: Recorded): boolean {
  const { protocol, source, destination, destinationPort } = packet;
  const ends = { source: formatAddress(source), destination: formatAddress(destination) };
  const asked = { protocol, ...ends, ...(destinationPort !== undefined && { destinationPort }) };
  const { securityGroups, networkAcl } = naiveAnswer(network, at, { direction, packet: asked });
  return [leg === 'return' ? 'allowed' : securityGroups, networkAcl].every((answer) =>
    /^(allowed|not-appl)/.test(answer),
  );
}

const keyOf = ({ direction, packet, leg }: Recorded): string => {
  const { protocol, source, destination, sourcePort, destinationPort } = packet;
  const service = hasPorts(protocol) ? (leg === 'forward' ? destinationPort : sourcePort) : '';
  return [direction, protocol, service, formatAddress(source), formatAddress(destination)].join(' ');
};

const keyOfGroup = (group: FlowGroup, direction: Direction): string => {
  const ends = direction === 'ingress' ? [group.remote, group.local] : [group.local, group.remote];
  return [direction, group.protocol, group.servicePort ?? '', ...ends.map(formatAddress)].join(' ');
};

it('names every recorded flow that newly passes, and none that passed before', { timeout: 60_000 }, () => {
  const seen = { fixes: 0, passing: 0 };
  fc.assert(
    fc.property(situations(), ({ built: { raw, snapshot }, asked, recorded }) => {
      const network = raw as unknown as RawNetwork;
      const finding = findingOf(compileInterfaceFilters(snapshot, eni('subject')), asked);
      const fix = smallestFix({ snapshot, interfaceId: eni('subject'), finding });
      if (fix === undefined) return;
      const observations = observationsOf(
        recorded.map((each, index) => rejectedGroup({ ...each, records: index + 1 })),
      );
      const place = { snapshot, interfaceId: eni('subject') };
      const evidence = { ...place, records: refusalsOf({ ...place, of: 'question', observations }) };
      const { recorded: radius } = blastRadius(fix, finding, evidence);
      const after = withChanges(network, fix.changes);
      const newly = recorded.flatMap((each, index) => {
        const isNew = !naivelyPasses(network, eni('subject'), each) && naivelyPasses(after, eni('subject'), each);
        return isNew && keyOf(each) !== keyOf(asked) ? [`${keyOf(each)}: ${index + 1}`] : [];
      });
      seen.fixes += 1;
      seen.passing += newly.length;

      expect(
        radius!.passing
          .map(({ group, direction, records }) => `${keyOfGroup(group, direction)}: ${records}`)
          .toSorted(),
      ).toEqual(newly.toSorted());
      expect(radius!.others).toBe(recorded.filter((each) => keyOf(each) !== keyOf(asked)).length);
    }),
    { numRuns: 400 },
  );

  expect(seen.fixes).toBeGreaterThan(100);
  expect(seen.passing).toBeGreaterThan(50);
});

it('blocks nothing that passed', () => {
  fc.assert(
    fc.property(situations(), ({ built: { raw, snapshot }, asked, recorded }) => {
      const network = raw as unknown as RawNetwork;
      const finding = findingOf(compileInterfaceFilters(snapshot, eni('subject')), asked);
      const fix = smallestFix({ snapshot, interfaceId: eni('subject'), finding });
      const after = withChanges(network, fix?.changes ?? []);
      const passed = recorded.filter((each) => naivelyPasses(network, eni('subject'), each));

      expect(passed.every((each) => naivelyPasses(after, eni('subject'), each))).toBe(true);
    }),
  );
});

const OTHERS = { neighbour: ['10.0.0.11', '2001:db8::11'], other: ['10.0.1.12', '2001:db8:0:1::12'] } as const;

it('tells of every interface what the changes open there', { timeout: 60_000 }, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(situations(), ({ built: { raw, snapshot }, asked }) => {
      const network = raw as unknown as RawNetwork;
      const finding = findingOf(compileInterfaceFilters(snapshot, eni('subject')), asked);
      const fix = smallestFix({ snapshot, interfaceId: eni('subject'), finding });
      if (fix === undefined) return;
      const after = withChanges(network, fix.changes);
      for (const reach of blastRadius(fix, finding, { snapshot, interfaceId: eni('subject') }).reaches) {
        for (const [name, addresses] of Object.entries(OTHERS)) {
          if (snapshot.interfaces.get(eni(name))!.groups.length === 0) continue;
          const packets = reach.changes.flatMap((change) => probes(change, addresses, turnsIn(network)));
          const opens = packets.some(
            (each) => !naivelyPasses(network, eni(name), each) && naivelyPasses(after, eni(name), each),
          );
          const told = reach.others.find(({ id }) => id === eni(name))?.effect;
          seen.set(told ?? 'nowhere', (seen.get(told ?? 'nowhere') ?? 0) + 1);

          expect(told === 'opens').toBe(opens && isThere(network, reach.changes[0], name));
        }
      }
    }),
    { numRuns: 400 },
  );

  for (const effect of ['nowhere', 'opens', 'stops']) expect(seen.get(effect)).toBeGreaterThan(10);
});

/** A change is in force for whoever carries its group or lives in a subnet of its ACL, which is that of `app`. */
function isThere(network: RawNetwork, change: FixChange, name: string): boolean {
  if (change.kind === 'add-network-acl-entry') return name === 'neighbour';
  const own = network.NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === eni(name))!;
  return own.Groups.some(({ GroupId }) => GroupId === change.groupId);
}

/** Ports at which something in the network begins or has ended. */
function turnsIn({ SecurityGroupRules, NetworkAcls }: RawNetwork): readonly number[] {
  const entries = NetworkAcls.flatMap((acl) => acl.Entries).flatMap(({ PortRange: range }) => range ?? []);
  const rules = SecurityGroupRules.map(({ FromPort, ToPort }) => ({ From: FromPort, To: ToPort }));
  return [...rules, ...entries].flatMap(({ From, To }) => [From, From - 1, To, To + 1]);
}

function probes(
  { direction, protocol, ports, cidr }: FixChange,
  addresses: readonly string[],
  turns: readonly number[],
): readonly Recorded[] {
  const remote = { family: cidr.family, bits: cidr.base };
  const locals = addresses.map((text) => parseAddress(text)!).filter(({ family }) => family === cidr.family);
  const within = (port: number): boolean => port >= ports!.from && port <= ports!.to;
  const numbers = hasPorts(protocol) ? [ports!.from, ports!.to, ...turns.filter(within)] : [undefined];
  return locals.flatMap((local) =>
    numbers.map((port) => {
      const [source, destination] = direction === 'ingress' ? [remote, local] : [local, remote];
      const packet = { protocol, source, destination, ...(port !== undefined && { destinationPort: port }) };
      return { direction, leg: 'forward' as const, packet };
    }),
  );
}
