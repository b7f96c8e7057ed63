import type { EpochSeconds } from '../../lang/time.ts';
import { attachPorts } from './attach-ports.ts';
import type { Candidate, Said } from './candidate.ts';
import { flowLogCandidates } from './flow-log-candidates.ts';
import { readFlowLogLines } from './flow-log-lines.ts';
import { readFlowLogMembers } from './flow-log-members.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { readWindow } from './read-window.ts';
import { relateEnds } from './relate-ends.ts';
import { scanText } from './scan-text.ts';
import { distinct, readSent, type Sent } from './sent.ts';
import { sentTo } from './sent-to.ts';
import type { Clause } from './token.ts';
import type { TimeWindow } from '../../lang/time.ts';

/** What a text tells, before anybody has decided what to ask. */
export interface Facts {
  readonly candidates: readonly Candidate[];
  readonly sent: Sent;
  readonly window?: Said<TimeWindow>;
  readonly clauses: readonly Clause[];
}

/** Everything in a cleaned text that could be asked about. */
export function findCandidates(text: string, askedAt: EpochSeconds): Facts {
  const clauses = scanText(text).map(attachPorts);
  const sent = clauses.map(readSent);
  const all: Sent = {
    ports: distinct(sent.flatMap(({ ports }) => ports)),
    protocols: distinct(sent.flatMap(({ protocols }) => protocols)),
    services: [...new Set(sent.flatMap(({ services }) => services))],
  };
  const window = readWindow(text, askedAt);
  const lines = flowLogCandidates([...readFlowLogLines(text), ...readFlowLogMembers(text)], askedAt);
  const prose = (): readonly Candidate[] =>
    clauses.flatMap((clause, at) => {
      const related = relateEnds(clause);
      return related.flatMap((candidate) => sentTo(candidate, usableBy(related, sent[at] ?? all)));
    });
  const candidates = mergeCandidates(lines.length > 0 ? lines : prose());
  return { candidates, sent: all, clauses, ...(window !== undefined && { window }) };
}

/** Among several ends a service's name may belong to any. */
export function usableBy(candidates: readonly Candidate[], sent: Sent): Sent {
  return candidates.length > 1 ? { ...sent, services: [] } : sent;
}
