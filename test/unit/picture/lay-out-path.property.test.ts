import { it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { CONTENT_WIDTH } from '../../../src/picture/draw-card.ts';
import {
  extentOf,
  layOutPath,
  type PathLayout,
  type PlacedText,
  type Rectangle,
} from '../../../src/picture/lay-out-path.ts';
import { paths } from '../../support/pictures.ts';

const boxesOf = ({ legs }: PathLayout) => legs.flatMap(({ hops }) => hops);

/** What only touches does not overlap; sums of fractions are off by less than this. */
const HAIR = 0.01;

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width - HAIR &&
  b.x < a.x + a.width - HAIR &&
  a.y < b.y + b.height - HAIR &&
  b.y < a.y + a.height - HAIR;

const holds = (outer: Rectangle, inner: Rectangle) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const textsOf = (box: ReturnType<typeof boxesOf>[number]): readonly PlacedText[] => [
  ...(box.badge === undefined ? [] : [box.badge]),
  ...box.texts,
];

describe('whatever the way, with fourteen hops and sixty letters a name', () => {
  it.prop([paths], { numRuns: 300 })('no two boxes and no two texts overlap', (path) => {
    const boxes = boxesOf(layOutPath(path, CONTENT_WIDTH));
    const texts = boxes.flatMap(textsOf).map(extentOf);

    for (const all of [boxes, texts]) {
      for (const [index, one] of all.entries()) {
        expect(all.slice(index + 1).filter((other) => overlap(one, other))).toEqual([]);
      }
    }
  });

  it.prop([paths], { numRuns: 300 })('every text fits its box, and every box the picture', (path) => {
    const layout = layOutPath(path, CONTENT_WIDTH);
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height + HAIR };

    for (const box of boxesOf(layout)) {
      expect(holds(whole, box)).toBe(true);
      for (const text of textsOf(box)) expect([text.text, holds(box, extentOf(text))]).toEqual([text.text, true]);
    }
  });

  it.prop([paths], { numRuns: 100 })('every hop is there, numbered in the order it is travelled', (path) => {
    for (const { leg, hops } of layOutPath(path, CONTENT_WIDTH).legs) {
      expect(hops.map(({ hop }) => hop)).toEqual(path[leg]);
      expect(hops.every(({ texts }, index) => texts[0]?.text.startsWith(`${index + 1}.`))).toBe(true);
    }
  });

  it.prop([paths], { numRuns: 100 })('the way there goes down, the way back goes up', (path) => {
    for (const { leg, hops } of layOutPath(path, CONTENT_WIDTH).legs) {
      const tops = hops.map(({ y }) => y);
      expect(tops).toEqual(tops.toSorted((a, b) => (leg === 'forward' ? a - b : b - a)));
    }
  });
});
