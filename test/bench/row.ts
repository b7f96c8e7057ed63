import type { Timings } from './interleave.ts';
import type { Timing } from './measure.ts';

/** One line of the table. Ratios are ours by theirs, of times: less is faster. */
export interface Row {
  readonly what: string;
  readonly beside: string;
  readonly goal?: number;
  readonly wall: number;
  /** Of processor time, where that can be told: other programs on the machine disturb it less. */
  readonly cpu?: number;
  readonly detail: string;
}

export type RowOf = Pick<Row, 'what' | 'beside' | 'goal'> & { readonly detail?: string };

/** Two of the runs side by side. */
export function rowOf(timings: Timings, { detail, ...row }: RowOf): Row {
  const [own, other] = [timings[row.what], timings[row.beside]];
  if (own === undefined || other === undefined) throw new Error(`no run is called ${row.what} or ${row.beside}`);
  const times = `${inWords(own)} beside ${inWords(other)}`;
  return {
    ...row,
    wall: own.wall / other.wall,
    ...(other.cpu > 0 && { cpu: own.cpu / other.cpu }),
    detail: detail === undefined ? times : `${times}; ${detail}`,
  };
}

function inWords({ wall, cpu }: Timing): string {
  return `${duration(wall)} (processor ${duration(cpu)})`;
}

export function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? (['ns', 1e-9] as const);
  return `${(seconds / size).toPrecision(3)} ${unit}`;
}

const UNITS = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
  ['ns', 1e-9],
] as const;
