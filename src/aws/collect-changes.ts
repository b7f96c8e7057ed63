import type { TrailReading } from '../changes/history.ts';
import type { Gap } from '../vpc/gap.ts';
import type { ChangesRequest, CollectedChanges, CollectOptions } from '../workflow/sources.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { askingFor } from './asking-for.ts';
import type { Asking } from './call-aws.ts';
import type { World } from './collect.ts';
import { noAccount } from './own-account.ts';
import { placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';
import { readChanges } from './read-changes.ts';
import { toRefusal } from './to-failure.ts';

/**
 * Who changed these objects. The answer waits for it, and CloudTrail takes its time: what is not told by then, or not
 * allowed, is a gap, never a failure.
 */
export async function collectChanges(
  world: World,
  request: ChangesRequest,
  options: CollectOptions,
): Promise<CollectedChanges> {
  const started = performance.now();
  const { limits } = world.settings;
  const settings = { ...world.settings, limits: { ...limits, collectMilliseconds: limits.changesMilliseconds } };
  const asker = { askedBy: request.askedBy, cancelled: options.signal, signal: options.signal };
  const context = questionContext({ ...world, settings }, asker);
  const [place] = placesInScope(settings, request.scope);
  if (place === undefined) throw noAccount();
  const asking = await askingFor(place, context);
  const parts = await Promise.all(request.objectIds.map((id) => partOf(world, asking, { objectId: id, request })));
  const { calls, rounds } = context.meter;
  return {
    readings: parts.flatMap((part) => ('objectId' in part ? [part] : [])),
    gaps: parts.flatMap((part) => ('fact' in part ? [part] : [])),
    readAt: Math.floor(Date.now() / 1000),
    cost: { calls, rounds, milliseconds: Math.round(performance.now() - started) },
  };
}

interface Wanted {
  readonly objectId: string;
  readonly request: ChangesRequest;
}

async function partOf(world: World, asking: Asking, { objectId, request }: Wanted): Promise<TrailReading | Gap> {
  try {
    return await world.trail.take(`${request.scope.accountId} ${asking.place.region} ${objectId}`, request.since, () =>
      readChanges(asking, { objectId, since: request.since, takeTurn: world.takeTurn }),
    );
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const refusal = toRefusal(error.failure, 'LookupEvents');
    if (refusal === undefined) throw error;
    return { fact: 'configuration-changes', because: refusal.because, action: refusal.action };
  }
}
