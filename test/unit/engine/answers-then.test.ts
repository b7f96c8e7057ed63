import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/changes/change.ts';
import { answersThen } from '../../../src/engine/answers-then.ts';
import type { Era } from '../../../src/engine/eras.ts';
import { compileInterfaceFilters } from '../../../src/engine/interface-filters.ts';
import { change, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { clock, observe, RICH_FORMAT } from '../../support/flow-lines.ts';
import { eni, sg } from '../../support/ids.ts';
import { allow, anything, egress, ingress, tcp, type AclEntry, type GroupRule } from '../../support/rules.ts';

const { reject } = linesOf('db');

function filtersOf(rules: readonly GroupRule[], entries?: readonly AclEntry[], ...more: readonly string[]) {
  const vpc = buildVpc()
    .subnet('db', '10.0.2.0/24')
    .securityGroup('db', { ingress: rules })
    .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db', ...more] })
    .flowLog({ fields: RICH_FIELDS });
  return compileInterfaceFilters((entries === undefined ? vpc : vpc.acl('db', entries)).build().snapshot, eni('db'));
}

const everything = ingress(100).allow(anything, '0.0.0.0/0');
const STATES = {
  open: filtersOf([allow(tcp(5432), '10.0.1.0/24')]),
  closed: filtersOf([]),
  // Nobody may see what the other group allows (SG-42).
  doubtful: filtersOf([], undefined, 'foreign'),
  // Answers to the higher half of the client's ports are kept back.
  half: filtersOf([allow(tcp(5432), '10.0.1.0/24')], [everything, egress(100).allow(tcp(1024, 45_000), '0.0.0.0/0')]),
};

/** `closed 11:00:00`: what the rules were, and since when; `?` where nobody knows; `closed 11:00:00 (11:20:00)` known later. */
function erasFrom(...plans: readonly string[]): readonly Era[] {
  const parts = plans.map((plan) => /^(\S+)(?: (\S+))?(?: \((\S+)\))?$/.exec(plan)!);
  return parts.map(([, state, at, knownSince], index): Era => {
    const began = at === undefined ? -Infinity : clock(at);
    const from = knownSince === undefined ? began : clock(knownSince);
    const next = parts[index + 1]?.[2];
    const filters = STATES[state as keyof typeof STATES];
    return {
      from: () => from,
      until: next === undefined ? Infinity : clock(next),
      madeBy: at === undefined ? [] : [change('Edit', at, sg('db'))],
      known: () => (state === '?' ? undefined : { from, filters }),
    };
  });
}

const [request] = observe([reject('10.0.1.5:40000 -> 10.0.2.9:5432 tcp', { flags: 2 })], {
  eni: eni('db'),
  addresses: ['10.0.2.9'],
  format: RICH_FORMAT,
}).groups;
const FORWARD = { direction: 'ingress', leg: 'forward' } as const;

function timesOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ id }) => id.replace('Edit ', ''));
}

function toldOf(eras: readonly string[], first: string, last = first) {
  const rejected = { firstSeen: clock(first), lastSeen: clock(last) };
  const { answer, blockers, closedBy, openedBy } = answersThen(erasFrom(...eras), {
    group: request!,
    way: FORWARD,
    rejected,
  });
  return { answer, blockers: blockers.length, closedBy: timesOf(closedBy), openedBy: timesOf(openedBy) };
}

const nothing = { blockers: 0, closedBy: [], openedBy: [] };

interface Denied {
  readonly when: string;
  readonly eras: readonly string[];
  readonly at?: string;
  readonly closedBy?: readonly string[];
  readonly openedBy?: readonly string[];
}

const DENIED: readonly Denied[] = [
  { when: 'by rules that never changed', eras: ['closed'] },
  { when: 'since the change before them', eras: ['open', 'closed 11:00:00'], closedBy: ['11:00:00'] },
  { when: 'since the change in the same second', eras: ['open', 'closed 12:00:00'], closedBy: ['12:00:00'] },
  { when: 'until the change after them', eras: ['closed', 'open 12:05:00'], openedBy: ['12:05:00'] },
  { when: 'within a minute of that', eras: ['closed', 'open 12:00:00'], at: '12:01:00', openedBy: ['12:00:00'] },
  {
    when: 'behind changes that left it closed',
    eras: ['open', 'closed 10:00:00', 'closed 11:00:00', 'closed 12:30:00', 'open 13:00:00'],
    closedBy: ['10:00:00'],
    openedBy: ['13:00:00'],
  },
  { when: 'since nobody knows when', eras: ['?', 'closed 11:00:00', 'closed 11:30:00'] },
  { when: 'since some time before it is known', eras: ['open', 'closed 11:00:00 (11:20:00)'] },
  { when: 'since some time behind that', eras: ['open', 'closed 10:00:00', 'closed 11:00:00 (11:20:00)'] },
  { when: 'since it was not told any more', eras: ['doubtful', 'closed 11:00:00'] },
  { when: 'until it was not told any more', eras: ['closed', 'doubtful 12:30:00'] },
  { when: 'until some time before others', eras: ['closed', 'closed 12:30:00 (13:00:00)', 'open 14:00:00'] },
  { when: 'until nobody knows when', eras: ['closed', 'closed 12:30:00', '? 13:00:00', 'open 14:00:00'] },
  { when: 'until some time before it is known', eras: ['closed', 'open 12:30:00 (13:00:00)'] },
];

describe('rejects are denied', () => {
  it.each(DENIED)('$when', ({ eras, at = '12:00:00', closedBy = [], openedBy = [] }) => {
    expect(toldOf(eras, at)).toEqual({ answer: 'deny', blockers: 1, closedBy, openedBy });
  });

  it('over changes that left it closed', () => {
    expect(toldOf(['closed 10:00:00', 'closed 12:00:00'], '11:00:00', '13:00:00').answer).toBe('deny');
  });
});

describe('rejects are not explained', () => {
  it.each([
    { when: 'by rules that allowed them', eras: ['open'], first: '12:00:00', last: '12:00:00', answer: 'allow' },
    {
      when: 'a minute after they were allowed',
      eras: ['closed', 'open 12:00:00'],
      first: '12:01:01',
      last: '12:01:01',
      answer: 'allow',
    },
    {
      when: 'over changes that left it open',
      eras: ['open 10:00:00', 'open 12:00:00'],
      first: '11:00:00',
      last: '13:00:00',
      answer: 'allow',
    },
    {
      when: 'before anything is known',
      eras: ['closed 11:00:00 (12:00:01)'],
      first: '12:00:00',
      last: '12:00:00',
      answer: 'unknown',
    },
    {
      when: 'when they began before that',
      eras: ['closed 11:00:00 (11:20:00)'],
      first: '11:00:00',
      last: '12:00:00',
      answer: 'unknown',
    },
    { when: 'when nobody knows the rules', eras: ['?'], first: '12:00:00', last: '12:00:00', answer: 'unknown' },
    {
      when: 'when it was open in between',
      eras: ['closed', 'open 11:00:00', 'closed 13:00:00'],
      first: '10:00:00',
      last: '14:00:00',
      answer: 'unknown',
    },
    {
      when: 'when they went on after it was opened',
      eras: ['closed', 'open 12:00:00'],
      first: '11:00:00',
      last: '12:01:01',
      answer: 'unknown',
    },
    {
      when: 'when it is not known in between',
      eras: ['closed', '? 11:00:00', 'closed 13:00:00'],
      first: '10:00:00',
      last: '14:00:00',
      answer: 'unknown',
    },
    {
      when: 'when it was open and then nobody knows',
      eras: ['open', '? 11:00:00'],
      first: '10:00:00',
      last: '12:00:00',
      answer: 'unknown',
    },
  ])('$when', ({ eras, first, last, answer }) => {
    expect(toldOf(eras, first, last)).toEqual({ answer, ...nothing });
  });
});

it('an ACL that keeps back answers to some of the ports denies none that was not told', () => {
  const answers = [40_000, 50_000].map((port) =>
    reject(`10.0.2.9:5432 -> 10.0.1.5:${port} tcp`, { direction: 'egress', flags: 18 }),
  );
  const [group] = observe(answers, { eni: eni('db'), addresses: ['10.0.2.9'], format: RICH_FORMAT }).groups;
  const rejected = { firstSeen: clock('12:00:00'), lastSeen: clock('12:00:00') };
  const way = { direction: 'egress', leg: 'return' } as const;

  expect(answersThen(erasFrom('half'), { group: group!, way, rejected }).answer).toBe('unknown');
});
