import { describe, expect, it } from 'vitest';
import { wantsChanges } from '../../../src/engine/wants-changes.ts';
import { ask, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc, type VpcBuilder } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { acl, eni, instance, pl, sg } from '../../support/ids.ts';
import { allow, egress, ingress, prefixList, tcp } from '../../support/rules.ts';

const { accept, reject } = linesOf('db');
const postgres = '10.0.1.5:49152 -> 10.0.2.9:5432 tcp';

const database = (groups = ['db']): VpcBuilder =>
  buildVpc()
    .subnet('data', '10.0.2.0/24')
    .acl('data', [ingress(100).allow(tcp(), '0.0.0.0/0'), egress(100).allow(tcp(), '0.0.0.0/0')])
    .prefixList('offices', '198.51.100.0/24')
    .securityGroup('db', { ingress: [allow(tcp(5432), prefixList('offices'))] })
    .securityGroup('other')
    .interface('db', { subnet: 'data', address: '10.0.2.9', groups })
    .flowLog({ fields: RICH_FIELDS });

const wanted = (vpc: VpcBuilder, lines: readonly string[]) => {
  const world = vpc.build();
  return wantsChanges(ask(world, { of: 'db', lines }), world.snapshot);
};

describe('what CloudTrail is asked about', () => {
  it('is what filters the interface, the blamed groups first, from an hour before the first reject on', () => {
    const asked = wanted(database(), [
      reject(postgres, { flags: 2, at: '12:10:00' }),
      reject(postgres, { flags: 2, at: '12:05:00' }),
    ]);

    expect(asked).toEqual({
      objectIds: [sg('db'), acl('data'), instance('db'), eni('db'), pl('offices')],
      since: clock('11:05:00'),
      gaps: [],
    });
  });

  it('is no more than a few objects, and the rest is said', () => {
    const names = ['db', 'other', 'a', 'b', 'c', 'd', 'e'];
    const vpc = names.slice(2).reduce((builder, name) => builder.securityGroup(name), database(names));

    const asked = wanted(vpc, [reject(postgres, { flags: 2 })])!;

    expect(asked.objectIds).toHaveLength(6);
    expect(asked.gaps).toContainEqual({ fact: 'configuration-changes', about: eni('db'), because: 'not-collected' });
  });

  it.each([
    ['nothing where nothing was rejected', [accept(postgres, { flags: 3 })]],
    [
      'nothing where the record names another reason',
      [reject('203.0.113.9:40000 -> 10.0.2.9:5432 tcp', { flags: 2, reason: 'BPA' })],
    ],
    [
      'nothing for the tail of a closed connection',
      [
        accept('198.51.100.7:49152 -> 10.0.2.9:5432 tcp', { flags: 3, at: '11:59:00' }),
        reject('198.51.100.7:49152 -> 10.0.2.9:5432 tcp', { flags: 4, at: '12:00:00' }),
      ],
    ],
  ])('is %s', (_, lines) => {
    expect(wanted(database(), lines)).toBeUndefined();
  });
});
