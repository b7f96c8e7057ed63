import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Finding } from '../engine/finding.ts';

/** A finding and the answer it belongs to: what every sentence about it may draw upon. */
export interface Telling {
  readonly finding: Finding;
  readonly diagnosis: Diagnosis;
}
