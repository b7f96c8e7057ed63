import type { Block, Document, Span, Thread } from '../explain/document.ts';
import { plainSpan } from '../explain/plain-text.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { cleanLine, cleanLines } from './clean-text.ts';
import { TONES } from './tones.ts';

export interface TerminalStyle {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

/** A thread for a terminal: prose is wrapped, commands and records are not, so that they can be copied. */
export function renderTerminal({ parent, replies }: Thread, style: TerminalStyle): string {
  return `${[parent, ...replies].map((document) => renderDocument(document, style)).join('\n\n')}\n`;
}

function renderDocument(document: Document, style: TerminalStyle): string {
  const blocks = document.blocks.map((block) => renderBlock(block, style)).filter((text) => text !== '');
  return blocks.length === 0 ? cleanLine(document.summary) : blocks.join('\n');
}

function renderBlock(block: Block, style: TerminalStyle): string {
  switch (block.kind) {
    case 'headline': {
      const { emoji, word, ansi } = TONES[block.tone];
      return wrap(`${emoji} ${word}: ${renderSpans(block.spans)}`, style.width, '   ')
        .map((line) => painted(line, [1, ansi], style))
        .join('\n');
    }
    case 'title':
      return painted(cleanLine(block.text), [1], style);
    case 'paragraph':
      return indented(renderSpans(block.spans), style, '   ');
    case 'list':
      return block.items
        .map((item, index) => renderItem(item, block.ordered ? `${index + 1}.` : '-', style))
        .join('\n');
    case 'command':
      return renderToCopy(block.shell, style);
    case 'terraform':
      return renderToCopy(block.hcl, style);
    case 'evidence':
      return block.lines.map((line) => painted(`   ${cleanLine(line)}`, [2], style)).join('\n');
    case 'note':
      return wrap(`   ${renderSpans(block.spans)}`, style.width, '   ')
        .map((line) => painted(line, [2], style))
        .join('\n');
    case 'buttons':
      return '';
    default:
      return assertNever(block);
  }
}

function renderToCopy(text: string, style: TerminalStyle): string {
  return cleanLines(text)
    .map((line) => painted(`   ${line}`, [36], style))
    .join('\n');
}

function renderItem(item: readonly Span[], mark: string, { width }: TerminalStyle): string {
  const lead = `   ${mark} `;
  return wrap(`${lead}${renderSpans(item)}`, width, ' '.repeat(lead.length)).join('\n');
}

function indented(text: string, { width }: TerminalStyle, indent: string): string {
  return wrap(`${indent}${text}`, width, indent).join('\n');
}

/** Emphasis is left to colour: signs around words would be copied with them. */
function renderSpans(spans: readonly Span[]): string {
  return spans.map((span) => cleanLine(plainSpan(span))).join('');
}

const NARROWEST = 40;

/** Breaks between words; a word longer than a line stays whole, so that ids and addresses can be copied. */
function wrap(text: string, width: number, indent: string): string[] {
  const limit = Math.max(NARROWEST, width);
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  let empty = true;
  for (const word of text.trim().split(/ +/)) {
    if (!empty && line.length + 1 + word.length > limit) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line = empty ? `${line}${word}` : `${line} ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
function painted(text: string, codes: readonly number[], { colour }: TerminalStyle): string {
  return colour && text !== '' ? `${ESCAPE}[${codes.join(';')}m${text}${ESCAPE}[0m` : text;
}

const ESCAPE = '\u{1B}';
