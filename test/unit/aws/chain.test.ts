import { expect, it } from 'vitest';
import { beginChain, continueChain } from '../../../src/aws/chain.ts';
import type { Asking } from '../../../src/aws/call-aws.ts';
import { asking } from './asking.ts';

const call = ({ meter, round }: Asking): void => meter.count(round);

it('goes on a round after everything of its own was answered', () => {
  const chain = beginChain(asking());
  call(chain);
  call({ ...chain, round: 3 });

  expect(continueChain(chain).round).toBe(4);
});

it('does not wait for what goes on beside it', () => {
  const whole = asking();
  const [slow, quick] = [beginChain(whole), beginChain(whole)];
  call(quick);
  for (const round of [1, 2, 3]) call({ ...slow, round });

  expect(continueChain(quick).round).toBe(2);
});

it('loses no round when nothing had to be asked', () => {
  expect(continueChain(beginChain({ ...asking(), round: 2 })).round).toBe(2);
});

it('is counted with the rest of the question', () => {
  const whole = asking();
  const chain = beginChain(whole);
  call(chain);
  call(continueChain(chain));

  expect(whole.meter).toMatchObject({ calls: 2, rounds: 2 });
});
