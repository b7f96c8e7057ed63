import { deepStrictEqual, ok } from 'node:assert/strict';

/** Rejected records of one interface, source, destination, destination port and protocol. */
export interface RejectCount {
  readonly flow: string;
  readonly records: number;
}

export type TopRejects = readonly RejectCount[];

export const TOP = 20;

export function topOf(counts: TopRejects): TopRejects {
  return counts.toSorted((a, b) => b.records - a.records || (a.flow < b.flow ? -1 : 1)).slice(0, TOP);
}

/** What is handed in must be equal each time. */
export function sameAnswers(): (answer: TopRejects) => void {
  let first: TopRejects | undefined;
  return (answer) => {
    ok(answer.length === TOP);
    first ??= answer;
    deepStrictEqual(answer, first);
  };
}
