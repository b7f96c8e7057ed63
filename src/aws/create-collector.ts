import type { Collect, CollectChanges, CollectNetwork, CollectProof, FindTraffic } from '../workflow/sources.ts';
import { askingFor } from './asking-for.ts';
import type { AwsSettings } from './aws-settings.ts';
import type { ObserveCall } from './call-aws.ts';
import { checkAccess, type AccessCheck } from './check-access.ts';
import { createClients } from './clients.ts';
import { collectChanges } from './collect-changes.ts';
import { collectNetwork } from './collect-network.ts';
import { collectProof } from './collect-proof.ts';
import { collect, type World } from './collect.ts';
import { findTraffic } from './find-traffic.ts';
import { createReadOwnAccount } from './own-account.ts';
import { paceCalls, type TakeTurn } from './pace-calls.ts';
import { placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';
import { Slots } from './slots.ts';
import { TrailMemory } from './trail-memory.ts';

export interface Collector {
  readonly collect: Collect;
  readonly collectNetwork: CollectNetwork;
  readonly collectProof: CollectProof;
  readonly collectChanges: CollectChanges;
  readonly findTraffic: FindTraffic;
  /** One line for each action in each configured account and region. */
  readonly checkAccess: () => Promise<readonly AccessCheck[]>;
  readonly close: () => void;
}

/** What CloudTrail grants, a second, to everybody in one account and region (API-57). */
export const LOOKUPS_A_SECOND = 2;

/** Reads from AWS all that a question about one interface needs, or whole networks. */
export function createCollector(
  settings: AwsSettings,
  observe: ObserveCall = () => undefined,
  takeTurn: TakeTurn = paceCalls(LOOKUPS_A_SECOND),
): Collector {
  const world: World = {
    settings,
    clients: createClients(settings),
    slots: new Slots(settings.limits.callsAtOnce),
    observe,
    readOwnAccount: createReadOwnAccount(),
    takeTurn,
    trail: new TrailMemory(),
  };
  return {
    collect: (request, options) => collect(world, request, options),
    collectNetwork: (request, options) => collectNetwork(world, request, options),
    collectChanges: (request, options) => collectChanges(world, request, options),
    collectProof: (request, options) => collectProof(world, request, options),
    findTraffic: (request, { signal }) => findTraffic(world, request, signal),
    checkAccess: async () => {
      const signal = new AbortController().signal;
      const context = questionContext(world, { askedBy: 'doctor', cancelled: signal, signal });
      const checks = placesInScope(settings, {}).map(async (place) => checkAccess(await askingFor(place, context)));
      return (await Promise.all(checks)).flat();
    },
    close: world.clients.close,
  };
}
