import { createRequire } from 'node:module';
import type { ResvgRenderOptions } from '@resvg/resvg-js';
import { svgFile } from '../picture/draw-card.ts';
import { FONT_FAMILY } from '../picture/text-width.ts';
import type { Drawing } from '../picture/svg.ts';

/** Twice as sharp as drawn, unless it would be longer than this a side. */
const SHARPNESS = 2;
const LONGEST_SIDE = 2_000;

/** Bytes; Slack would take far more, a phone should not. */
const LARGEST = 1_000_000;

/** A drawing as PNG, with the bundled typeface alone: the same on every machine. */
export async function renderPng(drawing: Drawing): Promise<Buffer> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const png = (await renderAsync(svgFile(drawing), options(drawing))).asPng();
  if (png.length > LARGEST) throw new Error(`a picture of ${png.length} bytes`);
  return png;
}

function options({ width, height }: Drawing): ResvgRenderOptions {
  return {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY },
    fitTo: { mode: 'zoom', value: Math.min(SHARPNESS, LONGEST_SIDE / Math.max(width, height)) },
  };
}

function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
    require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
  ];
}
