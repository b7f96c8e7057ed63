import type { Role } from '../../explain/reading.ts';
import { AND } from './attach-ports.ts';
import { beginsPredicate, echoes, roleBehind, sayNothing } from './role-words.ts';
import { wordSet } from './word-set.ts';
import { wordsOf, type ArrowToken, type Clause, type EndToken, type Token } from './token.ts';

/** An end with what stands between it and the end before. */
export interface Mention {
  readonly end: EndToken;
  readonly role?: Role;
  readonly arrow?: ArrowToken['points'];
  readonly words: readonly string[];
  /** `source=`, `Destination:`. */
  readonly isKeyed: boolean;
  /** Without punctuation before it. */
  readonly isPlain: boolean;
  /** Nothing at all before it. */
  readonly isBare: boolean;
  /** `10.0.2.9 or 10.0.3.3`: as the end before. */
  readonly isJoined: boolean;
  /** `and 10.0.1.7 is …`: if the words before it are complete, it begins others. */
  readonly isSubject: boolean;
  /** `and 10.0.1.7 can't either`: another source of what was said before. */
  readonly isEcho: boolean;
}

/** The ends of a clause; names without a port and a role, and those whose address stands beside them, are none. */
export function mentionsIn(clause: Clause): readonly Mention[] {
  const mentions: Mention[] = [];
  let start = 0;
  clause.forEach((token, at) => {
    if (token.kind !== 'end') return;
    const mention = mentionOf(token, clause.slice(Math.max(start, at - LONGEST_GAP), at), wordsBehind(clause, at));
    const isNoise = token.end.kind === 'host' && token.port === undefined && mention.role === undefined;
    if (isNoise || isNameOf(token, clause, at)) return;
    start = at + 1;
    mentions.push(mention);
  });
  return mentions;
}

/** What stands further away tells nothing of an end. */
const LONGEST_GAP = 40;

function wordsBehind(clause: Clause, at: number): readonly string[] {
  const behind = clause.slice(at + 1, at + 1 + LONGEST_GAP);
  const next = behind.findIndex(({ kind }) => kind !== 'word');
  return wordsOf(next < 0 ? behind : behind.slice(0, next));
}

function mentionOf(end: EndToken, gap: Clause, behind: readonly string[]): Mention {
  const outside = withoutParentheses(gap);
  const words = wordsOf(outside);
  const role = roleBehind(wordsOf(outside.slice(outside.findLastIndex((token) => isMark(token, ',')) + 1)));
  const marks = outside.flatMap((token) => (token.kind === 'mark' ? [token.text] : []));
  const arrow = outside.find((token) => token.kind === 'arrow');
  return {
    end,
    words,
    isKeyed: marks.at(-1) === '=' || marks.at(-1) === ':',
    isPlain: marks.every((mark) => mark === '(' || mark === ')'),
    isBare: gap.length === 0,
    isJoined: outside.some(isJoint) && outside.every((token) => isJoint(token) || isLead(token)),
    isSubject: beginsPredicate(behind),
    isEcho: echoes(words, behind),
    ...(role !== undefined && { role }),
    ...(arrow?.kind === 'arrow' && sayNothing(words) && { arrow: arrow.points }),
  };
}

function isJoint(token: Token): boolean {
  return isMark(token, ',') || (token.kind === 'word' && AND.has(token.text));
}

/** `or host 10.0.1.6`. */
function isLead(token: Token): boolean {
  return token.kind === 'word' && LEADS.has(token.text);
}

const LEADS = wordSet('maybe also host hosts node pod server instance client ip');

/** `10.0.1.5 (web) can't reach`: what stands in parentheses is beside the point. */
function withoutParentheses(clause: Clause): Clause {
  const lastClose = clause.findLastIndex((token) => isMark(token, ')'));
  let isInside = false;
  return clause.filter((token, at) => {
    isInside ||= isMark(token, '(') && at < lastClose;
    const isKept = !isInside;
    if (isMark(token, ')')) isInside = false;
    return isKept;
  });
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

/** `ledger.internal (10.0.2.9)`, `10.0.2.9 (ledger.internal)`: the address is there. */
function isNameOf({ end }: EndToken, clause: Clause, at: number): boolean {
  if (end.kind !== 'host') return false;
  return (
    isAddressBeside(clause.slice(at + 1, at + 3)) || isAddressBeside(clause.slice(Math.max(0, at - 2), at).reverse())
  );
}

function isAddressBeside([mark, token]: Clause): boolean {
  return isMark(mark, '(') && token?.kind === 'end' && token.end.kind !== 'host';
}
