import type { FreeTextReading } from '../../explain/reading.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import { choose } from './choose.ts';
import { cleanText } from './clean-text.ts';
import { completeFrom } from './complete-from.ts';
import { findCandidates } from './find-candidates.ts';
import { readCommand } from './read-command.ts';
import { wantsPath } from './wants-path.ts';

export type { FreeTextReading, Took } from '../../explain/reading.ts';

/**
 * What a message asks about that nobody wrote for a parser: a question in plain words, or an alert, a stack trace, a log
 * line. The same text is always read the same way, nothing is guessed, and what cannot be told apart is left to the
 * asker. `askedAt` is the "now" of relative times. Never throws.
 */
export function readFreeText(text: string, askedAt: EpochSeconds): FreeTextReading {
  const command = readCommand(text, askedAt);
  if (command !== undefined) return command;
  const facts = findCandidates(cleanText(text), askedAt);
  return choose(completeFrom(facts.candidates, facts), { askedAt, wantsPath: wantsPath(facts.clauses) });
}
