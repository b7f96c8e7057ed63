import type { Diagnosis } from '../engine/diagnosis.ts';
import type { FixChange } from '../engine/fix/fix.ts';
import { proveFixes } from '../engine/fix/prove-fixes.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { TimeWindow } from '../lang/time.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { CollectionCost, CollectOptions, CollectProof, ProofRequest } from './sources.ts';

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
  const changes = diagnosis.findings.flatMap(({ fix }) => fix?.changes ?? []);
  if (changes.length === 0) return { diagnosis };
  try {
    const proof = await collectProof(requestFor(diagnosis, changes, askedBy), { signal, onStep });
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

const A_DAY = 86_400;

function requestFor(diagnosis: Diagnosis, changes: readonly FixChange[], askedBy: string): ProofRequest {
  const { target, window, coverage } = diagnosis;
  const { accountId, region } = target;
  const groupIds = changes.flatMap((change) => (change.kind === 'add-security-group-rule' ? [change.groupId] : []));
  return {
    scope: { accountId, region },
    askedBy,
    accountId,
    interface: target.interface,
    vpcId: target.interface.vpcId,
    groupIds: [...new Set(groupIds)],
    wholeVpc: changes.some(({ kind }) => kind === 'add-network-acl-entry'),
    ...(isShort(window) && { window: { start: window.end - A_DAY, end: window.end } }),
    flowLogs: coverage.logs.flatMap(({ log, reading }) => (reading.kind === 'read' ? [log] : [])),
  };
}

function isShort({ start, end }: TimeWindow): boolean {
  return end - start < A_DAY;
}
