import { usableBy, type Facts } from './find-candidates.ts';
import { sentTo } from './sent-to.ts';
import { STRENGTH, type Candidate } from './candidate.ts';

/** Candidates with what was said elsewhere in the same text: a port that belongs to no other end, and the time. */
export function completeFrom(
  candidates: readonly Candidate[],
  { sent, window }: Omit<Facts, 'candidates'>,
): readonly Candidate[] {
  const isFree = candidates.every(({ port }) => port === undefined);
  const isLine = candidates.some(({ strength }) => strength === STRENGTH.flowLogLine);
  const full =
    isFree && !isLine ? candidates.flatMap((candidate) => sentTo(candidate, usableBy(candidates, sent))) : candidates;
  return window === undefined ? full : full.map((candidate) => withWindow(candidate, window));
}

function withWindow(candidate: Candidate, window: NonNullable<Candidate['window']>): Candidate {
  return { window, ...candidate };
}
