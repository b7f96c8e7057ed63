import { describe, expect, it } from 'vitest';
import type { FixChange } from '../../../src/engine/fix/fix.ts';
import type { Reach, ReachEffect, RecordedRadius } from '../../../src/engine/fix/radius.ts';
import { explainRadius } from '../../../src/explain/explain-radius.ts';
import { plainText } from '../../../src/explain/plain-text.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { parseRegion } from '../../../src/vpc/ids.ts';
import { ACL, GROUP } from '../../support/build-diagnosis.ts';
import { rejectedGroup } from '../../support/flow-group.ts';
import { eni, subnet } from '../../support/ids.ts';
import { packet } from '../../support/packets.ts';

const ireland = parseRegion('eu-west-1')!;
const five432 = { from: 5432, to: 5432 };
const rule = {
  kind: 'add-security-group-rule',
  groupId: GROUP,
  direction: 'ingress',
  protocol: 6,
  ports: five432,
  cidr: parseCidr('10.20.4.17/32')!,
} as const;
const entry = { ...rule, kind: 'add-network-acl-entry', aclId: ACL, ruleNumber: 80 } as const;
const answers = { ...entry, direction: 'egress', ports: { from: 32_768, to: 65_535 } } as const;

function reach(change: FixChange, effects: readonly ReachEffect[], more: Partial<Reach> = {}): Reach {
  return {
    changes: [change],
    others: effects.map((effect, index) => ({ id: eni(`db-${index}`), name: `db-${index}`, effect })),
    subnets: change.kind === 'add-network-acl-entry' ? [{ id: subnet('data'), name: 'data' }] : [],
    complete: true,
    ...more,
  };
}

const told = (...reaches: readonly Reach[]): string[] =>
  explainRadius({ reaches }, ireland).map((each) => plainText(each).replace('Also opened by ', ''));

describe('where else a change is in force', () => {
  it.each<[string, Reach, string]>([
    ['a group of its own', reach(rule, []), `${GROUP}: nothing; no other interface carries it.`],
    [
      'a shared group',
      reach(rule, ['opens', 'opens']),
      `${GROUP}: tcp/5432 from 10.20.4.17/32 to 2 other interfaces with that group: db-0, db-1.`,
    ],
    [
      'a shared group behind an ACL',
      reach(rule, ['stops']),
      `${GROUP}: tcp/5432 from 10.20.4.17/32 to 1 other interface with that group, but their network ACLs do not let it in.`,
    ],
    ['a group that lets it in already', reach(rule, ['none']), `${GROUP}: nothing; elsewhere it passes already.`],
    [
      'a group of which not all carriers were read',
      reach(rule, ['opens'], { complete: false }),
      `${GROUP}: tcp/5432 from 10.20.4.17/32 to every interface with that group, db-0 among them; not all of them were read.`,
    ],
    ['a subnet of its own', reach(entry, []), `${ACL}: nothing; no other interface is in data.`],
    [
      'a subnet of others that do not want it',
      reach(entry, ['stops', 'stops', 'none']),
      `${ACL}: tcp/5432 from 10.20.4.17/32 to 2 other interfaces in data, but no security group there lets it in.`,
    ],
    [
      'a subnet of others of which some take it',
      reach(entry, ['stops', 'opens', 'unknown']),
      `${ACL}: tcp/5432 from 10.20.4.17/32 to 1 of 3 other interfaces in data: db-1; for 1 it could not be told.`,
    ],
    [
      'more than are named',
      reach(entry, ['opens', 'opens', 'opens', 'opens', 'opens']),
      `${ACL}: tcp/5432 from 10.20.4.17/32 to 5 other interfaces in data: db-0, db-1, db-2 and 2 more.`,
    ],
    [
      'ports for answers',
      reach(answers, ['stops']),
      `${ACL}: tcp/32768-65535 to 10.20.4.17/32 from 1 other interface in data, but security groups there let nothing but answers out.`,
    ],
    [
      'interfaces that were not read',
      reach(entry, [], { complete: false }),
      `${ACL}: tcp/5432 from 10.20.4.17/32 to every interface in its subnets whose groups allow it; not all of them were read.`,
    ],
    [
      'several addresses',
      reach(rule, ['opens'], { changes: [rule, { ...rule, cidr: parseCidr('10.20.4.18/32')! }] }),
      `${GROUP}: tcp/5432 from 10.20.4.17/32 and 10.20.4.18/32 to 1 other interface with that group: db-0.`,
    ],
  ])('%s', (_, given, words) => {
    expect(told(given)).toEqual([words]);
  });

  it('is said once where two entries of an ACL open nothing else', () => {
    expect(told(reach(entry, []), reach(answers, []))).toHaveLength(1);
  });
});

const flow = (records: number, looksLikeScan: boolean) => {
  const direction = 'ingress' as const;
  const group = rejectedGroup({ direction, packet: packet('tcp 203.0.113.9:40000 > 10.20.9.40:22'), records });
  return { group, direction, leg: 'forward' as const, records, looksLikeScan };
};

describe('recorded flows', () => {
  const none: RecordedRadius = {
    of: 'day',
    window: { start: 0, end: 86_400 },
    isCut: false,
    others: 34,
    passing: [],
  };

  it.each<[string, Partial<RecordedRadius>, string]>([
    ['of a day', {}, 'of 34 other flows rejected here in 24 h, none would newly pass.'],
    [
      'of a part of a day',
      { isCut: true },
      'of 34 other flows rejected here in a part of 24 h, none would newly pass.',
    ],
    [
      'of the question alone',
      { of: 'question', window: { start: 0, end: 3600 }, others: 1 },
      'of 1 other flow rejected here in the 60 min asked about (a day was not read), none would newly pass.',
    ],
    ['that are none', { others: 0 }, 'no other was rejected here in 24 h.'],
    [
      'that would pass',
      { passing: [flow(12, false), flow(3, true)] },
      'of 34 other flows rejected here in 24 h, 2 would newly pass: tcp/22 from 203.0.113.9 (12 records), ' +
        'tcp/22 from 203.0.113.9 (an internet scanner, 3 records).',
    ],
    ['that are many', { passing: [1, 2, 3, 4, 5].map((n) => flow(n, false)) }, '(3 records) and 2 more.'],
  ])('%s', (_, recorded, words) => {
    const [sentence] = explainRadius({ reaches: [], recorded: { ...none, ...recorded } }, ireland);

    expect(plainText(sentence!)).toContain(words);
    expect(plainText(sentence!)).toMatch(/^Recorded flows: /);
  });
});
