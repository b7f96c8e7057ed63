import type { Observations } from '../../flowlog/observations.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Finding } from '../finding.ts';
import { blastRadius } from './blast-radius.ts';
import { refusalsOf } from './refusals.ts';

/** What was read for the sake of the proof alone. */
export interface WiderView {
  readonly snapshot: Snapshot;
  /** Rejects of a whole day, the question's window among them. */
  readonly day?: Observations;
}

/** The same diagnosis with the blast radius of each fix as the wider view shows it. */
export function proveFixes(diagnosis: Diagnosis, { snapshot, day }: WiderView): Diagnosis {
  const interfaceId = diagnosis.target.id;
  // A reading that holds less than the question's own was cut short before it got that far.
  const isMore = day !== undefined && day.reading.rejected >= diagnosis.reading.rejected;
  const place = { snapshot, interfaceId };
  const evidence = { ...place, ...(isMore && { records: refusalsOf({ ...place, of: 'day', observations: day }) }) };
  const prove = (finding: Finding): Finding => {
    const { fix } = finding;
    if (fix === undefined) return finding;
    return { ...finding, fix: { ...fix, radius: { ...fix.radius, ...blastRadius(fix, finding, evidence) } } };
  };
  return { ...diagnosis, findings: diagnosis.findings.map(prove) };
}
