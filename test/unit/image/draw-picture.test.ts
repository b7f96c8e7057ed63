import { Resvg } from '@resvg/resvg-js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { drawAnswer, drawPicture } from '../../../src/image/draw-picture.ts';
import { renderPng } from '../../../src/image/render-png.ts';
import type { AnswerPicture } from '../../../src/picture/answer-picture.ts';
import { drawCard, PICTURE_WIDTH, svgFile } from '../../../src/picture/draw-card.ts';
import { pictureOfDiagnosis } from '../../../src/picture/picture-of-diagnosis.ts';
import { pictureOfPath } from '../../../src/picture/picture-of-path.ts';
import { FONT_FAMILY, textWidth } from '../../../src/picture/text-width.ts';
import { paths } from '../../support/pictures.ts';
import { PATHS } from '../golden/paths.ts';
import { SCENARIOS } from '../golden/scenarios.ts';

const pictures: readonly (readonly [string, AnswerPicture])[] = [
  ...[
    't-4-was-blocked',
    't-29-replies-denied-on-their-way-out',
    't-3-acl-deny-before-the-allow-and-no-group-rule-behind-it',
  ].map((name) => [name, pictureOfDiagnosis(SCENARIOS.get(name)!)!] as const),
  ...['path-answer-finds-no-route', 'path-names-that-would-be-markup'].map(
    (name) => [name, pictureOfPath(PATHS.get(name)!)] as const,
  ),
];

/** `npm run golden` rewrites the files; open them in a browser to see the difference. */
describe.each(pictures)('%s', (name, picture) => {
  it('is drawn as in the golden file, the same each time', async () => {
    const svg = svgFile(await drawAnswer(picture));

    expect(svgFile(await drawAnswer(picture))).toBe(svg);
    // An element a line, so that a difference can be read.
    await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`../../golden/pictures/${name}.svg`);
  });

  it('becomes a PNG that Slack and phones like', async () => {
    const { width, height, bytes } = readPng(await drawPicture(picture));

    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(Math.max(width, height)).toBeLessThanOrEqual(2_000);
    expect(width).toBeGreaterThanOrEqual(PICTURE_WIDTH);
  });
});

test.prop([paths], { numRuns: 8 })('the longest ways stay within the bounds', async (path) => {
  const png = readPng(await renderPng(drawCard({ tone: 'blocked', title: 'W'.repeat(160), path, altText: '' })));

  expect(Math.max(png.width, png.height)).toBeLessThanOrEqual(2_000);
  expect(png.bytes).toBeLessThanOrEqual(1_000_000);
});

describe('texts are as wide as they are taken to be, or narrower', () => {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index));
  const letters = fc.string({
    minLength: 1,
    maxLength: 40,
    unit: fc.constantFrom(...printable, 'é', 'Ü', 'ß', 'ж', 'λ', '…', '語'),
  });

  test.prop([letters, fc.boolean()], { numRuns: 40 })('in both weights', (text, bold) => {
    expect(drawnWidth(text, bold)).toBeLessThanOrEqual(textWidth(text, { size: 20, bold }) + 3);
  });
});

/** What the renderer itself makes of a text. */
function drawnWidth(text: string, bold: boolean): number {
  const written = drawCardText(text, bold);
  const fontFiles = ['', '-Bold'].map((weight) => `node_modules/dejavu-fonts-ttf/ttf/DejaVuSansCondensed${weight}.ttf`);
  const { width } = new Resvg(written, { font: { loadSystemFonts: false, fontFiles } }).innerBBox() ?? { width: 0 };
  return width;
}

function drawCardText(text: string, bold: boolean): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const weight = bold ? 'bold' : 'normal';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="60"><text x="0" y="40" font-family="${FONT_FAMILY}" font-size="20" font-weight="${weight}" xml:space="preserve">${escaped}</text></svg>`;
}

/** https://www.w3.org/TR/png-3/#5PNG-file-signature, then the IHDR chunk. */
function readPng(png: Buffer): { width: number; height: number; bytes: number } {
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: png.length };
}
