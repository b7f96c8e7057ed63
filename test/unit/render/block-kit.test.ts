import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/explain/document.ts';
import { sentence, time } from '../../../src/explain/sentence.ts';
import { renderSlackMessages } from '../../../src/render/block-kit.ts';
import { checkMessage } from '../../support/check-blocks.ts';

function draw(...blocks: readonly Block[]) {
  return renderSlackMessages({ summary: 'the <summary>', blocks });
}

describe('Slack', () => {
  it('gets the verdict in the text of notifications, escaped', () => {
    const [message] = draw({ kind: 'headline', tone: 'blocked', spans: sentence`x` });

    expect(message).toMatchObject({
      text: '🔴 Blocked: the &lt;summary&gt;',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '🔴 *Blocked:* x' } }],
    });
  });

  it('shows times in the time of the reader, with UTC to fall back on', () => {
    const spans = sentence`${time(1_795_442_590)} to ${{ kind: 'time', at: 1_795_442_600, clockOnly: true }}`;

    expect(draw({ kind: 'paragraph', spans })[0]?.blocks).toMatchObject([
      {
        text: {
          text:
            '<!date^1795442590^{date_short_pretty} {time_secs}|2026-11-23 14:03:10Z> to ' +
            '<!date^1795442600^{time_secs}|14:03:20Z>',
        },
      },
    ]);
  });

  it.each([
    ['U012ABCDEF', '<@U012ABCDEF>'],
    ['dana', 'dana'],
    ['<@U012ABCDEF>', '&lt;@U012ABCDEF&gt;'],
  ])('names the asker %s as %s', (id, shown) => {
    expect(draw({ kind: 'note', spans: [{ kind: 'person', id }] })[0]?.blocks).toMatchObject([
      { elements: [{ text: shown }] },
    ]);
  });

  it.each([
    ['https://evil.example/>|x', '`sg-0c44`'],
    ['javascript:alert(1)', '`sg-0c44`'],
    ['https://console.aws.amazon.com/?a=1&b=2', '<https://console.aws.amazon.com/?a=1&amp;b=2|sg-0c44>'],
  ])('links only to what is a plain address: %s', (url, shown) => {
    expect(draw({ kind: 'paragraph', spans: [{ kind: 'resource', id: 'sg-0c44', url }] })[0]?.blocks).toMatchObject([
      { text: { text: shown } },
    ]);
  });

  it('shows five records and counts the others', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `record ${index}`);

    expect(JSON.stringify(draw({ kind: 'evidence', lines }))).toContain(String.raw`record 4\n… 7 more`);
  });

  it('never sends half a command', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `aws ec2 command number ${index}`);
    const text = JSON.stringify(draw({ kind: 'command', shell: lines.join('\n') }));

    expect(text).toMatch(/aws ec2 command number \d+\\n# … \d+ more: ask vpc-why in a terminal/);
    expect(JSON.stringify(draw({ kind: 'command', shell: 'x'.repeat(4_000) }))).toContain('"# … 1 more');
  });

  it('never tears a Terraform resource apart', () => {
    const resources = Array.from(
      { length: 30 },
      (_, index) => `resource "aws_route" "r${index}" {\n${'x'.repeat(300)}\n}`,
    );
    const blocks = draw({ kind: 'terraform', hcl: resources.join('\n\n') }).flatMap((message) => message.blocks);
    const texts = blocks.map((block) => JSON.stringify(block));

    expect(texts.length).toBeGreaterThan(3);
    expect(texts.every((text) => text.includes('"text":"resource ') && text.includes('\\n}"'))).toBe(true);
    expect(texts.join('').match(/resource /g)).toHaveLength(30);
  });

  it('counts list items that are too many', () => {
    const items = Array.from({ length: 30 }, (_, index) => sentence`item ${index}`);

    expect(JSON.stringify(draw({ kind: 'list', ordered: true, items }))).toContain(String.raw`20. item 19\n… 10 more`);
  });

  it('cuts a long document between blocks and numbers the parts', () => {
    const messages = draw(...Array.from({ length: 120 }, () => ({ kind: 'title', text: 'part' }) as const));

    expect(messages.map(({ text }) => text)).toEqual([
      'the &lt;summary&gt; (1 of 3)',
      'the &lt;summary&gt; (2 of 3)',
      'the &lt;summary&gt; (3 of 3)',
    ]);
    expect(messages.map(({ blocks }) => blocks.length)).toEqual([50, 50, 20]);
    expect(messages.flatMap(checkMessage)).toEqual([]);
  });

  it('leaves out what is empty, and still says something', () => {
    const messages = renderSlackMessages({ summary: '', blocks: [{ kind: 'title', text: '\u{7}' }] });

    expect(messages).toEqual([{ text: 'vpc-why', blocks: [] }]);
  });
});
