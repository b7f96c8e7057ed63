import { readWordEnd } from './read-word-end.ts';
import { roleBehind } from './role-words.ts';
import { wordsOf, type ArrowToken, type Clause, type EndToken, type Token } from './token.ts';
import { wordSet } from './word-set.ts';

/** A cleaned text as clauses, in one pass. */
export function scanText(text: string): readonly Clause[] {
  const clauses: Token[][] = [[]];
  for (const [chunk] of text.matchAll(CHUNK)) {
    const clause = clauses.at(-1) ?? [];
    const isBreak = chunk === '\n' || chunk === ';';
    if (!isBreak) clause.push(...readChunk(chunk, clause));
    if ((isBreak || isTurn(chunk)) && clause.length > 0) clauses.push([]);
  }
  return clauses.filter((clause) => clause.length > 0);
}

const CHUNK = /[\n\u2192\u2190\u2194>=(){},;|]|[^\s"'`\u2018-\u201f\u00ab\u00bb(){}<>,;|=\\\u2192\u2190\u2194]+/g;

const ARROWS: ReadonlyMap<string, ArrowToken['points']> = new Map<string, ArrowToken['points']>([
  ['\u2192', 'right'],
  ['>', 'right'],
  ['\u2190', 'left'],
  ['\u2194', 'both'],
]);

/** Behind the end of a sentence, and behind `but`, stands another story. */
function isTurn(chunk: string): boolean {
  return endsSentence(chunk) || TURNS.has(chunk.toLowerCase());
}

const TURNS = wordSet('but aber');

function endsSentence(chunk: string): boolean {
  return /[^.][.!?]$/.test(chunk.slice(-2)) && !ABBREVIATIONS.has(chunk.toLowerCase());
}

const ABBREVIATIONS = wordSet('e.g. i.e. z.b. vs. etc. approx. no. nr.');

function readChunk(chunk: string, before: Clause): readonly Token[] {
  const points = ARROWS.get(chunk);
  if (points !== undefined) return [{ kind: 'arrow', points }];
  if (/^[=(){},|]$/.test(chunk)) return [{ kind: 'mark', text: chunk }];
  const end = readElsewhere(chunk, before) ?? readWordEnd(chunk, before);
  const tail: readonly Token[] = /:[*_~]{0,3}$/.test(chunk.slice(-4)) ? [{ kind: 'mark', text: ':' }] : [];
  return [...(end === undefined ? readWord(chunk) : [end]), ...tail];
}

/** `reach s3`, `from the internet`: ends only in a role, for else they are words like others. */
function readElsewhere(chunk: string, before: Clause): EndToken | undefined {
  const name = trimmed(chunk.slice(0, LONGEST_WORD).toLowerCase());
  const end = ELSEWHERE.get(name);
  const isInRole = end !== undefined && roleBehind(wordsOf(before.slice(-NEAR))) !== undefined;
  return isInRole ? { kind: 'end', end, words: name } : undefined;
}

const NEAR = 4;

const ELSEWHERE: ReadonlyMap<string, EndToken['end']> = new Map<string, EndToken['end']>([
  ['internet', { kind: 'internet' }],
  ['s3', { kind: 'named-service', name: 's3' }],
  ['dynamodb', { kind: 'named-service', name: 'dynamodb' }],
]);

/** Longer ones are tokens, keys and the like, and say nothing. */
const LONGEST_WORD = 60;

/** `:5432` behind a key is a value. */
function readWord(chunk: string): readonly Token[] {
  const text = chunk.slice(0, LONGEST_WORD).toLowerCase();
  const bare = trimmed(text);
  const head: readonly Token[] = text.startsWith(':') && bare !== '' ? [{ kind: 'mark', text: ':' }] : [];
  return bare === '' ? [] : [...head, { kind: 'word', text: bare }];
}

function trimmed(text: string): string {
  return text.replace(/^[[\]:*_~@#.]+/, '').replace(/[[\]:*_~.!?]+$/, '');
}
