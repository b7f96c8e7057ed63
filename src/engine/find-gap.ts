import type { Gap, GapFact } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';

/** Why the snapshot lacks this fact: what the collector noted when it was refused, or else that nobody asked. */
export function findGap(snapshot: Snapshot, fact: GapFact, about: string): Gap {
  const noted =
    snapshot.gaps.find((gap) => gap.fact === fact && gap.about === about) ??
    snapshot.gaps.find((gap) => gap.fact === fact && gap.about === undefined);
  return noted === undefined ? { fact, about, because: 'not-collected' } : { ...noted, about };
}

/** Each gap once, by fact and subject. */
export function distinctGaps(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [`${gap.fact} ${gap.about ?? ''}`, gap])).values()];
}
