import type { FreeTextReading } from '../../explain/reading.ts';
import { ExpectedError } from '../../failure/expected-error.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import { parseCommand } from '../parse-command.ts';
import { tokenize, unescapeSlack } from '../tokenize.ts';
import { wordSet } from './word-set.ts';

/** A text that is a command already, as it stands; `undefined` for every other text. */
export function readCommand(text: string, askedAt: EpochSeconds): FreeTextReading | undefined {
  const command = unescapeSlack(text.replace(LEADING_MENTIONS, '')).trim();
  const words = tokenize(command.slice(0, LONGEST_LOOK)).map((word) => word.toLowerCase());
  if (!isLikeCommand(words)) return undefined;
  try {
    parseCommand(command, askedAt);
    return { kind: 'question', command, took: [] };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return isMistyped(words) ? { kind: 'nothing', because: { kind: 'mistyped', failure: error.failure } } : undefined;
  }
}

const LEADING_MENTIONS = /^\s*(?:<@[^<>]{1,100}>[\s,:]{0,10})+/;

const LONGEST_LOOK = 1_001;

/** Words that begin a sentence as well are commands only where all the rest is one. */
function isLikeCommand(words: readonly string[]): boolean {
  const [first = '', second] = words;
  const isLike = COMMANDS.get(HELP.has(first) ? 'help' : first);
  return isLike === undefined ? words.some(isOption) : isLike(second, words);
}

type IsLike = (second: string | undefined, words: readonly string[]) => boolean;

/** `path to … from …` is a sentence: as a command its first end would be the source. */
const COMMANDS: ReadonlyMap<string, IsLike> = new Map<string, IsLike>([
  ['help', (second, { length }) => length === 1 || (length === 2 && TOPICS.has(second ?? ''))],
  ['audits', (second) => second === undefined],
  ['audit', (second) => second === undefined || DEEDS.has(second) || HELP.has(second)],
  ['path', (second, words) => second !== 'to' && !words.slice(2).includes('from')],
  ['why-rejected', () => true],
]);

const HELP = wordSet('help --help -h');
const TOPICS = wordSet('why-rejected path audit');
const DEEDS = wordSet('schedule remove run mute unmute list');
const QUESTION_VERBS = wordSet('why-rejected path');

/** What has options, or an audit's verb, was never meant as a sentence. */
function isMistyped(words: readonly string[]): boolean {
  const [verb = ''] = words;
  return verb === 'audit' || (QUESTION_VERBS.has(verb) && words.slice(1).some(isOption));
}

function isOption(word: string): boolean {
  return word.startsWith('--');
}
