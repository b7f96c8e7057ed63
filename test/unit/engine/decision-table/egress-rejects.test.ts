import { expect, it } from 'vitest';
import { ask, change, culprits, gapFacts, linesOf, only, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { sg } from '../../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const { reject } = linesOf('app');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const out = allow(anything, anywhere);

function app(rules: readonly GroupRule[], entries?: readonly AclEntry[]) {
  const vpc = buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('app', { egress: rules })
    .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['app'] })
    .flowLog({ fields: RICH_FIELDS });
  return entries === undefined ? vpc : vpc.acl('app', entries);
}

const postgres = reject('10.0.1.5:49152 -> 10.0.2.9:5432 tcp', { flags: 2 });

it.each([
  ['T-25', 'no outbound rule', app([allow(tcp(443), anywhere)]), ['security-group egress']],
  [
    'T-26',
    'a numbered deny on the way out',
    app([out], [inAnywhere, egress(90).deny(tcp(5432), anywhere)]),
    ['network-acl egress 90'],
  ],
  [
    'T-26',
    'the final deny on the way out',
    app([out], [inAnywhere, egress(90).allow(tcp(443), anywhere)]),
    ['network-acl egress 32767'],
  ],
  ['T-27', 'both, the groups first', app([], [inAnywhere]), ['security-group egress', 'network-acl egress 32767']],
] as const)('%s names %s', (...[row, , vpc, blockers]) => {
  const finding = only(ask(vpc, { of: 'app', lines: [postgres] }));

  expect(finding).toMatchObject({
    row,
    verdict: 'blocked',
    confidence: 'certain',
    flow: { direction: 'egress', leg: 'forward' },
  });
  expect(culprits(finding)).toEqual(blockers);
});

it('T-28 is undetermined while nothing is known to have changed', () => {
  const finding = only(ask(app([out]), { of: 'app', lines: [postgres] }));

  expect(finding).toMatchObject({ row: 'T-28', verdict: 'undetermined', blockedBy: [] });
  expect(gapFacts(finding)).toContain('configuration-changes');
});

it('T-28 was blocked when a change came after', () => {
  const changes = [change('AuthorizeSecurityGroupEgress', '12:10:00', sg('app'))];

  expect(only(ask(app([out]), { of: 'app', lines: [postgres], changes }))).toMatchObject({
    row: 'T-28',
    verdict: 'was-blocked',
  });
});
