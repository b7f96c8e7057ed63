import { expect, it } from 'vitest';
import { beginEarly } from '../../../src/workflow/begin-early.ts';
import { NO_COST } from '../../../src/workflow/costs.ts';

const options = { signal: new AbortController().signal, onStep: () => undefined };
const cost = { calls: 4, rounds: 2, milliseconds: 160 };

interface Wanted {
  readonly vpcs: readonly string[];
}

/** Something to read that notes what it was asked for. */
function source(failure?: Error) {
  const asked: Wanted[] = [];
  const read = async (wanted: Wanted) => {
    asked.push(wanted);
    if (failure !== undefined) throw failure;
    return { read: wanted.vpcs.join(' '), cost };
  };
  return { asked, read };
}

it('what was begun is what is told where the same is wanted, and is paid for once', async () => {
  const { asked, read } = source();
  const early = beginEarly(read, { vpcs: ['a', 'b'] }, options);

  expect(asked).toHaveLength(1);
  expect(await early.ask({ vpcs: ['a', 'b'] }, options)).toEqual({ read: 'a b', cost: NO_COST });
  expect(early.spent()).toEqual(cost);
  expect(asked).toHaveLength(1);
});

it('where something else is wanted that is read, and both are paid for', async () => {
  const { asked, read } = source();
  const early = beginEarly(read, { vpcs: ['a'] }, options);

  expect(await early.ask({ vpcs: ['b'] }, options)).toEqual({ read: 'b', cost });
  expect(early.spent()).toEqual(cost);
  expect(asked).toEqual([{ vpcs: ['a'] }, { vpcs: ['b'] }]);
});

it('where nothing is wanted yet nothing is begun', async () => {
  const { asked, read } = source();
  const early = beginEarly(read, undefined, options);

  expect(asked).toEqual([]);
  expect(await early.ask({ vpcs: ['b'] }, options)).toEqual({ read: 'b', cost });
  expect(early.spent()).toEqual(NO_COST);
});

it('a failure is heard of by who asks for it, and by nobody else', async () => {
  const { read } = source(new Error('refused'));
  const early = beginEarly(read, { vpcs: ['a'] }, options);
  await new Promise(setImmediate);

  await expect(early.ask({ vpcs: ['a'] }, options)).rejects.toThrow('refused');
  expect(early.spent()).toEqual(NO_COST);
});
