import type { Gap } from '../../vpc/gap.ts';
import type { Blocker, Confidence, Reason } from '../finding.ts';
import type { Conclusion } from './row.ts';

/** What a row adds to what its conclusion says anyway. */
export interface Remarks {
  readonly blockedBy?: readonly Blocker[];
  readonly reasons?: readonly Reason[];
  readonly gaps?: readonly Gap[];
}

export function blocked(confidence: Confidence, remarks: Remarks): Conclusion {
  return { verdict: 'blocked', confidence, ...complete(remarks) };
}

export function wasBlocked(confidence: Confidence, remarks: Remarks): Conclusion {
  return { verdict: 'was-blocked', confidence, ...complete(remarks) };
}

export function notARule(confidence: Confidence, remarks: Remarks): Conclusion {
  return { verdict: 'not-a-rule', confidence, ...complete(remarks) };
}

/** An answer too: it says what is missing. */
export function undetermined(remarks: Remarks): Conclusion {
  return { verdict: 'undetermined', confidence: 'possible', ...complete(remarks) };
}

export function noEvidence(confidence: Confidence, remarks: Remarks): Conclusion {
  return { verdict: 'no-evidence', confidence, ...complete(remarks) };
}

/** The pattern is there, the cause lies beyond what was read. */
export function needsPath(about: string, because: Gap['because'] = 'not-modelled'): Conclusion {
  return undetermined({ gaps: [{ fact: 'path', about, because }] });
}

/** A statement that rests on facts which AWS does not document: never more than likely. */
export function inferred(...facts: readonly string[]): Reason {
  return { kind: 'rests-on-inference', facts };
}

function complete({ blockedBy = [], reasons = [], gaps = [] }: Remarks): Required<Remarks> {
  return { blockedBy, reasons, gaps };
}
