import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockersOf } from '../../../../src/engine/blockers.ts';
import { evaluateInterface, outcomeOf, type InterfaceDecision } from '../../../../src/engine/evaluate-interface.ts';
import { applyFix } from '../../../../src/engine/fix/apply-fix.ts';
import { smallestFix } from '../../../../src/engine/fix/smallest-fix.ts';
import { compileInterfaceFilters } from '../../../../src/engine/interface-filters.ts';
import { sameAddress } from '../../../../src/net/address.ts';
import type { Snapshot } from '../../../../src/vpc/snapshot.ts';
import { packetsAimedAt } from '../../../support/aimed-packets.ts';
import { buildConfiguration, eniConfigurations, type PacketAtInterface } from '../../../support/arbitraries.ts';
import { eni } from '../../../support/ids.ts';

const situations = () =>
  eniConfigurations().chain((configuration) =>
    fc.record({
      snapshot: fc.constant(buildConfiguration(configuration).snapshot),
      packets: fc.array(packetsAimedAt(configuration), { minLength: 10, maxLength: 10 }),
    }),
  );

function decide(snapshot: Snapshot, { direction, packet }: PacketAtInterface): InterfaceDecision {
  return evaluateInterface(compileInterfaceFilters(snapshot, eni('subject')), direction, packet);
}

function fixOf(snapshot: Snapshot, asked: PacketAtInterface) {
  const finding = {
    row: 'T-1',
    alternatives: [],
    verdict: 'blocked',
    confidence: 'likely',
    flow: { direction: asked.direction, leg: 'forward', ...asked.packet },
    blockedBy: blockersOf(decide(snapshot, asked)),
    reasons: [],
    gaps: [],
  } as const;
  return smallestFix({ snapshot, interfaceId: eni('subject'), finding });
}

it('what a fix is made for passes with it, and no other remote address passes by it', () => {
  let mended = 0;
  fc.assert(
    fc.property(situations(), ({ snapshot, packets }) => {
      for (const asked of packets) {
        const fix = fixOf(snapshot, asked);
        if (fix === undefined || fix.cautions.some(({ kind }) => kind === 'no-free-rule-number')) continue;
        mended += 1;
        const after = applyFix(snapshot, fix.changes);
        const others = packets.filter((each) => !sameAddress(remoteOf(each), remoteOf(asked)));

        expect(outcomeOf(decide(after, asked))).toBe('allowed');
        expect(others.map((each) => outcomeOf(decide(after, each)))).toEqual(
          others.map((each) => outcomeOf(decide(snapshot, each))),
        );
      }
    }),
    { numRuns: 60 },
  );

  expect(mended).toBeGreaterThan(60);
});

function remoteOf({ direction, packet }: PacketAtInterface): PacketAtInterface['packet']['source'] {
  return direction === 'ingress' ? packet.source : packet.destination;
}
