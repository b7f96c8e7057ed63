import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { Finding } from '../finding.ts';
import { applyFix } from './apply-fix.ts';
import type { Fix } from './fix.ts';
import type { BlastRadius } from './radius.ts';
import { recordedRadius } from './recorded-radius.ts';
import { reachesOf } from './reaches.ts';
import type { Refusals } from './refusals.ts';

/** What a fix is held against, to see what it lets through besides. */
export interface RadiusEvidence {
  readonly snapshot: Snapshot;
  readonly interfaceId: NetworkInterfaceId;
  /** Absent: no flow log that shows rejects was read. */
  readonly records?: Refusals;
}

/** The finding itself and those alike are what the fix is for; everything else that newly passes is told. */
export function blastRadius(
  { changes }: Pick<Fix, 'changes'>,
  finding: Finding,
  { snapshot, interfaceId, records }: RadiusEvidence,
): BlastRadius {
  const trial = { changes, before: snapshot, after: applyFix(snapshot, changes), interfaceId };
  return {
    reaches: reachesOf(trial),
    ...(records !== undefined && { recorded: recordedRadius(finding, trial, records) }),
  };
}
