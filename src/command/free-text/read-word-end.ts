import { readEnd, type WordEnd } from './read-end.ts';
import { wordsOf, type Clause, type EndToken } from './token.ts';
import { wordSet } from './word-set.ts';

/** The end that a word of a running text names, unless the words before it say that it is something else. */
export function readWordEnd(chunk: string, before: Clause): EndToken | undefined {
  const text = chunk.length > LONGEST && !chunk.includes('://') ? '' : chunk.slice(0, LONGEST);
  if (text.endsWith('\u2026')) return undefined;
  const named = readBare(text, before);
  if (named === undefined || isSomethingElse(named, before) || isCutOff(named, text)) return undefined;
  return { kind: 'end', ...named, words: text.slice(0, LONGEST_QUOTE) };
}

const LONGEST = 300;
const LONGEST_QUOTE = 60;

function readBare(text: string, before: Clause): WordEnd | undefined {
  const word = withoutMarkup(text);
  return readNodeIpv6(word, before) ?? readDump(word, before) ?? readEnd(word) ?? readEnd(withoutBrackets(word));
}

function withoutMarkup(text: string): string {
  return text.replace(/^[*_~@#]+/, '').replace(TRAILING, '');
}

function withoutBrackets(word: string): string {
  return word.replace(/^\[+/, '').replace(/[\].:!?*_~]+$/, '');
}

/** A word is at most 300 characters long here, so that trying from each of them costs little. */
const TRAILING = /[.:!?*_~]+$/;

/** Node writes `connect ETIMEDOUT 2001:db8::9:5432`: the port behind the address, without brackets. */
function readNodeIpv6(word: string, before: Clause): WordEnd | undefined {
  const last = lastWords(before).at(-1) ?? '';
  const parts = /^([0-9a-f:]{2,39}):(\d{1,5})$/i.exec(word);
  if (parts === null || !/^e[a-z]{4,14}$/.test(last) || !word.includes('::')) return undefined;
  return readEnd(`[${parts[1]}]:${parts[2]}`);
}

/** tcpdump writes `IP 10.0.1.5.43210 > 10.0.2.9.5432`. */
function readDump(word: string, before: Clause): WordEnd | undefined {
  const parts = /^(\d{1,3}(?:\.\d{1,3}){3})\.(\d{1,5})$/.exec(word);
  const last = before.at(-1);
  const isDumped = (last?.kind === 'word' && last.text === 'ip') || last?.kind === 'arrow';
  return parts === null || !isDumped ? undefined : readEnd(`${parts[1]}:${parts[2]}`);
}

/** An id with dots behind it goes on somewhere else. */
function isCutOff({ end }: WordEnd, text: string): boolean {
  return (end.kind === 'interface' || end.kind === 'instance') && text.endsWith('..');
}

function isSomethingElse({ end, port }: WordEnd, before: Clause): boolean {
  if (end.kind === 'interface' || end.kind === 'instance') return false;
  const words = lastWords(before);
  if (words.slice(-NEAR).some((word) => NOT_AN_END.has(word)) || words.some((word) => FORWARDED.has(word))) return true;
  return port === undefined && (words.slice(-NEAR).some((word) => VERSIONS.has(word)) || isChange(words, before));
}

const WORDS_BEFORE = 6;
const NEAR = 2;

/** Where a program listens, and what configures a host. */
const NOT_AN_END = wordSet('listen listening bind binding bound netmask mask nameserver gateway broadcast');

/** Everybody on the way writes what they like into these. */
const FORWARDED = wordSet('x-forwarded-for forwarded x-real-ip user-agent');

const VERSIONS = wordSet(
  'version versions ver v release build revision rev firmware tag image driver chart kernel section',
  'chapter cis control benchmark oid rfc',
);

/** `upgraded coredns from 1.9.3.1 to 1.9.4.2`, `moved the database from 10.0.1.5 to 10.0.2.9`: nobody connects there. */
function isChange(words: readonly string[], before: Clause): boolean {
  const last = words.at(-1);
  if (last !== 'from' && last !== 'to' && before.at(-1)?.kind !== 'arrow') return false;
  return words.some((word) =>
    /^(?:upgrad|downgrad|updat|bump|roll|mov|migrat|chang|renam|switch|umgezogen|verschoben)/.test(word),
  );
}

function lastWords(clause: Clause): readonly string[] {
  return wordsOf(clause.slice(-TOKENS_BEFORE)).slice(-WORDS_BEFORE);
}

const TOKENS_BEFORE = 12;
