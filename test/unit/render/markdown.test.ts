import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/explain/document.ts';
import { code, sentence } from '../../../src/explain/sentence.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';

function draw(...blocks: Block[]): string {
  return renderMarkdown({ parent: { summary: 'summary', blocks }, replies: [] });
}

describe('Markdown', () => {
  it.each([
    ['*bold* _slanted_', String.raw`\*bold\* \_slanted\_`],
    ['[text](https://evil.example)', String.raw`\[text\](https://evil.example)`],
    ['<img src=x>', String.raw`\<img src=x\>`],
    ['# a | b', String.raw`\# a \| b`],
  ])('shows %s as it is', (text, shown) => {
    expect(draw({ kind: 'paragraph', spans: sentence`${text}` })).toBe(`${shown}\n`);
  });

  it.each([
    ['plain', '`plain`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
  ])('fences the code %s', (text, shown) => {
    expect(draw({ kind: 'paragraph', spans: [code(text)] })).toBe(`${shown}\n`);
  });

  it('keeps a record that looks like the end of a block inside it', () => {
    expect(draw({ kind: 'evidence', lines: ['```', 'x'] })).toBe('````\n```\nx\n````\n');
  });

  it('links a resource by its name', () => {
    const spans = [{ kind: 'resource', id: 'sg-0c44', url: 'https://eu-west-1.console.aws.amazon.com/' }] as const;

    expect(draw({ kind: 'paragraph', spans })).toBe('[`sg-0c44`](https://eu-west-1.console.aws.amazon.com/)\n');
  });
});
