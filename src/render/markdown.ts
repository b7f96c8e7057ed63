import type { Block, Document, Span, Thread } from '../explain/document.ts';
import { plainSpan } from '../explain/plain-text.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { cleanLine, cleanLines } from './clean-text.ts';
import { TONES } from './tones.ts';

/** A thread as a Markdown file: the message, then its replies under a rule. */
export function renderMarkdown({ parent, replies }: Thread): string {
  return `${[parent, ...replies].map(renderDocument).join('\n\n---\n\n')}\n`;
}

function renderDocument(document: Document): string {
  const blocks = document.blocks.map(renderBlock).filter((text) => text !== '');
  return blocks.length === 0 ? escape(document.summary) : blocks.join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'headline':
      return `${TONES[block.tone].emoji} **${TONES[block.tone].word}:** ${renderSpans(block.spans)}`;
    case 'title':
      return `## ${escape(block.text)}`;
    case 'paragraph':
      return renderSpans(block.spans);
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${renderSpans(item)}`)
        .join('\n');
    case 'command':
      return fenced('sh', cleanLines(block.shell));
    case 'terraform':
      return fenced('hcl', cleanLines(block.hcl));
    case 'evidence':
      return fenced('', block.lines.map(cleanLine));
    case 'note':
      return `<sub>${renderSpans(block.spans)}</sub>`;
    case 'buttons':
      return '';
    default:
      return assertNever(block);
  }
}

function renderSpans(spans: readonly Span[]): string {
  return spans.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  switch (span.kind) {
    case 'words':
    case 'time':
    case 'person':
    case 'channel':
      return escape(plainSpan(span));
    case 'strong':
      return `**${escape(span.text)}**`;
    case 'code':
    case 'principal':
      return inlineCode(span.text);
    case 'resource': {
      const label = inlineCode(plainSpan(span));
      return span.url === undefined ? label : `[${label}](${encodeURI(cleanLine(span.url))})`;
    }
    default:
      return assertNever(span);
  }
}

/** Every character that CommonMark may read as markup: https://spec.commonmark.org/0.31.2/#backslash-escapes */
function escape(text: string): string {
  return cleanLine(text).replace(/[\\`*_[\]<>#|~&]/g, String.raw`\$&`);
}

function inlineCode(text: string): string {
  const line = cleanLine(text).trim();
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

function fenced(language: string, lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** A fence must be longer than any run of backticks within. */
function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}
