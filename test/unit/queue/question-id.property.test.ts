import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { QuestionPayload } from '../../../src/queue/contract.ts';
import { sameQuestionKey } from '../../../src/queue/question-id.ts';
import { question } from '../../support/questions.ts';

const word = fc.stringMatching(/^[a-z0-9.:-]{1,12}$/);
const space = fc.stringMatching(/^[ \t\u00a0]{1,3}$/);
const where = { teamId: 'T', channelId: 'C' };

test.prop([fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 8 })])(
  'spacing and case never tell questions apart',
  (pairs) => {
    const plain = pairs.map(([letters]) => letters).join(' ');
    const spaced = pairs.map(([letters, gap]) => letters.toUpperCase() + gap).join('');

    expect(sameQuestionKey({ ...where, text: spaced })).toBe(sameQuestionKey({ ...where, text: plain }));
  },
);

test.prop([fc.array(word, { minLength: 1 }), fc.array(word, { minLength: 1 })])('words do', (one, other) => {
  const same = one.join(' ') === other.join(' ');

  expect(
    sameQuestionKey({ ...where, text: one.join(' ') }) === sameQuestionKey({ ...where, text: other.join(' ') }),
  ).toBe(same);
});

test.prop([fc.string({ maxLength: 1_000 }), fc.nat()])(
  'whatever was typed makes a payload a worker accepts',
  (text, askedAt) => {
    expect(QuestionPayload.safeParse(question({ text, askedAt })).success).toBe(true);
  },
);
