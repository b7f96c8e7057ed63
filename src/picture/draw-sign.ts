import type { HopState } from './answer-picture.ts';
import { tag } from './svg.ts';

export interface Sign {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
}

/** A disc with a tick, a cross or a question mark: what happened can be told without its colour. */
export function drawSign(state: HopState, { x, y, radius, colour }: Sign): string {
  const strokes = STROKES[state](radius / 10);
  const isHollow = state === 'end' || state === 'not-reached';
  const disc = tag('circle', {
    cx: 0,
    cy: 0,
    r: radius,
    fill: isHollow ? '#ffffff' : colour,
    stroke: colour,
    'stroke-width': 2,
  });
  const mark = tag('path', {
    d: strokes,
    fill: 'none',
    stroke: isHollow ? colour : '#ffffff',
    'stroke-width': radius / 4,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
  return tag('g', { transform: `translate(${x} ${y})` }, disc + mark);
}

/** Paths for a disc of radius ten, times the scale. */
const STROKES: Readonly<Record<HopState, (scale: number) => string>> = {
  passed: path([
    ['M', -4.5, 0.5],
    ['L', -1.2, 4],
    ['L', 5, -3.8],
  ]),
  blocked: path([
    ['M', -4, -4],
    ['L', 4, 4],
    ['M', 4, -4],
    ['L', -4, 4],
  ]),
  unknown: path([
    ['M', -3, -2.6],
    ['Q', -3, -5.6, 0, -5.6],
    ['Q', 3.2, -5.6, 3.2, -2.8],
    ['Q', 3.2, -0.8, 0, 0.6],
    ['L', 0, 1.8],
    ['M', 0, 5],
    ['L', 0, 5.1],
  ]),
  end: path([
    ['M', -1.2, -1.2],
    ['L', 1.2, -1.2],
    ['L', 1.2, 1.2],
    ['L', -1.2, 1.2],
    ['L', -1.2, -1.2],
  ]),
  'not-reached': path([
    ['M', -4, 0],
    ['L', 4, 0],
  ]),
};

type Stroke = readonly [command: string, ...numbers: readonly number[]];

function path(strokes: readonly Stroke[]): (scale: number) => string {
  return (scale) =>
    strokes
      .map(
        ([command, ...numbers]) => `${command}${numbers.map((each) => Math.round(each * scale * 100) / 100).join(' ')}`,
      )
      .join(' ');
}
