import { expect, it } from 'vitest';
import { byIdentity } from '../../../src/engine/rule-identity.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { allow, anything, group, icmp, prefixList, tcp } from '../../support/rules.ts';

it('sorts rules the same way, however they come and whether or not AWS tells their ids', () => {
  const ingress = [
    allow(tcp(443), '10.0.0.0/8'),
    allow(tcp(443), '10.0.0.0/16'),
    allow(tcp(80), '10.0.0.0/8'),
    allow(tcp(443, 500), '10.0.0.0/8'),
    allow(icmp(8), '10.0.0.0/8'),
    allow(icmp(8, 1), '10.0.0.0/8'),
    allow(anything, group('web')),
    allow(anything, prefixList('offices')),
  ];
  const { rules } = buildVpc().securityGroup('web', { ingress }).withoutRuleIds().build().group('web');
  const sorted = rules.toSorted(byIdentity);

  expect(rules.toReversed().toSorted(byIdentity)).toEqual(sorted);
  expect([...rules.slice(4), ...rules.slice(0, 4)].toSorted(byIdentity)).toEqual(sorted);
});

it('the same rule is itself', () => {
  const [rule] = buildVpc().securityGroup('web').build().group('web').rules;

  expect(byIdentity(rule!, rule!)).toBe(0);
});
