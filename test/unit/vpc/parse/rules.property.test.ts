import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { IMPLICIT_DENY } from '../../../../src/vpc/network-acl.ts';
import type { SecurityGroupRule } from '../../../../src/vpc/security-group.ts';
import { aclEntries, groupRules } from '../../../support/arbitraries.ts';
import { buildVpc } from '../../../support/build-vpc.ts';

const withoutId = ({ id: _id, ...rule }: SecurityGroupRule): Omit<SecurityGroupRule, 'id'> => rule;

test.prop([fc.array(groupRules()), fc.array(groupRules())])(
  'a rule means the same from both calls that tell it (SG-38)',
  (ingress, egress) => {
    const vpc = buildVpc().securityGroup('web', { ingress, egress });
    const told = vpc.build().group('web').rules;

    expect(told.map(withoutId)).toEqual(vpc.withoutRuleIds().build().group('web').rules);
    expect(told).toHaveLength(ingress.length + egress.length);
  },
);

test.prop([aclEntries()])('every entry of an ACL is read, and nothing is added but the final denies', (entries) => {
  const read = buildVpc().subnet('app', '10.0.0.0/24').acl('app', entries).build().acl('app').entries;

  expect(
    read
      .filter((entry) => entry.ruleNumber < IMPLICIT_DENY)
      .map(({ ruleNumber, direction, action, protocol }) => [ruleNumber, direction === 'egress', action, protocol]),
  ).toEqual(entries.map(({ number, egress, action, traffic }) => [number, egress, action, traffic.protocol]));
});
