import { describe, expect, it } from 'vitest';
import { followFlow, watchedFlowOf, type FlowNews } from '../../../src/engine/watched-flow.ts';
import { ask, inputOf, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock } from '../../support/flow-lines.ts';
import { eni } from '../../support/ids.ts';

const { accept, reject } = linesOf('payments-db');

const world = buildVpc()
  .cidr('10.20.0.0/16')
  .subnet('data', '10.20.9.0/24')
  .subnet('orders', '10.20.4.0/24')
  .securityGroup('payments-db')
  .interface('payments-db', { subnet: 'data', address: '10.20.9.40', groups: ['payments-db'] })
  .flowLog({ fields: RICH_FIELDS })
  .build();

const rejected = (at: string, port = 49_152): string =>
  reject(`10.20.4.17:${port} -> 10.20.9.40:5432 tcp`, { at, lasting: 30, flags: 2 });
const accepted = (at: string, port = 49_153): string =>
  accept(`10.20.4.17:${port} -> 10.20.9.40:5432 tcp`, { at, lasting: 30, flags: 2 });

/** Rejected last from 12:03:10 to 12:03:40. */
const flow = watchedFlowOf(ask(world, { of: 'payments-db', lines: [rejected('12:03:10')] }))!;

const later = (lines: readonly string[]): FlowNews =>
  followFlow(inputOf(world, { of: 'payments-db', lines, now: '12:40:00' }).observations, flow);

describe('a flow worth watching', () => {
  it('is known by its service, its other end and its last reject', () => {
    expect(flow).toMatchObject({
      interfaceId: eni('payments-db'),
      direction: 'ingress',
      remote: '10.20.4.17',
      servicePort: 5432,
      lastRejected: clock('12:03:40'),
    });
  });

  it('is none where nothing was rejected', () => {
    expect(watchedFlowOf(ask(world, { of: 'payments-db', lines: [accepted('12:03:10')] }))).toBeUndefined();
  });

  it('is none where no rule is to blame', () => {
    const blocked = ask(world, { of: 'payments-db', lines: [rejected('12:03:10')] });
    const findings = blocked.findings.map((finding) => Object.assign({}, finding, { verdict: 'not-a-rule' }));

    expect(watchedFlowOf({ ...blocked, findings })).toBeUndefined();
  });
});

describe('newer records', () => {
  it.each<[string, readonly string[], FlowNews]>([
    ['none', [], { kind: 'silent' }],
    ['only what was known', [rejected('12:03:10')], { kind: 'silent' }],
    ['an accept', [accepted('12:20:00')], { kind: 'accepted', at: clock('12:20:00'), records: 1 }],
    ['a reject', [rejected('12:20:00')], { kind: 'rejected', last: clock('12:20:30'), records: 1 }],
    [
      'accepts after a last reject',
      [rejected('12:20:00'), accepted('12:25:00'), accepted('12:26:00', 49_160)],
      { kind: 'accepted', at: clock('12:25:00'), records: 2 },
    ],
    [
      'an accept that was followed by a reject',
      [accepted('12:20:00'), rejected('12:25:00')],
      { kind: 'rejected', last: clock('12:25:30'), records: 1 },
    ],
    [
      'both in one interval, the accept not the later',
      [accepted('12:20:00'), rejected('12:20:00')],
      { kind: 'rejected', last: clock('12:20:30'), records: 1 },
    ],
    ['accepts from before the reject', [accepted('12:02:00'), rejected('12:03:10')], { kind: 'silent' }],
    [
      'another client',
      [accept('10.20.4.18:5000 -> 10.20.9.40:5432 tcp', { at: '12:20:00', flags: 2 })],
      { kind: 'silent' },
    ],
    [
      'another service',
      [accept('10.20.4.17:5000 -> 10.20.9.40:22 tcp', { at: '12:20:00', flags: 2 })],
      { kind: 'silent' },
    ],
    [
      'the other direction alone',
      [accept('10.20.9.40:5432 -> 10.20.4.17:49153 tcp', { at: '12:20:00', flags: 18 })],
      { kind: 'silent' },
    ],
  ])('%s', (_, lines, news) => {
    expect(later(lines)).toEqual(news);
  });
});
