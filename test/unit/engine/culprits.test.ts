import { describe, expect, it } from 'vitest';
import { culpritOf, culpritsOf } from '../../../src/engine/culprits.ts';
import type { Blocker } from '../../../src/engine/finding.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { acl, rtb, sg, vpc } from '../../support/ids.ts';
import { egress, ingress, tcp } from '../../support/rules.ts';

const { entries } = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .acl('app', [
    ingress(90).deny(tcp(22), '0.0.0.0/0'),
    ingress(80).deny(tcp(22), '0.0.0.0/0'),
    egress(90).deny(tcp(22), '0.0.0.0/0'),
  ])
  .build()
  .acl('app');

const entry = (ruleNumber: number, direction = 'ingress'): Blocker => {
  const found = entries.find((each) => each.ruleNumber === ruleNumber && each.direction === direction)!;
  return { kind: 'network-acl', direction: found.direction, id: acl('app'), entry: found, nearMisses: [] };
};
const groups = (direction: 'ingress' | 'egress', ...names: readonly string[]): Blocker => ({
  kind: 'security-group',
  direction,
  ids: names.map(sg),
  nearMisses: [],
});
const route = (reason: 'no-route' | 'blackhole', leg: 'forward' | 'return' = 'forward'): Blocker => ({
  kind: 'path',
  obstacle: { kind: 'route', leg, id: rtb('app'), reason },
});

describe('what is the same culprit', () => {
  it.each<[string, Blocker, Blocker]>([
    ['the groups of an interface, whichever came nearest', groups('ingress', 'a', 'b'), groups('ingress', 'b', 'a')],
    ['an entry, whatever ports it met', entry(90), { ...entry(90), clientPorts: [2000] } as Blocker],
    ['an obstacle on the way', route('no-route'), route('no-route')],
  ])('%s', (_, one, other) => {
    expect(culpritOf(one)).toBe(culpritOf(other));
  });

  it('two together, in whatever order', () => {
    const [one, other] = [entry(90), groups('ingress', 'a')];

    expect(culpritsOf({ blockedBy: [one, other] })).toBe(culpritsOf({ blockedBy: [other, one] }));
  });
});

describe('what is not', () => {
  it.each<[string, Blocker, Blocker]>([
    ['groups on the way in and out', groups('ingress', 'a'), groups('egress', 'a')],
    ['other groups', groups('ingress', 'a'), groups('ingress', 'b')],
    ['two entries', entry(90), entry(80)],
    ['entries of one number, in and out', entry(90), entry(90, 'egress')],
    ['a missing route and a blackhole', route('no-route'), route('blackhole')],
    ['the way there and back', route('no-route'), route('no-route', 'return')],
    [
      'Block Public Access and Encryption Controls of one VPC',
      { kind: 'block-public-access', id: vpc('main') },
      { kind: 'encryption-control', id: vpc('main') },
    ],
  ])('%s', (_, one, other) => {
    expect(culpritOf(one)).not.toBe(culpritOf(other));
  });

  it('one of them alone', () => {
    expect(culpritsOf({ blockedBy: [entry(90)] })).not.toBe(
      culpritsOf({ blockedBy: [entry(90), groups('ingress', 'a')] }),
    );
  });
});
