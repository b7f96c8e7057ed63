import type { FreeTextReading } from '../../explain/reading.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Candidate } from './candidate.ts';
import { choose, isAskable } from './choose.ts';
import { cleanText } from './clean-text.ts';
import { combine } from './combine.ts';
import { completeFrom } from './complete-from.ts';
import { findCandidates, type Facts } from './find-candidates.ts';
import { markAbove } from './mark-above.ts';
import { readCommand } from './read-command.ts';
import { sentTo } from './sent-to.ts';
import { wantsPath } from './wants-path.ts';

/**
 * The same for a mention in a thread: what it says itself comes first, and what it lacks comes from the message above.
 * Two messages that name different things are not mixed: then the mention alone is read.
 */
export function readThread(own: string, parent: string, askedAt: EpochSeconds): FreeTextReading {
  const command = readCommand(own, askedAt);
  if (command !== undefined) return command;
  const said = findCandidates(cleanText(own), askedAt);
  const above = findCandidates(cleanText(parent), askedAt);
  const wish = { askedAt, wantsPath: wantsPath(said.clauses) };
  return choose(join(said, completeFrom(above.candidates, above).map(markAbove), parent.toLowerCase()), wish);
}

function join(said: Facts, above: readonly Candidate[], parent: string): readonly Candidate[] {
  const own = completeFrom(said.candidates, said);
  const [only, ...more] = own;
  if (only === undefined) return withOwnWords(above, said);
  if (more.length > 0) return own;
  const together = isAskable(only)
    ? above.flatMap((candidate) => combine(only, candidate) ?? [])
    : above.filter((candidate) => isOfHost(candidate, only, parent));
  return together.length > 0 ? together : own;
}

/** The mention names no end: its port, protocol and time hold for the ends above. */
function withOwnWords(above: readonly Candidate[], { sent, window }: Facts): readonly Candidate[] {
  const timed = above.map((candidate) => ({ ...candidate, ...(window !== undefined && { window }) }));
  const [wished, ...others] = sent.ports;
  if (wished === undefined || others.length > 0) return timed.flatMap((candidate) => sentTo(candidate, sent));
  const same = timed.filter(({ port }) => port?.value === wished.value);
  if (same.length > 0) return same;
  return timed.flatMap(({ port: _port, protocol: _protocol, ...ends }) => sentTo({ ...ends, port: wished }, sent));
}

/** The mention names a host, and the message above tells its address. */
function isOfHost(candidate: Candidate, { destination, named, source, port }: Candidate, parent: string): boolean {
  const host = (destination ?? named ?? source)?.end;
  const isSamePort = port === undefined || candidate.port === undefined || candidate.port.value === port.value;
  return host?.kind === 'host' && isAskable(candidate) && isSamePort && parent.includes(host.name);
}
