import { lookAt, type Look } from './look-at.ts';
import { readHistory } from './read-history.ts';
import type { CollectChanges, CollectionCost, CollectOptions } from './sources.ts';

/** The rejects may have met other rules than today's, and somebody's hand may have changed them. */
export async function lookBack(
  look: Look,
  collectChanges: CollectChanges,
  options: CollectOptions,
): Promise<{ readonly look: Look; readonly cost: CollectionCost }> {
  const { investigation, collected, others, diagnosis, snapshot } = look;
  const wanted = { diagnosis, snapshot, askedBy: investigation.askedBy };
  const { history, cost } = await readHistory(wanted, collectChanges, options);
  if (history === undefined) return { look, cost };
  return { look: lookAt({ investigation, collected, others, history }), cost };
}
