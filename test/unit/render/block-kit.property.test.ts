import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Block, Document, Span, Tone } from '../../../src/explain/document.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';
import { TONES } from '../../../src/render/tones.ts';
import { checkMessage } from '../../support/check-blocks.ts';

/** What people put into names and descriptions, by malice or by accident. */
const NASTY = [
  '<!channel>',
  '<!here|now>',
  '<@U012ABCDEF>',
  '<#C012ABCDEF>',
  '<https://evil.example|console>',
  '&lt;!channel&gt;',
  '`*bold*`',
  '```',
  '\u{202E}gpj.exe',
  '\u{0}\u{7}\u{1B}[31m',
  '\r\n\t',
  '\u{2028}',
  '\u{D800}',
  'x'.repeat(100_000),
  '<'.repeat(100_000),
  '"\\'.repeat(5_000),
  '',
  ' ',
];

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.constantFrom(...NASTY.filter((nasty) => nasty.length < 100)), { maxLength: 6 })
    .map((all) => all.join('')),
);

const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ kind: fc.constantFrom('words' as const, 'strong' as const, 'code' as const), text }),
  fc.record({ kind: fc.constant('resource' as const), id: text, label: text, url: text }),
  fc.record({ kind: fc.constant('resource' as const), id: text, url: fc.webUrl({ withQueryParameters: true }) }),
  fc.record({ kind: fc.constant('time' as const), at: fc.oneof(fc.integer(), fc.double()) }),
  fc.record({ kind: fc.constant('person' as const), id: fc.oneof(text, fc.constant('U012ABCDEF')) }),
);

const spans = fc.array(span, { minLength: 1, maxLength: 8 }) as unknown as fc.Arbitrary<readonly [Span, ...Span[]]>;

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constant('headline' as const),
    tone: fc.constantFrom(...(Object.keys(TONES) as Tone[])),
    spans,
  }),
  fc.record({ kind: fc.constant('title' as const), text }),
  fc.record({ kind: fc.constantFrom('paragraph' as const, 'note' as const), spans }),
  fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), items: fc.array(spans, { maxLength: 40 }) }),
  fc.record({ kind: fc.constant('command' as const), shell: text }),
  fc.record({ kind: fc.constant('terraform' as const), hcl: text }),
  fc.record({ kind: fc.constant('evidence' as const), lines: fc.array(text, { maxLength: 12 }) }),
);

const document: fc.Arbitrary<Document> = fc.record({ summary: text, blocks: fc.array(block, { maxLength: 12 }) });

describe('any document at all', () => {
  test.prop([document], { numRuns: 300 })('is taken by Slack, and no text in it becomes markup', (any) => {
    expect(renderSlackMessages(any).flatMap(checkMessage)).toEqual([]);
  });

  test.prop([document], { numRuns: 200 })('puts no control character into a terminal', (any) => {
    const shown = renderTerminal({ parent: any, replies: [any] }, { width: 80, colour: false });

    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  test.prop([document], { numRuns: 200 })('puts no control character into Markdown', (any) => {
    expect(renderMarkdown({ parent: any, replies: [] }).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  test.prop([fc.array(block, { minLength: 1_000, maxLength: 1_000, size: 'max' })], { numRuns: 3, endOnFailure: true })(
    'of a thousand blocks becomes several messages, none too large',
    (blocks) => {
      const messages = renderSlackMessages({ summary: 'long', blocks });

      expect(messages.length).toBeGreaterThan(1);
      expect(messages.flatMap(checkMessage)).toEqual([]);
    },
  );
});
