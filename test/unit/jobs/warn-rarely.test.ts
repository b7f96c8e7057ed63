import { expect, it } from 'vitest';
import { warnRarely } from '../../../jobs/warn-rarely.ts';

const away = new Error('connect ECONNREFUSED');
const full = new Error('no space left on device');

function listen() {
  let now = 0;
  const lines: object[] = [];
  const warn = warnRarely({ warn: (fields) => lines.push(fields) }, 'the queue is in trouble', () => now);
  return {
    lines,
    at: (seconds: number, ...errors: readonly Error[]) => {
      now = seconds * 1_000;
      errors.forEach(warn);
    },
  };
}

it('writes equal troubles once in ten seconds, and how many were left out', () => {
  const { lines, at } = listen();
  at(0, away, away, away);
  at(9, away);
  at(11, away);
  at(30, away);

  expect(lines).toEqual([{ err: away }, { err: away, leftOut: 3 }, { err: away }]);
});

it('leaves out nothing that is new', () => {
  const { lines, at } = listen();
  at(0, away, full, away);

  expect(lines).toEqual([{ err: away }, { err: full }]);
});

it('remembers no more than some, whatever the messages say', () => {
  const { lines, at } = listen();
  const many = Array.from({ length: 100 }, (_, index) => new Error(`trouble ${index}`));
  at(0, away, ...many, away);

  expect(lines).toHaveLength(102);
});
