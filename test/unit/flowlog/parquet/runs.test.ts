import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { Levels } from '../../../../src/flowlog/parquet/levels.ts';
import { Runs } from '../../../../src/flowlog/parquet/runs.ts';
import { runBytes, runsOf, type WrittenRun } from '../../../support/run-bytes.ts';

function numbersIn(bytes: readonly number[], width: number, count: number): number[] {
  const runs = new Runs(Buffer.from(bytes), width);
  return Array.from({ length: count }, (_, place) => runs.numberAt(place));
}

describe('runs', () => {
  it.each([
    // The example of the specification: 0 to 7 in three bits each.
    { what: 'packed', width: 3, bytes: [0x03, 0x88, 0xc6, 0xfa], numbers: [0, 1, 2, 3, 4, 5, 6, 7] },
    { what: 'repeated', width: 3, bytes: [0x0a, 0x05], numbers: [5, 5, 5, 5, 5] },
    { what: 'repeated, in two bytes', width: 10, bytes: [0x06, 0x2c, 0x01], numbers: [300, 300, 300] },
    { what: 'one of each', width: 1, bytes: [0x04, 0x01, 0x03, 0x05], numbers: [1, 1, 1, 0, 1, 0, 0, 0, 0, 0] },
    { what: 'packed and padded', width: 2, bytes: [0x03, 0x39, 0x00], numbers: [1, 2, 3] },
    { what: 'of no bits', width: 0, bytes: [], numbers: [0, 0, 0] },
    { what: 'empty before the first number', width: 1, bytes: [0x00, 0x01, 0x01, 0x04, 0x01], numbers: [1, 1] },
  ])('that are $what are read', ({ width, bytes, numbers }) => {
    expect(numbersIn(bytes, width, numbers.length)).toEqual(numbers);
  });

  it('of 2³¹ numbers cost no more than what is asked of them', () => {
    const endless = Buffer.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 0x01);

    expect(new Runs(endless, 1).numberAt(4_000)).toBe(1);
    expect(new Runs(endless, 1).onesIn(0, 1_000_000)).toBe(1_000_000);
  });

  it.each([
    { what: 'nothing', bytes: [] },
    { what: 'a length without an end', bytes: Array.from({ length: 11 }, () => 0xff) },
    { what: 'a length without its number', bytes: [0x08] },
    { what: 'fewer packed numbers than it says', bytes: [0xff, 0x01, 0x05] },
    { what: 'runs of no length only', bytes: Array.from({ length: 500 }, () => 0x01) },
  ])('that are $what are refused', ({ bytes }) => {
    expect(() => numbersIn(bytes, 3, 20)).toThrow(/ends too early|without an end/);
    expect(() => new Runs(Buffer.from(bytes), 1).onesIn(0, 20)).toThrow(/ends too early|without an end/);
  });

  it('of more bits than a dictionary needs are refused', () => {
    expect(() => new Runs(Buffer.of(0x02, 0, 0, 0, 0), 25)).toThrow('codes of 25 bits');
  });
});

const widths = fc.integer({ min: 1, max: 24 });

/** As a writer might choose them: packed runs of whole eights, except the last. */
const runsOfWidth = (width: number): fc.Arbitrary<readonly WrittenRun[]> => {
  const number = fc.nat({ max: 2 ** width - 1 });
  const repeated = fc.record({ times: fc.integer({ min: 0, max: 70 }), number });
  const packed = fc.array(fc.array(number, { minLength: 8, maxLength: 8 }), { maxLength: 5 });
  return fc.array(
    fc.oneof(
      repeated,
      packed.map((eights) => ({ packed: eights.flat() })),
    ),
    { maxLength: 8 },
  );
};

const numbersOf = (runs: readonly WrittenRun[]): number[] =>
  runs.flatMap((run) => ('packed' in run ? run.packed : Array.from({ length: run.times }, () => run.number)));

test.prop([widths.chain((width) => fc.tuple(fc.constant(width), runsOfWidth(width))), fc.integer({ min: 1, max: 30 })])(
  'what was written is read, whichever places are asked for',
  ([width, written], step) => {
    const numbers = numbersOf(written);
    const runs = new Runs(runBytes(written, width), width);
    const places = [...numbers.keys()].filter((place) => place % step === 0);

    expect(places.map((place) => runs.numberAt(place))).toEqual(places.map((place) => numbers[place]));
  },
);

test.prop([runsOfWidth(1), fc.nat({ max: 300 }), fc.nat({ max: 300 })])(
  'ones are counted as they are read one by one',
  (written, first, second) => {
    const numbers = numbersOf(written);
    const [from, end] = [first, second].map((place) => Math.min(place, numbers.length)).toSorted((a, b) => a - b);
    const ones = numbers.slice(from, end).filter((number) => number === 1).length;

    expect(new Runs(runBytes(written, 1), 1).onesIn(from!, end!)).toBe(ones);
  },
);

test.prop([fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 9 })])(
  'levels say where the value of a row stands, and which row has the value',
  (isThere, step) => {
    const levels = new Levels(runBytes(runsOf(isThere), 1), isThere.length);
    const rows = [...isThere.keys()].filter((row) => isThere[row] === 1);
    const asked = [...isThere.keys()].filter((row) => row % step === 0);
    const places = [...rows.keys()].filter((place) => place % step === 0);
    const placeIn = (row: number) => (rows.includes(row) ? rows.indexOf(row) : undefined);

    expect(levels.count).toBe(rows.length);
    expect(asked.map((row) => levels.placeOf(row))).toEqual(asked.map(placeIn));
    expect(levels.rowsOf(places)).toEqual(places.map((place) => rows[place]));
  },
);
