import { expect, it } from 'vitest';
import { readPages } from '../../../src/aws/read-pages.ts';
import { asking } from './asking.ts';

/** A server whose pages are given; a page's token leads to the page of that number. */
function serverOf(pages: readonly { items: readonly string[]; next?: number }[]) {
  const rounds: number[] = [];
  const readPage = async ({ round }: { round: number }, token: string | undefined) => {
    rounds.push(round);
    const { items, next } = pages[Number(token ?? 0)]!;
    return { items, nextToken: next === undefined ? undefined : String(next) };
  };
  return { readPage, rounds };
}

it.each([
  ['one page', [{ items: ['a', 'b'] }], ['a', 'b']],
  ['several', [{ items: ['a'], next: 1 }, { items: ['b'] }], ['a', 'b']],
  ['empty ones on the way', [{ items: [], next: 1 }, { items: [], next: 2 }, { items: ['a'] }], ['a']],
])('joins pages: %s', async (_what, pages, items) => {
  expect(await readPages(asking(), serverOf(pages).readPage)).toEqual({ items, complete: true });
});

it('stops when a token comes twice, which some servers send forever', async () => {
  const { readPage, rounds } = serverOf([
    { items: ['a'], next: 1 },
    { items: ['b'], next: 1 },
  ]);

  expect(await readPages(asking(), readPage)).toEqual({ items: ['a', 'b'], complete: true });
  expect(rounds).toHaveLength(2);
});

it('says that there was more than it was willing to read', async () => {
  const { readPage } = serverOf([{ items: ['a'], next: 1 }, { items: ['b'], next: 2 }, { items: ['c'] }]);

  expect(await readPages({ ...asking(), pages: 2 }, readPage)).toEqual({ items: ['a', 'b'], complete: false });
});

it('counts each page as a round, since it waits for the one before', async () => {
  const { readPage, rounds } = serverOf([{ items: [], next: 1 }, { items: [], next: 2 }, { items: [] }]);

  await readPages({ ...asking(), round: 2 }, readPage);

  expect(rounds).toEqual([2, 3, 4]);
});
