import type { Diagnosis } from '../engine/diagnosis.ts';
import { remoteVpcs, wantsPath } from '../engine/wants-path.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import { beginEarly } from './begin-early.ts';
import { inTurn, NO_COST, sideBySide } from './costs.ts';
import { lookAt, type Look } from './look-at.ts';
import { lookBack } from './look-back.ts';
import { proveFix } from './prove-fix.ts';
import type {
  CollectChanges,
  CollectionCost,
  CollectNetwork,
  CollectOptions,
  CollectProof,
  NetworkRequest,
} from './sources.ts';
import { wantedProof } from './wanted-proof.ts';

/** What a verdict is looked into with. */
export interface DeeperSources {
  readonly collectNetwork: CollectNetwork;
  readonly collectProof: CollectProof;
  readonly collectChanges: CollectChanges;
}

interface Told {
  readonly diagnosis: Diagnosis;
  readonly cost: CollectionCost;
}

/**
 * Who changed it, the way beyond, and the proof of the fix. CloudTrail takes its time, and mostly the other two are wanted
 * whatever it tells: they are read meanwhile. Where it shows that something else is wanted, that is read afterwards.
 */
export async function lookDeeper(near: Look, sources: DeeperSources, options: CollectOptions): Promise<Told> {
  const { askedBy } = near.investigation;
  const network = beginEarly(sources.collectNetwork, wantedNetwork(near), options);
  const proof = beginEarly(sources.collectProof, wantedProof(near.diagnosis, askedBy), options);
  const { look, cost: ofHistory } = await lookBack(near, sources.collectChanges, options);
  const beyond = await lookFurther(look, network.ask, options);
  const { snapshots } = near.collected;
  const proven = await proveFix({ diagnosis: beyond.diagnosis, snapshots, askedBy }, proof.ask, options);
  const meanwhile = [ofHistory, network.spent(), proof.spent()].reduce(sideBySide);
  const after = [near.collected.cost, meanwhile, beyond.cost, proven.cost ?? NO_COST];
  return { diagnosis: proven.diagnosis, cost: after.reduce(inTurn) };
}

/** What the looks before found stands if this one fails: it said itself what it did not see. */
async function lookFurther(look: Look, collectNetwork: CollectNetwork, options: CollectOptions): Promise<Told> {
  const { diagnosis, snapshot: _known, ...read } = look;
  const request = wantedNetwork(look);
  if (request === undefined) return { diagnosis, cost: NO_COST };
  const onStep = (): void => options.onStep({ kind: 'following-path' });
  try {
    onStep();
    const network = await collectNetwork(request, { signal: options.signal, onStep });
    const snapshots = [...read.collected.snapshots, ...network.snapshots.map(withoutFlowLogs)];
    return {
      diagnosis: lookAt({ ...read, collected: { ...read.collected, snapshots } }).diagnosis,
      cost: network.cost,
    };
  } catch (error) {
    if (!(error instanceof ExpectedError) || options.signal.aborted) throw error;
    return { diagnosis, cost: NO_COST };
  }
}

/** `undefined` where the rest of the network would tell no more. */
function wantedNetwork({ investigation, diagnosis, snapshot }: Look): NetworkRequest | undefined {
  if (!wantsPath(diagnosis, snapshot)) return undefined;
  const { accountId, region } = diagnosis.target;
  return {
    scope: { ...investigation.command.scope, accountId, region },
    placed: remoteVpcs(diagnosis, snapshot),
    askedBy: investigation.askedBy,
  };
}

/** They were read for the interface already, with what their destinations say. */
function withoutFlowLogs({ FlowLogs: _known, ...rest }: RawSnapshot): RawSnapshot {
  return rest;
}
