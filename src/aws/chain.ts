import type { Asking } from './call-aws.ts';

/** For calls that follow one another beside others: they need not wait for what the others wait for. */
export function beginChain(asking: Asking): Asking {
  return { ...asking, meter: asking.meter.branch(asking.round - 1) };
}

/** For what can be asked only now that everything asked along this chain has been answered. */
export function continueChain(asking: Asking): Asking {
  return { ...asking, round: asking.meter.rounds + 1 };
}
