import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Choice, FreeTextReading, NothingBecause } from '../../explain/reading.ts';
import { STRENGTH, type Candidate } from './candidate.ts';
import { wordSet } from './word-set.ts';
import { writeCommand, type Wish } from './write-command.ts';

/** One question, or all that it might be: never a guess. */
export function choose(candidates: readonly Candidate[], wish: Wish): FreeTextReading {
  const meant = plainest(candidates.filter(isAskable), candidates);
  const choices = [
    ...new Map(
      meant.flatMap((candidate) => writeCommand(candidate, wish) ?? []).map((each) => [each.command, each]),
    ).values(),
  ];
  const [only, ...more] = choices;
  if (only !== undefined && more.length === 0) return { kind: 'question', ...only };
  if (only !== undefined) return several(choices);
  const because = hostIn(candidates);
  return { kind: 'nothing', ...(because !== undefined && { because }) };
}

/** As many as people choose from. */
const MOST_CHOICES = 5;

function several(choices: readonly Choice[]): FreeTextReading {
  const shown = choices.slice(0, MOST_CHOICES);
  const left = choices.length - shown.length;
  return isNonEmpty(shown) ? { kind: 'several', choices: shown, ...(left > 0 && { left }) } : { kind: 'nothing' };
}

/** Whether anything in it has an interface to look at. */
export function isAskable({ source, destination, named }: Candidate): boolean {
  return [source, destination, named].some((token) => token !== undefined && HAVE_INTERFACES.has(token.end.kind));
}

const HAVE_INTERFACES = wordSet('interface instance address');

/** What was said plainest. An address beside a failing name is not what failed, unless it shares the port. */
function plainest(askable: readonly Candidate[], all: readonly Candidate[]): readonly Candidate[] {
  const strength = askable.map((candidate) => candidate.strength).reduce((a, b) => (a > b ? a : b), STRENGTH.aside);
  const meant = askable.filter((candidate) => candidate.strength === strength);
  const failing = all.filter((candidate) => !isAskable(candidate) && candidate.strength > strength);
  return meant.filter(({ port }) =>
    failing.every((name) => name.port !== undefined && name.port.value === port?.value),
  );
}

function hostIn(candidates: readonly Candidate[]): NothingBecause | undefined {
  const named = candidates.filter(({ strength, port }) => strength === STRENGTH.told || port !== undefined);
  for (const { source, destination, named: bare, port } of named) {
    const token = destination ?? bare ?? source;
    if (token?.end.kind !== 'host') continue;
    const number = token.port ?? port?.value;
    return { kind: 'host-name', name: token.end.name, ...(number !== undefined && { port: number }) };
  }
  return undefined;
}
