import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnose.ts';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import type { Finding } from '../../../src/engine/finding.ts';
import { rejectedRecords } from '../../../src/engine/order-findings.ts';
import type { DiagnosisInput } from '../../../src/engine/scene.ts';
import { formatAddress } from '../../../src/net/address.ts';
import type { Packet } from '../../../src/net/packet.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';
import { packetsAimedAt } from '../../support/aimed-packets.ts';
import {
  addresses,
  buildConfiguration,
  eniConfigurations,
  families,
  ports,
  type EniConfiguration,
  type PacketAtInterface,
} from '../../support/arbitraries.ts';
import { change, inputOf, linesOf, type Asked } from '../../support/ask-why.ts';
import { acl, eni, sg } from '../../support/ids.ts';

interface Situation {
  readonly configuration: EniConfiguration;
  readonly asked: Asked;
}

/** Lines about a few flows: some of them again, answered, rejected or accepted, at any time and with any flags. */
const situations = (): fc.Arbitrary<Situation> =>
  eniConfigurations().chain((configuration) =>
    fc.record({ configuration: fc.constant(configuration), asked: questionsAbout(configuration) }),
  );

function questionsAbout(configuration: EniConfiguration): fc.Arbitrary<Asked> {
  const flows = fc.array(
    packetsAimedAt(configuration).chain((packet) => fc.array(linesAbout(packet), { minLength: 1, maxLength: 4 })),
    { maxLength: 8 },
  );
  const changes = fc.constantFrom(
    undefined,
    [],
    [change('RevokeSecurityGroupEgress', '12:10:00', sg('web'), sg('db'))],
    [change('ReplaceNetworkAclEntry', '12:10:00', acl('app'))],
  );
  return fc
    .record({ flows, changes, filter: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, filters()) })
    .map(({ flows: lines, changes: made, filter }) =>
      Object.assign({ of: 'subject', lines: lines.flat() }, filter, made && { changes: made }),
    );
}

function filters(): fc.Arbitrary<Pick<Asked, 'from' | 'port'>> {
  const from = families().chain(addresses).map(formatAddress);
  return fc.record({ from, port: ports() }, { requiredKeys: [] });
}

const { accept, reject } = linesOf('subject');

function linesAbout(packet: PacketAtInterface): fc.Arbitrary<string> {
  return fc
    .record({
      isAnswer: fc.boolean(),
      write: fc.constantFrom(accept, reject, reject),
      flags: fc.constantFrom(0, 1, 2, 3, 4, 18, 19),
      packets: fc.integer({ min: 1, max: 20 }),
      minute: fc.integer({ min: 0, max: 25 }),
      reason: fc.constantFrom('BPA', 'EC', ...Array.from({ length: 8 }, () => undefined)),
    })
    .map(({ isAnswer, write, flags, packets, minute, reason }) => {
      const at = `12:${String(minute).padStart(2, '0')}:00`;
      const direction = isAnswer ? OPPOSITE[packet.direction] : packet.direction;
      const flow = isAnswer ? answerTo(packet.packet) : packet.packet;
      return write(written(flow), { flags, packets, at, direction, ...(reason !== undefined && { reason }) });
    });
}

const OPPOSITE = { ingress: 'egress', egress: 'ingress' } as const;

function answerTo(packet: Packet): Packet {
  const { source, destination, sourcePort, destinationPort } = packet;
  return {
    protocol: packet.protocol,
    source: destination,
    destination: source,
    ...(destinationPort !== undefined && { sourcePort: destinationPort }),
    ...(sourcePort !== undefined && { destinationPort: sourcePort }),
  };
}

function written({ protocol, source, destination, sourcePort = 0, destinationPort = 0 }: Packet): string {
  return `[${formatAddress(source)}]:${sourcePort} -> [${formatAddress(destination)}]:${destinationPort} ${protocol}`;
}

const RUNS = { numRuns: 100 };

function inputFor({ configuration, asked }: Situation): DiagnosisInput {
  return inputOf(buildConfiguration(configuration), asked);
}

it('always comes to an answer, whatever is in rules and records', () => {
  fc.assert(
    fc.property(situations(), (situation) => {
      expect(diagnose(inputFor(situation)).findings).not.toEqual([]);
    }),
    RUNS,
  );
});

it('tells of every rejected record once: in a finding, among those left out, or as noise', () => {
  fc.assert(
    fc.property(situations(), (situation) => {
      const input = unfiltered(inputFor(situation));
      const rejected = input.observations.groups.flatMap(({ ingress, egress }) => [ingress.rejected, egress.rejected]);
      const recorded = rejected.reduce((sum, tally) => sum + (tally?.records ?? 0), 0);

      expect(told(diagnose(input))).toBe(recorded);
    }),
    RUNS,
  );
});

function unfiltered(input: DiagnosisInput): DiagnosisInput {
  return { ...input, question: { ...input.question, filter: {} } };
}

function told({ findings, omitted, noise }: Diagnosis): number {
  return findings.map(rejectedRecords).reduce((a, b) => a + b, 0) + (omitted?.rejected ?? 0) + noise.records;
}

it('blames only what there is, and only for what it says is blocked', () => {
  fc.assert(
    fc.property(situations(), (situation) => {
      const input = inputFor(situation);
      for (const finding of diagnose(input).findings) {
        expect(unknownCulprits(finding, input.snapshot)).toEqual([]);
        expect(BLAMES[finding.verdict]).toContain(finding.blockedBy.length > 0);
      }
    }),
    RUNS,
  );
});

/** Whether somebody is blamed. What was blocked by rules that are gone has nobody left to blame. */
const BLAMES: Readonly<Record<Finding['verdict'], readonly boolean[]>> = {
  blocked: [true],
  'was-blocked': [true, false],
  undetermined: [false],
  'not-a-rule': [false],
  'no-evidence': [false],
};

/** Groups of the interface, its ACL with the entry named, its VPC. */
function unknownCulprits({ blockedBy }: Finding, snapshot: Snapshot): readonly unknown[] {
  return blockedBy.filter((blocker) => {
    if (blocker.kind === 'security-group') return blocker.ids.some((id) => !snapshot.securityGroups.has(id));
    if (blocker.kind === 'path') return true;
    if (blocker.kind !== 'network-acl') return !snapshot.vpcs.has(blocker.id);
    const { entries = [] } = snapshot.networkAcls.get(blocker.id) ?? {};
    return blocker.entry.ruleNumber !== 32_767 && !entries.includes(blocker.entry);
  });
}

it('is certain only of what today denies or the record itself says', () => {
  fc.assert(
    fc.property(situations(), (situation) => {
      const sure = diagnose(inputFor(situation)).findings.filter(({ confidence }) => confidence === 'certain');
      const doubted = sure.filter(({ verdict, reasons }) => {
        const kinds = reasons.map(({ kind }) => kind);
        const isShown = ['configuration-denies', 'reject-reason', 'not-loggable'].some((each) =>
          kinds.some((kind) => kind === each),
        );
        return kinds.includes('rests-on-inference') || (verdict === 'blocked' && !isShown);
      });

      expect(doubted).toEqual([]);
    }),
    RUNS,
  );
});

it('a fact that becomes a gap never turns "blocked" into "no rule"', () => {
  const gaps = fc.constantFrom<(snapshot: Snapshot) => Snapshot>(
    (snapshot) => ({ ...snapshot, securityGroups: new Map() }),
    (snapshot) => ({ ...snapshot, networkAcls: new Map() }),
    (snapshot) => ({ ...snapshot, prefixLists: new Map() }),
    (snapshot) => ({ ...snapshot, subnets: new Map() }),
    (snapshot) => ({ ...snapshot, vpcs: new Map(), peerings: new Map() }),
    (snapshot) => ({ ...snapshot, knownMembersOf: new Set(), interfaces: onlySubject(snapshot) }),
  );

  fc.assert(
    fc.property(situations(), gaps, (situation, forget) => {
      const input = inputFor(situation);
      const blocked = new Set(flowsWith('blocked', diagnose(input)));
      const cleared = flowsWith('not-a-rule', diagnose({ ...input, snapshot: forget(input.snapshot) }));

      expect(cleared.filter((flow) => blocked.has(flow))).toEqual([]);
    }),
    RUNS,
  );
});

function onlySubject({ interfaces }: Snapshot): Snapshot['interfaces'] {
  return new Map([...interfaces].filter(([id]) => id === eni('subject')));
}

/** The groups of records behind findings of this verdict, each with its direction. */
function flowsWith(verdict: Finding['verdict'], { findings }: Diagnosis): readonly string[] {
  return findings
    .filter((finding) => finding.verdict === verdict)
    .flatMap(({ group, alike = [], flow: { direction } }) => {
      const groups = group === undefined ? alike : [group, ...alike];
      return groups.map((each) => `${direction} ${JSON.stringify(each, bigintsAsText)}`);
    });
}

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
