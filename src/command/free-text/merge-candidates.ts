import type { TimeWindow } from '../../lang/time.ts';
import type { Candidate, Said } from './candidate.ts';
import { endKey } from './same-end.ts';
import type { EndToken } from './token.ts';

/** Each candidate once; what only says less than another one lends it its strength and goes. */
export function mergeCandidates(found: readonly Candidate[]): readonly Candidate[] {
  const distinct = plainest(onceEach(uniteKeyed(found))).map(withEnds);
  return distinct
    .filter((one) => !distinct.some((other) => saysMore(other, one)))
    .map((one) => {
      const less = distinct.filter((other) => saysMore(one, other));
      return withStrength(one.candidate, strongest([one, ...less].map(({ candidate }) => candidate)));
    });
}

/** The ends are compared often, and written once. */
interface WithEnds {
  readonly candidate: Candidate;
  readonly ends: readonly string[];
}

function withEnds(candidate: Candidate): WithEnds {
  const { source, destination, named } = candidate;
  return {
    candidate,
    ends: [source, destination, named].flatMap((token) => (token === undefined ? [] : [endKey(token)])),
  };
}

function withStrength(candidate: Candidate, strength: Candidate['strength']): Candidate {
  return { ...candidate, strength };
}

/** A text with more of them is about none; they are compared each with each. */
const MOST_CANDIDATES = 200;

function plainest(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort((a, b) => b.strength - a.strength).slice(0, MOST_CANDIDATES);
}

function strongest(candidates: readonly Candidate[]): Candidate['strength'] {
  return candidates.map(({ strength }) => strength).reduce((a, b) => (a > b ? a : b));
}

/** `Source: 10.0.1.5` on one line and `Destination: 10.0.2.9` on another. */
function uniteKeyed(found: readonly Candidate[]): readonly Candidate[] {
  const keyed = found.filter(({ isKeyed }) => isKeyed);
  const [source, ...sources] = endsOnce(keyed.map((candidate) => candidate.source));
  const [destination, ...destinations] = endsOnce(keyed.map((candidate) => candidate.destination));
  if (source === undefined || destination === undefined || sources.length + destinations.length > 0) return found;
  if (endKey(source) === endKey(destination)) return found;
  const asked = keyed.filter((candidate) => candidate.destination !== undefined);
  return [...asked.map((candidate) => withSource(candidate, source)), ...found.filter(({ isKeyed }) => !isKeyed)];
}

function withSource(candidate: Candidate, source: EndToken): Candidate {
  return { ...candidate, source };
}

function endsOnce(tokens: readonly (EndToken | undefined)[]): readonly EndToken[] {
  const told = tokens.filter((token) => token !== undefined);
  return [...new Map(told.map((token) => [endKey(token), token])).values()];
}

function onceEach(candidates: readonly Candidate[]): readonly Candidate[] {
  const once = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = keyOf(candidate);
    const known = once.get(key);
    once.set(key, known === undefined ? candidate : unite(known, candidate));
  }
  return [...once.values()];
}

function keyOf({ source, destination, named, port, protocol }: Candidate): string {
  const ends = [source, destination, named].map((token) => (token === undefined ? '-' : endKey(token)));
  return [...ends, port?.value ?? '-', protocol?.value ?? '-'].join(' ');
}

function unite(a: Candidate, b: Candidate): Candidate {
  const window = uniteWindows(a.window, b.window);
  return { ...a, strength: strongest([a, b]), ...(window !== undefined && { window }) };
}

function uniteWindows(a: Said<TimeWindow> | undefined, b: Said<TimeWindow> | undefined): Said<TimeWindow> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [start, end] = [Math.min(a.value.start, b.value.start), Math.max(a.value.end, b.value.end)];
  return { ...a, value: { start, end } };
}

/** Whether all that `less` says is said by `more`, and something besides. */
function saysMore({ candidate: more, ends: all }: WithEnds, { candidate: less, ends: some }: WithEnds): boolean {
  if (more === less || !some.every((end) => all.includes(end))) return false;
  if (!isWithin(less.port, more.port) || !isWithin(less.protocol, more.protocol)) return false;
  if (saysMoreOfSent(more, less)) return some.length < 2 || some[0] === all[0];
  return all.length > some.length || (less.named !== undefined && more.named === undefined);
}

function isWithin(less: Said<number> | undefined, more: Said<number> | undefined): boolean {
  return less === undefined || less.value === more?.value;
}

function saysMoreOfSent(more: Candidate, less: Candidate): boolean {
  return countSent(more) > countSent(less);
}

function countSent({ port, protocol }: Candidate): number {
  return Number(port !== undefined) + Number(protocol !== undefined);
}
