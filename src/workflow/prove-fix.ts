import type { Diagnosis } from '../engine/diagnosis.ts';
import { proveFixes } from '../engine/fix/prove-fixes.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { CollectionCost, CollectOptions, CollectProof } from './sources.ts';
import { wantedProof } from './wanted-proof.ts';

/** An answer, and what it was made from. */
export interface Answered {
  readonly diagnosis: Diagnosis;
  readonly snapshots: readonly RawSnapshot[];
  readonly askedBy: string;
}

/**
 * Where the answer offers a fix, a day of rejects and everybody whom its rules concern are read, to see what it lets
 * through besides. Without that the answer stands, and says what its proof rests on.
 */
export async function proveFix(
  { diagnosis, snapshots, askedBy }: Answered,
  collectProof: CollectProof,
  { signal, onStep }: CollectOptions,
): Promise<{ readonly diagnosis: Diagnosis; readonly cost?: CollectionCost }> {
  const wanted = wantedProof(diagnosis, askedBy);
  if (wanted === undefined) return { diagnosis };
  try {
    const proof = await collectProof(wanted, { signal, onStep });
    const view = {
      snapshot: parseSnapshot([...snapshots, ...proof.snapshots]),
      ...(proof.day !== undefined && { day: proof.day }),
    };
    return { diagnosis: proveFixes(diagnosis, view), cost: proof.cost };
  } catch (error) {
    if (!(error instanceof ExpectedError) || signal.aborted) throw error;
    return { diagnosis };
  }
}
