import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluateInterface, outcomeOf, type InterfaceDecision } from '../../../src/engine/evaluate-interface.ts';
import { evaluateNetworkAcl, evaluateNetworkAclForPorts } from '../../../src/engine/evaluate-network-acl.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../../../src/engine/interface-filters.ts';
import { blockersOf } from '../../../src/engine/blockers.ts';
import { ALL_PORTS, rangeContains } from '../../../src/net/port-range.ts';
import { hasPorts } from '../../../src/net/protocol.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';
import { packetsAimedAt } from '../../support/aimed-packets.ts';
import {
  buildConfiguration,
  eniConfigurations,
  groupRules,
  ports,
  type EniConfiguration,
  type PacketAtInterface,
} from '../../support/arbitraries.ts';
import { eni } from '../../support/ids.ts';

/** A network and some packets, most of them aimed at its rules. */
interface Situation {
  readonly configuration: EniConfiguration;
  readonly packets: readonly PacketAtInterface[];
}

const situations = (): fc.Arbitrary<Situation> =>
  eniConfigurations().chain((configuration) =>
    fc.record({
      configuration: fc.constant(configuration),
      packets: fc.array(packetsAimedAt(configuration), { minLength: 20, maxLength: 20 }),
    }),
  );

const RUNS = { numRuns: 150 };

const snapshotOf = (configuration: EniConfiguration): Snapshot => buildConfiguration(configuration).snapshot;
const filtersOf = (snapshot: Snapshot): InterfaceFilters => compileInterfaceFilters(snapshot, eni('subject'));

function decisions(snapshot: Snapshot, packets: readonly PacketAtInterface[]): readonly InterfaceDecision[] {
  const filters = filtersOf(snapshot);
  return packets.map(({ direction, packet }) => evaluateInterface(filters, direction, packet));
}

it('adding a rule to a group never denies what was allowed', () => {
  fc.assert(
    fc.property(situations(), groupRules(), ({ configuration, packets }, rule) => {
      const [first] = configuration.subjectGroups as [keyof EniConfiguration['rules']];
      const { ingress, egress } = configuration.rules[first];
      const wider = { ...configuration.rules, [first]: { ingress: [...ingress, rule], egress: [...egress, rule] } };
      const before = decisions(snapshotOf(configuration), packets);
      const after = decisions(snapshotOf({ ...configuration, rules: wider }), packets);

      expect(after.filter((now, index) => isNarrower(now, before[index]!))).toEqual([]);
    }),
    RUNS,
  );
});

const WIDTH = { 'denied-by-default': 0, undetermined: 1, allowed: 2, 'not-applicable': 2 } as const;

function isNarrower(
  { securityGroups: now }: InterfaceDecision,
  { securityGroups: before }: InterfaceDecision,
): boolean {
  return WIDTH[now.kind] < WIDTH[before.kind];
}

it('the order in which AWS lists things changes nothing, near misses included', () => {
  fc.assert(
    fc.property(situations(), ({ configuration, packets }) => {
      const snapshot = snapshotOf(configuration);

      expect(decisions(reversed(snapshot), packets).map(inData)).toEqual(decisions(snapshot, packets).map(inData));
    }),
    RUNS,
  );
});

function reversed(snapshot: Snapshot): Snapshot {
  const groups = [...snapshot.securityGroups].map(
    ([id, each]) => [id, { ...each, rules: each.rules.toReversed() }] as const,
  );
  const acls = [...snapshot.networkAcls].map(
    ([id, each]) => [id, { ...each, entries: each.entries.toReversed() }] as const,
  );
  return {
    ...snapshot,
    securityGroups: new Map(groups.toReversed()),
    networkAcls: new Map(acls.toReversed()),
    interfaces: new Map([...snapshot.interfaces].toReversed()),
    prefixLists: new Map([...snapshot.prefixLists].toReversed()),
  };
}

function inData({ securityGroups, networkAcl }: InterfaceDecision): object {
  const misses = [securityGroups, networkAcl].map((each) => ('nearMisses' in each ? each.nearMisses : []));
  return { securityGroups, networkAcl, misses };
}

it('a fact that becomes a gap may leave it open, but never turns the answer round', () => {
  const gaps = fc.constantFrom(withoutPrefixLists, withoutMembers, withoutGroups, withoutAcls, withoutSubnets);

  fc.assert(
    fc.property(situations(), gaps, ({ configuration, packets }, forget) => {
      const snapshot = snapshotOf(configuration);
      const known = decisions(snapshot, packets).map(outcomeOf);
      const guessed = decisions(forget(snapshot), packets).map(outcomeOf);

      expect(guessed.filter((outcome, index) => outcome !== 'undetermined' && outcome !== known[index])).toEqual([]);
    }),
    RUNS,
  );
});

const withoutPrefixLists = (snapshot: Snapshot): Snapshot => ({ ...snapshot, prefixLists: new Map() });
const withoutGroups = (snapshot: Snapshot): Snapshot => ({ ...snapshot, securityGroups: new Map() });
const withoutAcls = (snapshot: Snapshot): Snapshot => ({ ...snapshot, networkAcls: new Map() });
const withoutSubnets = (snapshot: Snapshot): Snapshot => ({ ...snapshot, subnets: new Map() });

/** Neither asked for nor seen by chance. */
function withoutMembers(snapshot: Snapshot): Snapshot {
  const subject = snapshot.interfaces.get(eni('subject'))!;
  return { ...snapshot, knownMembersOf: new Set(), interfaces: new Map([[subject.id, subject]]) };
}

it('a range of ports is covered once, and every port decides as it does alone', () => {
  fc.assert(
    fc.property(situations(), ports(), ({ configuration, packets }, port) => {
      const filters = filtersOf(snapshotOf(configuration));
      for (const { direction, packet } of packets.filter((each) => hasPorts(each.packet.protocol))) {
        const parts = evaluateNetworkAclForPorts(filters, direction, { packet, ports: ALL_PORTS });
        const holding = parts.filter((part) => rangeContains(part.ports, port));

        expect(parts.map(({ ports: { from } }) => from)).toEqual(
          [0, ...parts.map((part) => part.ports.to + 1)].slice(0, -1),
        );
        expect(holding.map(({ decision }) => byOf(decision))).toEqual([
          byOf(evaluateNetworkAcl(filters, direction, { ...packet, destinationPort: port })),
        ]);
      }
    }),
    RUNS,
  );
});

function byOf(decision: InterfaceDecision['networkAcl']): unknown {
  return 'by' in decision ? decision.by : decision.kind;
}

it('there is a blocker for every deny and for nothing else', () => {
  fc.assert(
    fc.property(situations(), ({ configuration, packets }) => {
      const all = decisions(snapshotOf(configuration), packets);

      expect(all.filter((each) => blockersOf(each).length > 0)).toEqual(
        all.filter((each) => outcomeOf(each) === 'denied'),
      );
    }),
    RUNS,
  );
});
