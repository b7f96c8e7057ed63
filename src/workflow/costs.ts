import type { CollectionCost } from './sources.ts';

export const NO_COST: CollectionCost = { calls: 0, rounds: 0, milliseconds: 0 };

/** Of two readings of which one waited for the other. */
export function inTurn(a: CollectionCost, b: CollectionCost): CollectionCost {
  return {
    calls: a.calls + b.calls,
    rounds: a.rounds + b.rounds,
    milliseconds: a.milliseconds + b.milliseconds,
  };
}

/** Of two that went on at the same time. */
export function sideBySide(a: CollectionCost, b: CollectionCost): CollectionCost {
  return {
    calls: a.calls + b.calls,
    rounds: Math.max(a.rounds, b.rounds),
    milliseconds: Math.max(a.milliseconds, b.milliseconds),
  };
}
