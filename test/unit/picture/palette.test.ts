import { expect, it } from 'vitest';
import { CHART_COLOURS, GROUND, HOP_COLOURS, TONE_COLOURS } from '../../../src/picture/palette.ts';

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const onFills = Object.entries({ ...HOP_COLOURS, ...TONE_COLOURS }).flatMap(([what, { ink, fill }]) => [
  [`ink of ${what}`, ink, fill],
  [`text on ${what}`, GROUND.text, fill],
  [`small text on ${what}`, GROUND.soft, fill],
  [`white sign of ${what}`, '#ffffff', ink],
]);

it.each([
  ...onFills,
  ['text', GROUND.text, GROUND.card],
  ['small text', GROUND.soft, GROUND.card],
  ['changes', CHART_COLOURS.change, GROUND.card],
])('%s is legible: contrast of 4.5 and more', (_, ink, fill) => {
  expect(contrast(ink, fill)).toBeGreaterThanOrEqual(4.5);
});
