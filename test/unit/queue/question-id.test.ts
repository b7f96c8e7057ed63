import { describe, expect, it } from 'vitest';
import { questionIdOf, sameQuestionKey } from '../../../src/queue/question-id.ts';

const asked = {
  teamId: 'T0ACME',
  channelId: 'C0NETSEC',
  text: 'why-rejected eni-0a1b --port 443',
  askedAt: 1_790_000_000,
};

describe('the key of a question', () => {
  it.each([
    ['more spaces', { text: '  why-rejected   eni-0a1b\t--port 443 ' }],
    ['capitals', { text: 'Why-Rejected ENI-0A1B --port 443' }],
    ['a no-break space, as phones paste it', { text: 'why-rejected\u00a0eni-0a1b --port 443' }],
    ['another asker and a later second', { askedAt: 1_790_000_119 }],
  ])('is the same with %s', (_, change) => {
    expect(sameQuestionKey({ ...asked, ...change })).toBe(sameQuestionKey(asked));
  });

  it('differs between two threads', () => {
    expect(sameQuestionKey({ ...asked, threadTs: '1.1' })).not.toBe(sameQuestionKey({ ...asked, threadTs: '1.2' }));
  });

  it.each([
    ['another target', { text: 'why-rejected eni-0a1c --port 443' }],
    ['another port', { text: 'why-rejected eni-0a1b --port 44 3' }],
    ['another channel', { channelId: 'C0OTHER' }],
    ['a thread', { threadTs: '1790000000.000100' }],
    ['another team', { teamId: 'T0OTHER' }],
    ['fewer accounts', { accounts: ['111122223333'] }],
    ['readers from outside', { audience: 'shared' as const }],
    ['the same letters, cut elsewhere', { teamId: 'T0ACMEC', channelId: '0NETSEC' }],
  ])('differs with %s', (_, change) => {
    expect(sameQuestionKey({ ...asked, ...change })).not.toBe(sameQuestionKey(asked));
  });
});

describe('the id of a question', () => {
  it('is 32 hexadecimal digits, as the payload demands', () => {
    expect(questionIdOf(asked)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is the same whenever it is worked out', () => {
    expect(questionIdOf({ ...asked })).toBe(questionIdOf(asked));
  });

  it('is another for the same question at another time: that is another thread', () => {
    expect(questionIdOf({ ...asked, askedAt: asked.askedAt + 1 })).not.toBe(questionIdOf(asked));
  });
});
