import { culpritsOf } from '../culprits.ts';
import type { RowId } from '../finding.ts';
import { numberOf, precedenceOf } from './precedence.ts';
import type { Conclusion, Row } from './row.ts';
import type { Situation } from './situation.ts';
import { DECISION_TABLE } from './table.ts';

/** What the table says of a situation. */
export interface Decided extends Conclusion {
  readonly row: RowId;
  readonly alternatives: readonly RowId[];
}

/**
 * The most specific row that holds concludes. Others that hold and would say something else are alternatives, in the
 * table's order (DEC-1 steps 7 and 8). `undefined` only if no row holds, which the tests show does not happen.
 */
export function decide(situation: Situation): Decided | undefined {
  const holding = BY_PRECEDENCE.flatMap((row) => {
    const conclude = concluder(row, situation);
    return conclude === undefined ? [] : [{ id: row.id, conclude }];
  });
  const [chosen, ...others] = holding;
  if (chosen === undefined) return undefined;
  const conclusion = chosen.conclude();
  const alternatives = others
    .filter(({ conclude }) => !saysTheSame(conclude(), conclusion))
    .map(({ id }) => id)
    .sort((a, b) => numberOf(a) - numberOf(b));
  return { row: chosen.id, alternatives, ...conclusion };
}

/** The same verdict on the same culprits; where nothing is told, for want of the same facts. */
function saysTheSame(a: Conclusion, b: Conclusion): boolean {
  if (a.verdict !== b.verdict || culpritsOf(a) !== culpritsOf(b)) return false;
  return a.verdict !== 'undetermined' || missing(a) === missing(b);
}

function missing({ gaps }: Conclusion): string {
  return gaps
    .map(({ fact, about = '' }) => `${fact} ${about}`)
    .toSorted()
    .join(' | ');
}

const BY_PRECEDENCE = [...DECISION_TABLE].sort((a, b) => precedenceOf(a.id) - precedenceOf(b.id));

/** How the row concludes of the situation, if it holds: asks each row only about what it is about. */
function concluder(row: Row, situation: Situation): (() => Conclusion) | undefined {
  if (row.about === 'flow' && situation.kind === 'flow') return holds(row, situation);
  if (row.about === 'silence' && situation.kind === 'silence') return holds(row, situation);
  return undefined;
}

function holds<About extends Situation>(
  row: { readonly when: readonly ((about: About) => boolean)[]; readonly conclude: (about: About) => Conclusion },
  about: About,
): (() => Conclusion) | undefined {
  return row.when.every((predicate) => predicate(about)) ? () => row.conclude(about) : undefined;
}
