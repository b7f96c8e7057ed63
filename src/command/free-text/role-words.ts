import { SERVICES, TOOLS } from './services.ts';
import type { Role } from '../../explain/reading.ts';
import { wordSet } from './word-set.ts';

/** The role of an end by the words right before it. */
export function roleBehind(words: readonly string[]): Role | undefined {
  const told = words.slice(-MOST_WORDS).filter((word) => !FILLERS.has(word) && !SERVICES.has(word));
  const last = told.at(-1) ?? '';
  if (last === 'by') return roleOfDoer(told.at(-2) ?? '');
  if (SOURCE.has(last)) return roleOfSender(told.at(-2) ?? '');
  if (DESTINATION.has(last) || isSystemError(last) || isDialled(told)) return 'destination';
  return isArgument(words.slice(-MOST_WORDS)) ? 'destination' : undefined;
}

/** `used by 10.0.1.5`; a service refuses, and what blocks may stand in between. */
function roleOfDoer(deed: string): Role | undefined {
  if (REFUSES.has(deed)) return 'destination';
  return BLOCKS.has(deed) ? undefined : 'source';
}

const REFUSES = wordSet('rejected refused denied declined');
const BLOCKS = wordSet('blocked dropped filtered stopped cut reset closed');

function roleOfSender(sent: string): Role | undefined {
  return ANSWERS.has(sent) ? undefined : 'source';
}

/** What comes from the destination: `no reply from 10.0.2.9`. */
const ANSWERS = wordSet('reply replies response responses answer answers nothing error errors timeout back antwort');

/** Words that say nothing of an end: `-> the backend 10.0.2.9`. */
export function sayNothing(words: readonly string[]): boolean {
  return words.every((word) => FILLERS.has(word));
}

const MOST_WORDS = 8;

/** Between a word that gives a role and the end. */
const FILLERS = wordSet(
  'backend the a an my our its host server ip address addr instance node pod on at database db service machine',
  'box vm interface eni client container task cluster den dem der die das port tcp udp private public',
  'endpoint broker socket ec2 internal primary replica data rechner datenbank',
);

const SOURCE = wordSet(
  'from von vom src source srcaddr src_ip srcip source_ip sourceip source.ip saddr sourceaddress',
  'source_address pkt_srcaddr pkt-srcaddr quelle client_ip clientip --from',
);

const DESTINATION = wordSet(
  'to nach zu zum zur auf reach reaches reaching reached connect connecting connects access accessing',
  'contact contacting hit hitting trying dial dialing dialling ping pinging call calling query into',
  'erreichen erreicht dst destination dest dstaddr dst_ip dstip destination_ip destinationip',
  'destination.ip dest_ip daddr destinationaddress destination_address pkt_dstaddr pkt-dstaddr ziel',
  'upstream target --to unreachable toward towards',
);

/** Node: `connect ECONNREFUSED 10.0.2.9:5432`. */
function isSystemError(word: string): boolean {
  return /^e(?:conn(?:refused|reset|aborted)|timedout|hostunreach|netunreach|hostdown)$/.test(word);
}

/** Go: `dial tcp4 10.0.2.9:5432`. */
function isDialled(words: readonly string[]): boolean {
  return words.at(-2) === 'dial' && /^(?:tcp|udp)[46]?$/.test(words.at(-1) ?? '');
}

/** `nc -zv`, `psql -h`: between the program and its argument stand options only. */
function isArgument(words: readonly string[]): boolean {
  const at = words.findLastIndex((word) => TOOLS.has(word));
  return at >= 0 && words.slice(at + 1).every((word, index, options) => isOption(word, options[index - 1]));
}

function isOption(word: string, before: string | undefined): boolean {
  return word.startsWith('-') || word === 'to' || (before?.startsWith('-') ?? false);
}

/** Whether words between two ends make the first one the subject: `can't reach`, `fails to connect to`. */
export function isSubjectOf(words: readonly string[]): boolean {
  return words.length <= LONGEST_PREDICATE && words.every(isPredicate);
}

const LONGEST_PREDICATE = 14;

function isPredicate(word: string): boolean {
  return AUXILIARIES.has(word) || DESTINATION.has(word) || FILLERS.has(word) || SERVICES.has(word);
}

/** What stands behind an end that another end was joined to makes it the subject of words of its own. */
export function beginsPredicate(words: readonly string[]): boolean {
  return VERBS.has(words[0] ?? '');
}

/** `and 10.0.1.7 can't either`, `nor can 10.0.1.7`: what was said of one source holds for this one. */
export function echoes(before: readonly string[], behind: readonly string[]): boolean {
  if (before.some((word) => NEITHER.has(word))) return before.every((word) => isEcho(word) || AND.has(word));
  const end = behind.findIndex((word) => !isEcho(word));
  const echo = end < 0 ? behind : behind.slice(0, end);
  return beginsPredicate(echo) && echo.some((word) => NOT.has(word)) && !isPredicate(behind[echo.length] ?? '');
}

function isEcho(word: string): boolean {
  return VERBS.has(word) || NOT.has(word) || ECHOES.has(word);
}

const VERBS = wordSet(
  'can cant cannot could couldnt is isnt are arent was wasnt were werent do dont does doesnt did didnt has hasnt',
  'works fails times gets keeps',
);
const NEITHER = wordSet('neither nor');
const NOT = wordSet('cant cannot couldnt isnt arent wasnt werent dont doesnt didnt hasnt not neither nor');
const ECHOES = wordSet('either too also');
const AND = wordSet('and');

const AUXILIARIES = wordSet(
  'can cant cannot could couldnt not is isnt was wasnt be been being able unable fails fail failed',
  'failing does doesnt did didnt do dont no longer still even also just suddenly never seems get gets',
  'getting through any more anymore all keeps tries tried when while timing time times timed out via over',
  'attempts attempting has have had trouble problems issues wont wouldnt would should shouldnt kann',
  'kommt komme nicht mehr keine kein verbindung connection connections talk talking open opens opening',
  'establish send sends sending traffic packets going go goes refused blocked dropped rejected using',
  'per über uber ssh denied declined by',
);

/** `10.0.2.9 is not reachable from 10.0.1.5`: the first end is the destination unless something came back from there. */
export function isReachedFrom(words: readonly string[]): boolean {
  return words.length <= LONGEST_PREDICATE && !words.some((word) => CAME_BACK.has(word));
}

const CAME_BACK = wordSet(
  'reply replies response responses answer answers nothing data back get gets got receive receives',
  'received hears keine antwort bekommt and und or oder to nach',
);

/** Words after which nobody complains. */
export function isFine(words: readonly string[]): boolean {
  return words.some((word) => FINE.has(word)) && !words.some((word) => BAD.has(word));
}

/** `but`: what stands before it is fine, unless it says that it is not. */
const FINE = wordSet(
  'but aber',
  'works worked working fine healthy ok succeeded succeeds success established recovered reachable open',
  'connected resolved klappt geht',
);

const BAD = wordSet(
  'not no cant cannot couldnt isnt doesnt unable failed fails fail failure error timeout timed refused',
  'rejected blocked why nicht kein keine never could stopped unhealthy',
);
