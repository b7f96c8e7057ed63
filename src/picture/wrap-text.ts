import { CUT_MARK } from '../render/clean-text.ts';
import { textWidth, type TextStyle } from './text-width.ts';

export interface Measure {
  readonly width: number;
  readonly most: number;
}

/** Breaks a text into lines that fit the width, between words where it can; what the last line has no room for is cut. */
export function wrapText(text: string, style: TextStyle, { width, most }: Measure): readonly string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '' && lines.length < most) {
    const isLast = lines.length === most - 1;
    const taken = isLast ? cutToWidth(rest, style, width) : takeLine(rest, style, width);
    lines.push(taken.trimEnd());
    rest = isLast ? '' : rest.slice(taken.length).trimStart();
  }
  return lines;
}

/** As many words as fit; of a word that is too long alone, as much as fits. */
function takeLine(text: string, style: TextStyle, width: number): string {
  const fitting = fittingPart(text, style, width);
  if (fitting === text) return text;
  const space = fitting.endsWith(' ') || text[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
  return space > 0 ? fitting.slice(0, space) : fitting;
}

function cutToWidth(text: string, style: TextStyle, width: number): string {
  if (textWidth(text, style) <= width) return text;
  return `${fittingPart(text, style, width - textWidth(CUT_MARK, style)).trimEnd()}${CUT_MARK}`;
}

/** Never half a character, and never nothing: an endless loop would be worse than a text too wide. */
function fittingPart(text: string, style: TextStyle, width: number): string {
  let taken = '';
  for (const character of text) {
    if (taken !== '' && textWidth(taken + character, style) > width) return taken;
    taken += character;
  }
  return taken;
}
