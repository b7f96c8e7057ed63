import { addressSpace } from '../../engine/address-kind.ts';
import { clearServicePort } from '../../flowlog/service-port.ts';
import { STRENGTH, type Candidate } from './candidate.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { isFine, isReachedFrom, isSubjectOf } from './role-words.ts';
import { sameEnd } from './same-end.ts';
import { wordsOf, type Clause, type EndToken } from './token.ts';
import { wordSet } from './word-set.ts';

/** The ends of a clause, in pairs where its words make them so, and alone where they do not. */
export function relateEnds(clause: Clause): readonly Candidate[] {
  const mentions = mentionsIn(clause);
  const words = wordsOf(clause);
  const candidates = pairUp(mentions).filter((candidate) => words.length <= SHORT || !isPasserby(candidate));
  return isFine(words) ? candidates.map(asAside) : candidates;
}

function asAside(candidate: Candidate): Candidate {
  return { ...candidate, strength: STRENGTH.aside };
}

const SHORT = 10;

/** In a log line an address of the internet, without a port and in no role, is somebody's who called. */
function isPasserby({ named }: Candidate): boolean {
  const end = named?.end;
  return (
    end?.kind === 'address' &&
    named?.port === undefined &&
    end.address.family === 'ipv4' &&
    addressSpace(end.address) === 'public'
  );
}

function pairUp(mentions: readonly Mention[]): readonly Candidate[] {
  const [first, second, third] = mentions;
  if (first !== undefined && second !== undefined && third === undefined && isUndirected(first, second)) {
    return eitherWay(first.end, second.end);
  }
  return inOrder(mentions);
}

/** One after another; `chain`: ends that are joined by `and`, which share what is said of one of them. */
function inOrder(mentions: readonly Mention[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let chain: Mention[] = [];
  for (const mention of mentions) {
    const last = candidates.at(-1);
    const isJoined = mention.isJoined && (isAlone(last) || !mention.isSubject);
    const found = isJoined ? joinTo(last, chain.at(-1), mention) : startWith(mention, { last, chain });
    if (!isJoined && found.length > 0 && isAlone(last)) candidates.splice(-chain.length);
    candidates.push(...(found.length > 0 ? found : [aloneOf(mention)]));
    chain = isJoined ? [...chain.slice(-MOST_JOINED), mention] : [mention];
  }
  return candidates;
}

interface SoFar {
  readonly last: Candidate | undefined;
  readonly chain: readonly Mention[];
}

function startWith(mention: Mention, { last, chain }: SoFar): readonly Candidate[] {
  return mention.isEcho ? echoOf(last, mention) : pairsOf(chain, mention);
}

/** `10.0.1.5 can't reach 10.0.2.9 and 10.0.1.7 can't either`. */
function echoOf(last: Candidate | undefined, { end }: Mention): readonly Candidate[] {
  if (last?.source === undefined || last.destination === undefined) return [];
  return canBePair(end, last.destination) ? [{ ...last, source: end }] : [];
}

/** More are a list, and no sentence. */
const MOST_JOINED = 10;

function isAlone(candidate: Candidate | undefined): boolean {
  return candidate?.source === undefined || candidate.destination === undefined;
}

/** `10.0.1.5 and 10.0.1.6 can't reach 10.0.2.9`. */
function pairsOf(chain: readonly Mention[], mention: Mention): readonly Candidate[] {
  return chain.flatMap((before) => pairOf(before, mention) ?? []);
}

/** `10.0.1.5 can't reach 10.0.2.9 or 10.0.3.3`. */
function joinTo(last: Candidate | undefined, before: Mention | undefined, { end }: Mention): readonly Candidate[] {
  if (last === undefined || before === undefined) return [];
  if (last.destination === before.end) return [{ ...last, destination: end }];
  return last.source === before.end ? [{ ...last, source: end }] : [];
}

function aloneOf({ end, role, isKeyed }: Mention): Candidate {
  const told = { strength: STRENGTH.told, ...(isKeyed && { isKeyed }) };
  if (role === 'source') return { source: end, ...told, strength: STRENGTH.mentioned };
  if (role === 'destination') return { destination: end, ...told };
  return { named: end, strength: STRENGTH.mentioned };
}

function pairOf(first: Mention, second: Mention): Candidate | undefined {
  const direction = directionOf(first, second);
  if (direction === undefined || !canBePair(first.end, second.end)) return undefined;
  const isForward = direction === 'forward';
  const [source, destination] = isForward ? [first.end, second.end] : [second.end, first.end];
  return { source, destination, strength: STRENGTH.told };
}

type Way = 'forward' | 'backward';

function directionOf(first: Mention, second: Mention): Way | undefined {
  if (second.arrow !== undefined) return alongArrow(first.end, second);
  if (first.role === undefined) return second.isPlain ? ofSubject(second) : undefined;
  if (second.role === undefined || first.role === second.role) return undefined;
  return first.role === 'source' ? 'forward' : 'backward';
}

/** The end before is in no role yet: `10.0.1.5 can't reach …`, `10.0.2.9 is unreachable from …`. */
function ofSubject({ role, words }: Mention): Way | undefined {
  if (role === 'destination') return isSubjectOf(words) ? 'forward' : undefined;
  return role === 'source' && isReachedFrom(words) ? 'backward' : undefined;
}

/** Programs write their own end first, also where they are the server: the service's port tells. */
function alongArrow(left: EndToken, { end: right, arrow }: Mention): Way | undefined {
  const service = left.port === undefined || right.port === undefined ? undefined : servicePortOf(left, right);
  if (service !== undefined) return service === right.port ? 'forward' : 'backward';
  if (arrow === 'both') return undefined;
  return arrow === 'right' ? 'forward' : 'backward';
}

/** `between 10.0.1.5 and 10.0.2.9`, `10.0.1.5 <-> 10.0.2.9`, `10.0.1.5 10.0.2.9`: a pair, and who asks whom is not said. */
function isUndirected(first: Mention, second: Mention): boolean {
  if (directionOf(first, second) !== undefined || !canBePair(first.end, second.end)) return false;
  if (second.arrow === 'both') return true;
  const isBetween = BETWEEN.has(first.words.at(-1) ?? '') && AND.has(second.words.join(' '));
  return isBetween || (first.role === undefined && second.words.length === 0 && second.isBare);
}

const BETWEEN = wordSet('between zwischen');
const AND = wordSet('and und');

/** Only a port that services have tells the destination. */
function eitherWay(a: EndToken, b: EndToken): readonly Candidate[] {
  const apart = [a, b].find(({ isPortApart }) => isPortApart);
  const sent = apart?.port === undefined ? {} : { port: { value: apart.port, words: `port ${apart.port}` } };
  const there = { source: a, destination: b, strength: STRENGTH.told, ...sent };
  const back = { source: b, destination: a, strength: STRENGTH.told, ...sent };
  const service = servicePortOf(a, b);
  if (service === undefined) return [there, back];
  return [service === b.port ? there : back];
}

/** Where one end has a port, or one of two is plainly the service's. */
function servicePortOf(a: EndToken, b: EndToken): number | undefined {
  if (a.isPortApart || b.isPortApart || a.port === b.port) return undefined;
  const service = clearServicePort(a.port ?? EPHEMERAL, b.port ?? EPHEMERAL);
  return service === EPHEMERAL ? undefined : service;
}

/** Taken by clients only. */
const EPHEMERAL = 60_000;

function canBePair(a: EndToken, b: EndToken): boolean {
  if (sameEnd(a, b)) return false;
  return a.end.kind !== 'address' || b.end.kind !== 'address' || a.end.address.family === b.end.address.family;
}
