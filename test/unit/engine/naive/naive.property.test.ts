import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileInterfaceFilters } from '../../../../src/engine/interface-filters.ts';
import { evaluateInterface, type InterfaceDecision } from '../../../../src/engine/evaluate-interface.ts';
import { formatAddress } from '../../../../src/net/address.ts';
import type { Packet } from '../../../../src/net/packet.ts';
import { packetsAimedAt } from '../../../support/aimed-packets.ts';
import { buildConfiguration, eniConfigurations } from '../../../support/arbitraries.ts';
import { eni } from '../../../support/ids.ts';
import { inOrder, naiveAnswer, type NaiveAnswer } from './naive-evaluator.ts';
import type { NaivePacket, RawNetwork } from './naive-network.ts';

const CONFIGURATIONS = 2_000;
const PACKETS_EACH = 50;

it('agrees with the naive evaluator on every decision and what decided it', { timeout: 120_000 }, () => {
  const seen = new Map<string, number>();
  const batches = eniConfigurations().chain((configuration) =>
    fc.tuple(
      fc.constant(configuration),
      fc.array(packetsAimedAt(configuration), { minLength: PACKETS_EACH, maxLength: PACKETS_EACH }),
    ),
  );

  fc.assert(
    fc.property(batches, ([configuration, packets]) => {
      const { raw, snapshot } = buildConfiguration(configuration);
      const network = raw as unknown as RawNetwork;
      const filters = compileInterfaceFilters(snapshot, eni('subject'));
      const disagreements = packets.flatMap(({ direction, packet }) => {
        const asked = { direction, packet: inText(packet) };
        const engine = inWords(evaluateInterface(filters, direction, packet));
        const naive = naiveAnswer(network, eni('subject'), asked);
        count(seen, engine);
        return isDeepStrictEqual(engine, naive) ? [] : [{ ...asked, engine, naive }];
      });

      expect(disagreements).toEqual([]);
    }),
    { numRuns: CONFIGURATIONS },
  );

  expect(outcomesBelow(seen, 0.03)).toEqual([]);
});

const OUTCOMES = [
  'groups allowed',
  'groups denied',
  'groups undetermined',
  'acl allowed',
  'acl denied',
  'acl not-applicable',
];

/** Outcomes that turned up in less than this share of the packets: then the law would say little about them. */
function outcomesBelow(seen: ReadonlyMap<string, number>, share: number): readonly string[] {
  const wanted = CONFIGURATIONS * PACKETS_EACH * share;
  return OUTCOMES.filter((outcome) => (seen.get(outcome) ?? 0) < wanted);
}

function count(seen: Map<string, number>, { securityGroups, networkAcl }: NaiveAnswer): void {
  for (const outcome of [`groups ${securityGroups.split(' ')[0]}`, `acl ${networkAcl.split(' ')[0]}`]) {
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
}

function inWords({ securityGroups, networkAcl }: InterfaceDecision): NaiveAnswer {
  return { securityGroups: groupsInWords(securityGroups), networkAcl: aclInWords(networkAcl) };
}

function groupsInWords(decision: InterfaceDecision['securityGroups']): string {
  if (decision.kind === 'denied-by-default') return 'denied';
  if (decision.kind !== 'allowed') return decision.kind;
  const ids = decision.by.map(({ id }) => id ?? 'without id');
  return `allowed by ${inOrder(ids)}`;
}

function aclInWords(decision: InterfaceDecision['networkAcl']): string {
  return 'by' in decision ? `${decision.kind} by ${decision.by.ruleNumber}` : decision.kind;
}

function inText({ protocol, source, destination, destinationPort, icmp }: Packet): NaivePacket {
  return {
    protocol,
    source: formatAddress(source),
    destination: formatAddress(destination),
    ...(destinationPort !== undefined && { destinationPort }),
    ...(icmp !== undefined && { icmp }),
  };
}
