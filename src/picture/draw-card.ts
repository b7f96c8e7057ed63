import { TONES } from '../render/tones.ts';
import type { AnswerPicture, HopState, PictureTone } from './answer-picture.ts';
import { drawPath } from './draw-path.ts';
import { drawSign } from './draw-sign.ts';
import { drawText } from './draw-text.ts';
import { GROUND, TONE_COLOURS } from './palette.ts';
import { placed, tag, type Drawing } from './svg.ts';
import { textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

/** Shown 400 pixels wide on a phone, its smallest letters are nine pixels high. */
export const PICTURE_WIDTH = 720;

const MARGIN = 10;
const PADDING = 22;
export const CONTENT_WIDTH = PICTURE_WIDTH - 2 * (MARGIN + PADDING);
const SECTION_GAP = 24;

/** The whole picture as SVG: a card with the verdict, the way, and the timeline that was drawn for it. */
export function drawCard({ tone, title, path }: AnswerPicture, timeline?: Drawing): Drawing {
  const sections = [
    drawHead(tone, title),
    ...(path === undefined ? [] : [drawPath(path, CONTENT_WIDTH)]),
    ...(timeline === undefined ? [] : [timeline]),
  ].filter(({ height }) => height > 0);
  let y = MARGIN + PADDING;
  const drawn = sections.map((section) => {
    const body = placed(section, { x: MARGIN + PADDING, y });
    y += section.height + SECTION_GAP;
    return body;
  });
  const height = Math.ceil(y - SECTION_GAP + PADDING + MARGIN);
  return { width: PICTURE_WIDTH, height, body: [...ground(height), ...drawn].join('') };
}

/** An SVG file of its own. */
export function svgFile({ width, height, body }: Drawing): string {
  return `${tag('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, body)}\n`;
}

function ground(height: number): readonly string[] {
  const card = { x: MARGIN, y: MARGIN, width: PICTURE_WIDTH - 2 * MARGIN, height: height - 2 * MARGIN, rx: 12 };
  return [
    tag('rect', { x: 0, y: 0, width: PICTURE_WIDTH, height, fill: GROUND.page }),
    tag('rect', { ...card, fill: GROUND.card, stroke: GROUND.line, 'stroke-width': 1 }),
  ];
}

const WORD = { size: 21, bold: true } as const;
const TITLE = { size: 21, bold: true } as const;
const CHIP_HEIGHT = 36;
const TITLE_LINE = 27;
const MOST_TITLE_LINES = 3;

function drawHead(tone: PictureTone, title: string): Drawing {
  const { ink, fill } = TONE_COLOURS[tone];
  const { word } = TONES[tone];
  const lines = wrapText(title, TITLE, { width: CONTENT_WIDTH, most: MOST_TITLE_LINES });
  const width = 42 + textWidth(word, WORD) + 16;
  const top = CHIP_HEIGHT + 8;
  const body = [
    tag('rect', { x: 0, y: 0, width, height: CHIP_HEIGHT, rx: CHIP_HEIGHT / 2, fill, stroke: ink, 'stroke-width': 2 }),
    drawSign(SIGN_OF[tone], { x: 20, y: CHIP_HEIGHT / 2, radius: 11, colour: ink }),
    drawText({ text: word, x: 40, baseline: 25.5, style: WORD }, ink),
    ...lines.map((text, index) =>
      drawText({ text, x: 0, baseline: top + TITLE.size + index * TITLE_LINE, style: TITLE }, GROUND.text),
    ),
  ];
  return { width: CONTENT_WIDTH, height: top + lines.length * TITLE_LINE, body: body.join('') };
}

const SIGN_OF: Readonly<Record<PictureTone, HopState>> = {
  blocked: 'blocked',
  'likely-blocked': 'blocked',
  'not-blocked': 'passed',
  'no-evidence': 'not-reached',
  'could-not-check': 'unknown',
  reachable: 'passed',
  undetermined: 'unknown',
};
