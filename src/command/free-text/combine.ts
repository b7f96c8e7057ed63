import { STRENGTH, type Candidate } from './candidate.ts';
import { endKey, sameEnd } from './same-end.ts';
import type { EndToken } from './token.ts';

/** One candidate of both, where the one above is about the same traffic; `undefined` where it is not. */
export function combine(own: Candidate, above: Candidate): Candidate | undefined {
  if (own.port !== undefined && above.port !== undefined && own.port.value !== above.port.value) return undefined;
  const ends = endsOfBoth(own, above);
  if (ends === undefined) return undefined;
  return { ...sentOf(above), ...sentOf(own), ...ends, strength: STRENGTH.told };
}

/** All but the ends. */
function sentOf({ port, protocol, window, isFlowLogLine }: Candidate): Partial<Candidate> {
  return {
    ...(port && { port }),
    ...(protocol && { protocol }),
    ...(window && { window }),
    ...(isFlowLogLine && { isFlowLogLine }),
  };
}

type Ends = Pick<Candidate, 'source' | 'destination' | 'named'>;

function endsOfBoth(own: Candidate, above: Candidate): Ends | undefined {
  if (isWithin(own, above)) return endsOf(above);
  if (isWithin(above, own)) return endsOf(own);
  const { source } = own;
  const { destination } = above;
  const isRest = own.destination === undefined && above.source === undefined;
  if (source === undefined || destination === undefined || !isRest || !canMeet(source, destination)) return undefined;
  return { source, destination };
}

function endsOf({ source, destination, named }: Candidate): Ends {
  return { ...(source && { source }), ...(destination && { destination }), ...(named && { named }) };
}

/** Every end of `some` is one of `all`, and in no other role. */
function isWithin(some: Candidate, all: Candidate): boolean {
  const keys = [all.source, all.destination, all.named].map((token) => token && endKey(token));
  return (
    isAmong(some.source, [keys[0], keys[2]]) &&
    isAmong(some.destination, [keys[1], keys[2]]) &&
    isAmong(some.named, keys)
  );
}

function isAmong(token: EndToken | undefined, keys: readonly (string | undefined)[]): boolean {
  return token === undefined || keys.includes(endKey(token));
}

function canMeet(a: EndToken, b: EndToken): boolean {
  if (sameEnd(a, b) || a.end.kind === 'host' || b.end.kind === 'host') return false;
  return a.end.kind !== 'address' || b.end.kind !== 'address' || a.end.address.family === b.end.address.family;
}
