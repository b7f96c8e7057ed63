import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis.ts';
import { LONGEST, MOST, parseAnswerPicture, type AnswerPicture } from '../../../src/picture/answer-picture.ts';
import { pictureOfDiagnosis } from '../../../src/picture/picture-of-diagnosis.ts';
import { pictureOfPath } from '../../../src/picture/picture-of-path.ts';
import { byGroups, diagnosis, finding } from '../../support/build-diagnosis.ts';
import { path as pathTelling } from '../../support/build-path.ts';
import { obstacle } from '../../support/build-path.ts';
import { clock } from '../../support/flow-lines.ts';
import { PATHS } from '../golden/paths.ts';
import { SCENARIOS } from '../golden/scenarios.ts';

const drawn: readonly (readonly [string, AnswerPicture])[] = [
  ...[...SCENARIOS].flatMap(([name, told]) => {
    const picture = pictureOfDiagnosis(told);
    return picture === undefined ? [] : [[name, picture] as const];
  }),
  ...[...PATHS].map(([name, told]) => [name, pictureOfPath(told)] as const),
];

describe.each(drawn)('%s', (_, picture) => {
  it('is kept as it is, in 16 KB', () => {
    const kept = JSON.stringify(picture);

    expect(parseAnswerPicture(JSON.parse(kept))).toEqual(picture);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(16 * 1024);
  });

  it('has an alternative text with every hop in its order', () => {
    const { forward = [], return: back = [] } = picture.path ?? {};
    const places = [...forward, ...back].map(({ title }) => title.slice(0, 12));
    const expected = places.join('|');

    expect(picture.altText.length).toBeLessThanOrEqual(LONGEST.altText);
    expect(placesIn(picture.altText, places)).toBe(expected);
  });
});

/** The places as the text names them, one after the other. */
function placesIn(text: string, places: readonly string[]): string {
  let from = 0;
  return places
    .map((place) => {
      const at = text.indexOf(place, from);
      from = at + 1;
      return at < 0 ? 'missing' : place;
    })
    .join('|');
}

describe('silence that is about no packet is not drawn', () => {
  it.each([
    't-56-silence',
    't-58-no-flow-log',
    't-61-flow-log-not-delivered',
    'all-accepted',
    't-11-nothing-but-scanning',
  ])('%s', (name) => {
    expect(pictureOfDiagnosis(SCENARIOS.get(name)!)).toBeUndefined();
  });
});

/** `end acl✓ groups✗ -`: the leg in short. */
const SIGNS = { end: 'end', passed: '✓', blocked: '✗', unknown: '?', 'not-reached': '–' } as const;

const shortly = (told: Diagnosis | undefined, leg: 'forward' | 'return') =>
  pictureOfDiagnosis(told!)?.path?.[leg].map(({ state, title }) =>
    state === 'end' || state === 'not-reached' ? SIGNS[state] : `${title.split(' ')[0]!}${SIGNS[state]}`,
  );

describe('filters stand in the order that packets meet them, and are marked by what is known of them', () => {
  it.each<[scenario: string, forward: readonly string[], back: readonly string[]]>([
    ['t-1-no-security-group-rule', ['end', 'network✓', 'security✗', '–'], []],
    ['t-2-acl-deny-before-the-allow', ['end', 'network✗', 'security✓', '–'], []],
    ['t-3-nothing-allows-it-in-acl-or-groups', ['end', 'network✗', 'security✗', '–'], []],
    ['t-4-was-blocked', ['end', 'network✓', 'security✓', 'end'], []],
    ['t-7-block-public-access', ['end', 'VPC✗', 'network✓', 'security✓', '–'], []],
    ['t-10-group-of-another-account', ['end', 'network✓', 'security?', 'end'], []],
    ['t-25-no-outbound-rule', ['end', 'security✗', 'network✓', '–'], []],
    [
      't-29-replies-denied-on-their-way-out',
      ['end', 'network✓', 'security✓', 'end'],
      ['end', 'security✓', 'network✗', '–'],
    ],
    [
      't-31-idle-connection-forgotten',
      ['end', 'network✓', 'security✓', 'end'],
      ['end', 'security?', 'network✓', 'end'],
    ],
  ])('%s', (name, forward, back) => {
    expect([shortly(SCENARIOS.get(name), 'forward'), shortly(SCENARIOS.get(name), 'return')]).toEqual([forward, back]);
  });

  it('draws what is blamed on the way back where the request came through', () => {
    const onTheWayBack = {
      kind: 'path',
      obstacle: obstacle('route', { leg: 'return', id: 'rtb-1', reason: 'no-route' }),
    } as const;
    const told = diagnosis([
      finding({
        direction: 'egress',
        row: 'T-39',
        blockedBy: [onTheWayBack],
        filters: { securityGroups: 'allow', networkAcl: 'allow' },
      }),
    ]);

    expect([shortly(told, 'forward'), shortly(told, 'return')]).toEqual([
      ['end', 'security✓', 'network✓', 'end'],
      ['end', 'route✗', 'network?', 'security?', '–'],
    ]);
  });

  it('does not take the ACL of the far end for its own', () => {
    const farAcl = SCENARIOS.get('t-2-acl-deny-before-the-allow')!.findings[0]!.blockedBy[0]!;
    const told = diagnosis([
      finding({ row: 'T-35', blockedBy: [farAcl], filters: { securityGroups: 'allow', networkAcl: 'allow' } }),
    ]);

    expect([shortly(told, 'forward'), shortly(told, 'return')]).toEqual([
      ['end', 'network✓', 'security✓', 'end'],
      ['end', 'security?', 'network?', 'network✗', '–'],
    ]);
  });
});

describe('the timeline', () => {
  it('shows changes within the window and where the data ends', () => {
    expect(pictureOfDiagnosis(SCENARIOS.get('t-4-was-blocked')!)?.timeline).toMatchObject({
      changes: [{ at: clock('12:26:40'), label: 'AuthorizeSecurityGroupIngress by role netops' }],
      dataUntil: clock('12:23:00'),
    });
  });

  it('leaves changes out that the window does not show', () => {
    const told = SCENARIOS.get('t-4-was-blocked')!;
    const window = { start: told.window.start, end: clock('12:26:00') };

    expect(pictureOfDiagnosis({ ...told, window })?.timeline?.changes).toEqual([]);
  });
});

const longWay = (kinds: readonly ('passed' | 'blocked')[]) =>
  pathTelling({
    forward: {
      leg: 'forward',
      hops: kinds.map((kind, index) => {
        const id = `acl-${index}`;
        const own = obstacle('network-acl', { id });
        return {
          kind: 'network-acl',
          id,
          outcome: kind === 'passed' ? { kind } : { kind, obstacles: [own] },
        } as const;
      }),
    },
  });

describe('a path', () => {
  it('that is too long loses hops that pass, and says how many', () => {
    const hops = pictureOfPath(longWay([...Array.from({ length: 20 }, () => 'passed' as const), 'blocked'])).path!
      .forward;

    expect(hops).toHaveLength(MOST.hops);
    expect(hops[0]).toMatchObject({ state: 'passed', title: '8 more hops' });
    expect(hops.at(-1)).toMatchObject({ state: 'blocked' });
  });

  it('of nothing but obstacles is cut, and says so', () => {
    const hops = pictureOfPath(longWay(Array.from({ length: 20 }, () => 'blocked' as const))).path!.forward;

    expect(hops).toHaveLength(MOST.hops);
    expect(hops.at(-1)).toMatchObject({ state: 'unknown', title: '7 more hops' });
  });

  it('does not call blocked what is stopped for some client ports only', () => {
    const { tone, path } = pictureOfPath(PATHS.get('path-depends-on-the-client-port')!);

    expect(tone).toBe('undetermined');
    expect([...path!.forward, ...path!.return].map(({ state }) => state)).not.toContain('blocked');
    expect(path!.return.find(({ state }) => state === 'unknown')?.detail).toContain('client ports 1024-32767');
  });
});

describe('names from outside', () => {
  it('are cut, and lose what cannot be seen', () => {
    const told = diagnosis([finding({ blockedBy: [byGroups()] })]);
    const name = `pay\u202Ements\u0000-${'x'.repeat(300)}`;
    const picture = pictureOfDiagnosis({ ...told, target: { ...told.target, name } })!;

    expect(picture.title).toMatch(/^tcp\/5432 from 10\.20\.4\.17 to payments-x{49,51}…$/);
    expect(JSON.stringify(picture)).not.toMatch(/\\u202e|\\u0000/i);
  });
});

describe('readers from other organisations', () => {
  it.each([...SCENARIOS])('see no address in %s', (_, told) => {
    expect(JSON.stringify(pictureOfDiagnosis(told, []) ?? '')).not.toMatch(/\d+\.\d+\.\d+\.\d+|2001:db8/);
  });

  it('see no half of a name that was cut', () => {
    const told = diagnosis([finding({ blockedBy: [byGroups()] })]);
    const name = 'crown jewels '.repeat(4).trim();
    const secrets = [{ as: 'name', text: name }] as const;
    const picture = pictureOfDiagnosis({ ...told, target: { ...told.target, name } }, secrets)!;

    expect(picture.title).toBe('tcp/5432 from address A to name A');
    expect(JSON.stringify(picture)).not.toContain('crown');
  });
});

describe('what is kept is checked before it is drawn', () => {
  const whole = drawn[0]![1];

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['another version', { ...whole, tone: 'purple' }],
    [
      'too many hops',
      { ...whole, path: { forward: Array.from({ length: 99 }, () => whole.path!.forward[0]), return: [] } },
    ],
    ['a name without end', { ...whole, title: 'x'.repeat(10_000) }],
  ])('%s is not drawn', (_, value) => {
    expect(parseAnswerPicture(value)).toBeUndefined();
  });
});
