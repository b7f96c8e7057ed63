import type { CollectedProof, CollectOptions, ProofRequest } from '../workflow/sources.ts';
import { askingFor } from './asking-for.ts';
import type { World } from './collect.ts';
import { noAccount } from './own-account.ts';
import { placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';
import { readNeighbourhood } from './read-neighbourhood.ts';
import { readRejects } from './read-rejects.ts';

/**
 * A longer and wider look than the question needs, to see what a fix lets through besides: rejects of a day, and who
 * else its rules are in force for. The answer waits for it, so that it has a short time of its own, and what is not
 * there by then is not waited for.
 */
export async function collectProof(
  world: World,
  request: ProofRequest,
  options: CollectOptions,
): Promise<CollectedProof> {
  const started = performance.now();
  const ending = new AbortController();
  const { limits } = world.settings;
  const settings = { ...world.settings, limits: { ...limits, collectMilliseconds: limits.proofMilliseconds } };
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const context = questionContext(
    { ...world, settings },
    { askedBy: request.askedBy, cancelled: options.signal, signal },
  );
  try {
    const [place] = placesInScope(settings, request.scope);
    if (place === undefined) throw noAccount();
    const asking = await askingFor(place, context);
    const [neighbourhood, day] = await Promise.all([
      readNeighbourhood(asking, request),
      readRejects(asking, request, limits),
    ]);
    const { calls, rounds } = context.meter;
    const cost = { calls, rounds, milliseconds: Math.round(performance.now() - started) };
    return { snapshots: [neighbourhood], ...(day !== undefined && { day }), cost };
  } finally {
    ending.abort();
  }
}
