import { expect, it } from 'vitest';
import { withTook } from '../../../jobs/with-took.ts';
import { withButtons, type Answer } from '../../../src/explain/answer.ts';
import type { Block } from '../../../src/explain/document.ts';

const note = (text: string): Block => ({ kind: 'note', spans: [{ kind: 'words', text }] });
const verdict: Block = { kind: 'paragraph', spans: [{ kind: 'words', text: 'blocked' }] };
const secrets = () => [];

const answer = (...blocks: readonly Block[]): Answer => ({
  thread: { parent: { summary: 'blocked', blocks }, replies: [], secrets },
  verdict: 'blocked',
  followUp: { accounts: [] },
});

it('what was taken stands above the buttons and the sources, and no secret is forgotten', () => {
  const { thread } = withTook(answer(verdict, note('sources')), 'Took 10.0.1.5.');

  expect(thread.secrets).toBe(secrets);
  const { blocks } = withButtons(thread.parent, { accounts: [] });
  expect(blocks).toMatchObject([verdict, note('Took 10.0.1.5.'), { kind: 'buttons' }, note('sources')]);
});

it('comes last where there are no sources', () => {
  expect(withTook(answer(verdict), 'Took 10.0.1.5.').thread.parent.blocks).toEqual([verdict, note('Took 10.0.1.5.')]);
});

it('a command that was typed needs none', () => {
  const typed = answer(verdict);

  expect(withTook(typed, undefined)).toBe(typed);
});
