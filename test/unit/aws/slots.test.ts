import { expect, it } from 'vitest';
import { Slots } from '../../../src/aws/slots.ts';

/** Work that ends when told to, and a record of what runs. */
function workshop(limit: number) {
  const slots = new Slots(limit);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const fails = new Map<string, (error: Error) => void>();
  const begin = (key: string, name: string) =>
    slots.run(
      key,
      () =>
        new Promise<string>((resolve, reject) => {
          begun.push(name);
          ends.set(name, () => resolve(name));
          fails.set(name, reject);
        }),
    );
  return {
    begin,
    begun,
    end: (name: string) => ends.get(name)!(),
    fail: (name: string) => fails.get(name)!(new Error(name)),
  };
}

it('runs no more than the limit at once, the others in line', async () => {
  const { begin, begun, end } = workshop(2);
  const all = [begin('k', 'a'), begin('k', 'b'), begin('k', 'c'), begin('k', 'd')];
  await Promise.resolve();

  expect(begun).toEqual(['a', 'b']);
  end('b');
  await all[1];
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b', 'c']);
  end('a');
  await all[0];
  end('c');
  await all[2];
  await Promise.resolve();
  end('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

it('lets other keys pass', async () => {
  const { begin, begun, end } = workshop(1);
  const all = [begin('eu', 'a'), begin('us', 'b')];
  await Promise.resolve();

  expect(begun).toEqual(['a', 'b']);
  end('a');
  end('b');
  await Promise.all(all);
});

it('gives the slot back after a failure', async () => {
  const { begin, begun, end, fail } = workshop(1);
  const first = begin('k', 'a');
  const second = begin('k', 'b');
  await Promise.resolve();

  fail('a');
  await expect(first).rejects.toThrow('a');
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b']);
  end('b');
  await second;
});
