import { isDeepStrictEqual } from 'node:util';
import { NO_COST } from './costs.ts';
import type { CollectionCost, CollectOptions } from './sources.ts';

type Ask<Request, Told> = (request: Request, options: CollectOptions) => Promise<Told>;

export interface EarlyReading<Request, Told> {
  /** What was begun, where that is what is wanted after all; otherwise another reading. Costs what it costs besides. */
  readonly ask: Ask<Request, Told>;
  /** What came of the beginning so far. */
  readonly spent: () => CollectionCost;
}

/**
 * Begins to read what will be wanted, as far as that can be told, while something else is read that may tell otherwise.
 * `wanted` absent: nothing is begun.
 */
export function beginEarly<Request, Told extends { readonly cost: CollectionCost }>(
  read: Ask<Request, Told>,
  wanted: Request | undefined,
  { signal }: CollectOptions,
): EarlyReading<Request, Told> {
  if (wanted === undefined) return { ask: read, spent: () => NO_COST };
  let spent = NO_COST;
  const begun = read(wanted, { signal, onStep: () => undefined }).then((told) => {
    spent = told.cost;
    return { ...told, cost: NO_COST };
  });
  // Who asks for it hears of its failure; perhaps nobody does.
  begun.catch(() => undefined);
  return {
    ask: (request, options) => (isDeepStrictEqual(request, wanted) ? begun : read(request, options)),
    spent: () => spent,
  };
}
