import { describe, expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { ask, linesOf, only, RICH_FIELDS } from '../../../support/ask-why.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../../support/rules.ts';

const { accept, reject } = linesOf('db');
const anywhere = '0.0.0.0/0';
const inAnywhere = ingress(100).allow(anything, anywhere);
const outAnywhere = egress(100).allow(anything, anywhere);

function database(rules: readonly GroupRule[], entries: readonly AclEntry[] = [inAnywhere, outAnywhere]) {
  return buildVpc()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .acl('db', entries)
    .securityGroup('db', { ingress: rules })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
}

/** `clients` addresses from 10.0.1.1 on, each of which tries as often as its number says. */
const attempts = (clients: number): string[] =>
  Array.from({ length: clients }, (_, index) =>
    Array.from({ length: index + 1 }, (__, attempt) =>
      reject(`10.0.1.${index + 1}:${40_000 + attempt} -> 10.0.2.9:5432 tcp`, { flags: 2, at: '12:00:00' }),
    ),
  ).flat();

function fixOf(vpc: ReturnType<typeof database>, lines: readonly string[]) {
  return only(ask(vpc, { of: 'db', lines })).fix!;
}

describe('a fix for several remote addresses', () => {
  it('opens the port to each of them, and replays the records of all', () => {
    const fix = fixOf(database([]), attempts(3));

    expect(fix.changes.map(({ kind, cidr }) => [kind, formatCidr(cidr)])).toEqual([
      ['add-security-group-rule', '10.0.1.3/32'],
      ['add-security-group-rule', '10.0.1.2/32'],
      ['add-security-group-rule', '10.0.1.1/32'],
    ]);
    expect(fix).toMatchObject({ passes: 6, of: 6, alone: [3, 2, 1], remotes: 3 });
  });

  it('opens both filters to each of them where two stand in a row', () => {
    const fix = fixOf(database([], [outAnywhere]), attempts(2));

    expect(fix.changes.map((change) => [change.kind, formatCidr(change.cidr)])).toEqual([
      ['add-network-acl-entry', '10.0.1.2/32'],
      ['add-security-group-rule', '10.0.1.2/32'],
      ['add-network-acl-entry', '10.0.1.1/32'],
      ['add-security-group-rule', '10.0.1.1/32'],
    ]);
    expect(new Set(fix.changes.flatMap((change) => ('ruleNumber' in change ? [change.ruleNumber] : []))).size).toBe(2);
    expect(fix).toMatchObject({ passes: 3, of: 3, alone: [0, 0, 0, 0], remotes: 2 });
  });

  it('lets answers out to each of them', () => {
    const answers = [1, 2].flatMap((client) => [
      accept(`10.0.1.${client}:40000 -> 10.0.2.9:5432 tcp`, { flags: 2, at: '12:00:00' }),
      reject(`10.0.2.9:5432 -> 10.0.1.${client}:40000 tcp`, { flags: 18, at: '12:00:01' }),
    ]);

    const fix = fixOf(database([allow(tcp(5432), '10.0.1.0/24')], [inAnywhere]), answers);

    expect(fix.changes.map(({ direction, cidr }) => [direction, formatCidr(cidr)])).toEqual([
      ['egress', '10.0.1.1/32'],
      ['egress', '10.0.1.2/32'],
    ]);
    expect(fix).toMatchObject({ passes: 2, of: 2 });
  });

  it('says each caution once', () => {
    const denied = [ingress(90).deny(tcp(5432), '10.0.1.0/24'), inAnywhere, outAnywhere];

    expect(fixOf(database([allow(tcp(5432), '10.0.1.0/24')], denied), attempts(2)).cautions).toEqual([
      { kind: 'deliberate-deny', ruleNumber: 90 },
    ]);
  });

  it('is made for the first alone where there are many, and says how little that is', () => {
    const fix = fixOf(database([]), attempts(6));

    expect(fix.changes.map(({ cidr }) => formatCidr(cidr))).toEqual(['10.0.1.6/32']);
    expect(fix).toMatchObject({ passes: 6, of: 21, alone: [], remotes: 1 });
  });

  it('covers five', () => {
    expect(fixOf(database([]), attempts(5))).toMatchObject({ passes: 15, of: 15, remotes: 5 });
  });

  it('of one address is the smallest fix', () => {
    expect(fixOf(database([]), attempts(1))).toEqual({
      changes: [expect.objectContaining({ kind: 'add-security-group-rule' })],
      passes: 1,
      of: 1,
      alone: [],
      cautions: [],
      radius: expect.anything(),
    });
  });
});
