import type { Observations } from '../../flowlog/observations.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Coverage } from '../diagnosis.ts';

/**
 * Whether a packet since then would be on record: silence is only believed where nothing was lost and everything was
 * delivered (FLOW-54, FLOW-56), and where no record lacks its direction (FLOW-47).
 */
export function missedNothing(
  {
    observations: { reading, skipdata },
    coverage,
  }: { readonly observations: Observations; readonly coverage: Coverage },
  since: EpochSeconds,
): boolean {
  return (
    skipdata.length === 0 &&
    reading.stoppedEarly === undefined &&
    reading.undirected.count === 0 &&
    coverage.sees.accept &&
    coverage.sees.reject &&
    coverage.freshUntil !== undefined &&
    since < coverage.freshUntil
  );
}
