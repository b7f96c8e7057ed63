import { describe, expect, it } from 'vitest';
import { ask, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { allow, egress, ingress, anything, tcp } from '../../support/rules.ts';

const { accept, reject } = linesOf('db');
const open = [allow(tcp(5432), '10.20.0.0/16')];

const world = ({ rules = [], denyReplies = false }: { rules?: typeof open; denyReplies?: boolean }) => {
  const vpc = buildVpc()
    .cidr('10.20.0.0/16')
    .subnet('data', '10.20.9.0/24')
    .securityGroup('db', { ingress: rules })
    .interface('db', { subnet: 'data', address: '10.20.9.40', groups: ['db'] })
    .flowLog({ fields: RICH_FIELDS });
  return denyReplies
    ? vpc.acl('data', [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(tcp(443), '0.0.0.0/0')])
    : vpc;
};

const timeline = (lines: readonly string[], setting: Parameters<typeof world>[0] = {}) =>
  ask(world(setting), { of: 'db', lines, window: { start: '12:00:00', end: '12:05:00' }, now: '12:05:00' }).timeline;

describe('the timeline of the first finding', () => {
  it('counts accepts and rejects of its flow minute by minute, other client ports included', () => {
    expect(
      timeline([
        accept('10.20.4.17:50001 -> 10.20.9.40:5432 tcp', { at: '12:00:10', flags: 2 }),
        reject('10.20.4.17:50002 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 }),
        reject('10.20.4.17:50003 -> 10.20.9.40:5432 tcp', { at: '12:02:50', flags: 2 }),
        reject('10.20.4.17:50004 -> 10.20.9.40:5432 tcp', { at: '12:04:00', flags: 2 }),
      ]),
    ).toEqual({
      start: clock('12:00:00'),
      stretchSeconds: 60,
      acceptedAre: 'same-way',
      accepted: [1, 0, 0, 0, 0],
      rejected: [0, 0, 2, 0, 1],
    });
  });

  it('leaves out other services and other addresses', () => {
    const told = timeline([
      reject('10.20.4.17:50002 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 }),
      reject('10.20.4.17:50003 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 }),
      accept('10.20.4.17:50003 -> 10.20.9.40:22 tcp', { at: '12:03:00', flags: 2 }),
      accept('10.20.4.99:50003 -> 10.20.9.40:5432 tcp', { at: '12:03:00', flags: 2 }),
    ]);

    expect(told).toMatchObject({ accepted: [0, 0, 0, 0, 0], rejected: [0, 0, 2, 0, 0] });
  });

  it('counts the addresses that met the same fate', () => {
    const told = timeline([
      reject('10.20.4.17:50002 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 }),
      reject('10.20.4.18:50002 -> 10.20.9.40:5432 tcp', { at: '12:03:10', flags: 2 }),
    ]);

    expect(told).toMatchObject({ rejected: [0, 0, 1, 1, 0] });
  });

  it('of rejected replies shows the requests that were accepted', () => {
    const told = timeline(
      [
        accept('10.20.4.17:50001 -> 10.20.9.40:5432 tcp', { at: '12:01:00', flags: 2 }),
        reject('10.20.9.40:5432 -> 10.20.4.17:50001 tcp', { at: '12:01:01', flags: 18 }),
      ],
      { rules: open, denyReplies: true },
    );

    expect(told).toMatchObject({ acceptedAre: 'requests', accepted: [0, 1, 0, 0, 0], rejected: [0, 1, 0, 0, 0] });
  });

  it('is absent where nothing was seen', () => {
    expect(timeline([])).toBeUndefined();
  });
});

describe("a finding keeps what today's rules say", () => {
  it.each([
    ['the groups deny', {}, { securityGroups: 'deny', networkAcl: 'allow' }],
    ['nothing denies', { rules: open }, { securityGroups: 'allow', networkAcl: 'allow' }],
  ])('%s', (_, setting, filters) => {
    const lines = [reject('10.20.4.17:50002 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 })];

    const { findings } = ask(world(setting), { of: 'db', lines });

    expect(findings[0]).toMatchObject({ filters });
  });

  it('within one subnet no ACL is consulted', () => {
    const lines = [reject('10.20.9.41:50002 -> 10.20.9.40:5432 tcp', { at: '12:02:10', flags: 2 })];

    expect(ask(world({}), { of: 'db', lines }).findings[0]?.filters?.networkAcl).toBe('not-consulted');
  });
});
