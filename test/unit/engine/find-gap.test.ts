import { expect, it } from 'vitest';
import { distinctGaps, findGap } from '../../../src/engine/find-gap.ts';
import type { Gap } from '../../../src/vpc/gap.ts';
import { buildVpc } from '../../support/build-vpc.ts';

const DENIED = { fact: 'prefix-list', because: 'access-denied', action: 'ec2:GetManagedPrefixListEntries' } as const;

const find = (...gaps: readonly Gap[]): Gap => findGap({ ...buildVpc().build().snapshot, gaps }, 'prefix-list', 'pl-1');

it.each<[string, readonly Gap[], Gap]>([
  ['nobody asked', [], { fact: 'prefix-list', about: 'pl-1', because: 'not-collected' }],
  ['all of the kind were refused', [DENIED], { ...DENIED, about: 'pl-1' }],
  [
    'another one was refused',
    [{ ...DENIED, about: 'pl-2' }],
    { fact: 'prefix-list', about: 'pl-1', because: 'not-collected' },
  ],
  [
    'another kind was refused',
    [{ ...DENIED, fact: 'subnet' }],
    { fact: 'prefix-list', about: 'pl-1', because: 'not-collected' },
  ],
  [
    'what was noted of this one comes first',
    [
      DENIED,
      { fact: 'subnet', about: 'pl-1', because: 'throttled' },
      { fact: 'prefix-list', about: 'pl-1', because: 'malformed' },
    ],
    { fact: 'prefix-list', about: 'pl-1', because: 'malformed' },
  ],
])('%s', (_, gaps, expected) => {
  expect(find(...gaps)).toEqual(expected);
});

it('names each gap once', () => {
  const [one, other, general] = [{ ...DENIED, about: 'pl-1' }, { ...DENIED, about: 'pl-2' }, DENIED];

  expect(distinctGaps([one, other, general, { ...one }, general])).toEqual([one, other, general]);
});
