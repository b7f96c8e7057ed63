import type { PlacedText } from './lay-out-path.ts';
import { escapeXml, tag } from './svg.ts';
import { FONT_FAMILY } from './text-width.ts';

export function drawText({ text, x, baseline, style }: PlacedText, colour: string): string {
  const weight = style.bold === true ? 'bold' : undefined;
  const look = { 'font-family': FONT_FAMILY, 'font-size': style.size, 'font-weight': weight, fill: colour };
  return tag('text', { x, y: baseline, ...look, 'xml:space': 'preserve' }, escapeXml(text));
}
