import type { EpochSeconds } from '../lang/time.ts';
import type { Command, QuestionCommand } from './command.ts';
import { notUnderstood } from './not-understood.ts';
import { parseAudit } from './parse-audit.ts';
import { parsePath } from './parse-path.ts';
import { parseWhyRejected, readTarget } from './parse-why-rejected.ts';
import { tokenizeQuoted } from './tokenize-quoted.ts';
import { tokenize } from './tokenize.ts';
import { withExample } from './with-example.ts';

/** Longer texts are no questions; Slack itself allows more. */
const LONGEST_TEXT = 1_000;

/**
 * Reads what stands behind `/vpc` or `vpc-why`: a verb, what it is about and options, in any order of options.
 * `askedAt` is the "now" of relative times, so that a text read again later means the same.
 * Throws `ExpectedError` (`not-understood`) that says what was expected.
 */
export function parseCommand(text: string, askedAt: EpochSeconds): Command {
  if (text.length > LONGEST_TEXT) throw notUnderstood(text, `at most ${LONGEST_TEXT} characters`);
  const [word, ...rest] = tokenize(text);
  if (word === undefined) return { kind: 'help' };
  const verb = word.toLowerCase();
  if (HELP.has(verb)) return helpAbout(rest[0]);
  return AUDIT_VERBS.has(verb) ? parseAuditHere(text) : parseQuestion({ word, verb, rest }, askedAt);
}

interface Asked {
  readonly word: string;
  readonly verb: string;
  readonly rest: readonly string[];
}

function parseQuestion({ word, verb, rest }: Asked, askedAt: EpochSeconds): Command {
  const parse = VERBS.get(verb) ?? (readTarget(word) === undefined ? undefined : VERBS.get(DEFAULT_VERB));
  if (parse === undefined) throw notUnderstood(word, `${[...TOPICS].join(', ')} or help`);
  if (rest.some((each) => HELP.has(each))) return helpAbout(VERBS.has(verb) ? verb : DEFAULT_VERB);
  return parse(VERBS.has(verb) ? rest : [word, ...rest], askedAt);
}

const HELP = new Set(['help', '--help', '-h', '?']);

/** What a target alone asks. */
const DEFAULT_VERB = 'why-rejected';

type ParseQuestion = (tokens: readonly string[], askedAt: EpochSeconds) => QuestionCommand;

const VERBS: ReadonlyMap<string, ParseQuestion> = new Map<string, ParseQuestion>([
  [DEFAULT_VERB, parseWhyRejected],
  ['path', parsePathHere],
]);

/** Not questions: what is done about audits is answered at once. */
const AUDIT_VERBS = new Set(['audit', 'audits']);

const TOPICS = new Set([...VERBS.keys(), 'audit']);

/** A reason may hold any word, also one that asks for help elsewhere. */
function parseAuditHere(text: string): Command {
  const [verb = '', ...words] = tokenizeQuoted(text);
  const [first] = words;
  if (HELP.has(first?.toLowerCase() ?? '')) return helpAbout('audit');
  try {
    return parseAudit(verb.toLowerCase() === 'audits' ? ['list', ...words] : words);
  } catch (error) {
    throw withExample('audit', error);
  }
}

function helpAbout(topic: string | undefined): Command {
  const known = topic?.toLowerCase();
  return known !== undefined && TOPICS.has(known) ? { kind: 'help', topic: known } : { kind: 'help' };
}

function parsePathHere(tokens: readonly string[]): QuestionCommand {
  try {
    return parsePath(tokens);
  } catch (error) {
    throw withExample('path', error);
  }
}
