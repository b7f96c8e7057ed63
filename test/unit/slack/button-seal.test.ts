import { expect, it } from 'vitest';
import { createButtonSeal } from '../../../src/slack/button-seal.ts';

const DAY = 86_400;
const NOW = 1_795_132_800;
const QUESTION = '0123456789abcdef0123456789abcdef';

const { seal, open } = createButtonSeal('xoxb-ours');
const value = seal({ questionId: QUESTION, teamId: 'T0ACME' }, NOW);
const [id, until, mark] = value.split('.');

it('opens what it sealed, for a week', () => {
  expect(open(value, 'T0ACME', NOW + 7 * DAY)).toEqual({ kind: 'genuine', questionId: QUESTION });
  expect(open(value, 'T0ACME', NOW + 7 * DAY + 1)).toEqual({ kind: 'expired' });
});

it.each([
  ['another team', value, 'T0OTHER'],
  ['another question', ['f'.repeat(32), until, mark].join('.'), 'T0ACME'],
  ['a longer life', [id, String(NOW + 900 * DAY), mark].join('.'), 'T0ACME'],
  ['no seal', [id, until, ''].join('.'), 'T0ACME'],
  ['something behind it', `${value}.x`, 'T0ACME'],
  ['nothing', '', 'T0ACME'],
  ['a text without end', `${value}${'x'.repeat(5_000)}`, 'T0ACME'],
  [
    'the seal of another bot',
    createButtonSeal('xoxb-theirs').seal({ questionId: QUESTION, teamId: 'T0ACME' }, NOW),
    'T0ACME',
  ],
])('does not open a value with %s', (_, forged, teamId) => {
  expect(open(forged, teamId, NOW)).toEqual({ kind: 'forged' });
});
