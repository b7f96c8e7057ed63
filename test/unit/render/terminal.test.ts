import { describe, expect, it } from 'vitest';
import type { Block, Thread } from '../../../src/explain/document.ts';
import { code, sentence, strong, time } from '../../../src/explain/sentence.ts';
import { renderTerminal } from '../../../src/render/terminal.ts';

const words = 'one two three four five six seven eight nine ten eleven twelve thirteen';

function draw(blocks: readonly Block[], style = { width: 40, colour: false }): string {
  const thread: Thread = { parent: { summary: 'summary', blocks }, replies: [] };
  return renderTerminal(thread, style);
}

describe('a terminal', () => {
  it('shows a verdict by emoji and word, and wraps it', () => {
    expect(draw([{ kind: 'headline', tone: 'blocked', spans: sentence`${words}` }])).toBe(
      '🔴 Blocked: one two three four five six\n   seven eight nine ten eleven twelve\n   thirteen\n',
    );
  });

  it('hangs list items under their first word', () => {
    expect(draw([{ kind: 'list', ordered: true, items: [sentence`${words}`, sentence`b`] }])).toBe(
      '   1. one two three four five six seven\n      eight nine ten eleven twelve\n      thirteen\n   2. b\n',
    );
  });

  it('never breaks a command, an id or a record', () => {
    const long = `aws ec2 ${'x'.repeat(80)}`;

    expect(draw([{ kind: 'command', shell: `${long} \\\n  --b` }])).toBe(`   ${long} \\\n     --b\n`);
    expect(draw([{ kind: 'evidence', lines: [`${words} ${words}`] }])).toBe(`   ${words} ${words}\n`);
    expect(draw([{ kind: 'paragraph', spans: sentence`see ${code('y'.repeat(60))}` }])).toBe(
      `   see\n   ${'y'.repeat(60)}\n`,
    );
  });

  it('says times in UTC and leaves emphasis to colour', () => {
    expect(draw([{ kind: 'note', spans: sentence`${strong('at')} ${time(0)}` }])).toBe('   at 1970-01-01 00:00:00Z\n');
  });

  it('colours only when asked to', () => {
    const blocks: Block[] = [{ kind: 'headline', tone: 'not-blocked', spans: sentence`fine` }];

    expect(draw(blocks, { width: 80, colour: true })).toBe('\u{1B}[1;32m🟢 Not blocked: fine\u{1B}[0m\n');
  });

  it('shows the summary of a document without blocks, and replies below', () => {
    const thread: Thread = {
      parent: { summary: 'first', blocks: [] },
      replies: [{ summary: 'Why', blocks: [{ kind: 'title', text: 'Why' }] }],
    };

    expect(renderTerminal(thread, { width: 80, colour: false })).toBe('first\n\nWhy\n');
  });
});
