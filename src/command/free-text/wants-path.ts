import { wordsOf, type Clause } from './token.ts';
import { wordSet } from './word-set.ts';

/** Whether somebody asks if it could get there ("path", "could … reach"), not why it does not. */
export function wantsPath(clauses: readonly Clause[]): boolean {
  const words = clauses.flatMap(wordsOf);
  if (words.some((word) => COMPLAINTS.has(word))) return false;
  if (clauses.some(namesPath)) return true;
  return words.some((word) => POSSIBLE.has(word)) && words.some((word) => REACH.has(word));
}

/** The word, not a key: `path=/health`. */
function namesPath(clause: Clause): boolean {
  return clause.some((token, at) => token.kind === 'word' && PATH.has(token.text) && clause[at + 1]?.kind !== 'mark');
}

const PATH = wordSet('path pfad route');

const POSSIBLE = wordSet('can could would should may kann könnte');

const REACH = wordSet('reach connect talk access get ping erreichen verbinden zugreifen open ssh go');

const COMPLAINTS = wordSet(
  'why warum wieso weshalb not nicht cant cannot couldnt wont unable fails failed failing rejected',
  'blocked refused timeout timeouts never stopped doesnt isnt',
);
