import { expect, it } from 'vitest';
import { messageText } from '../../../src/slack/message-text.ts';

const richText = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

it.each<[string, object, string]>([
  ['plain text', { text: 'eni-1 is rejected' }, 'eni-1 is rejected'],
  [
    'what a person wrote, which stands in text and in blocks, once',
    {
      text: '`10.0.1.5` can&amp;t reach <http://db.internal|db.internal>',
      blocks: [
        richText(
          { type: 'text', text: '10.0.1.5', style: { code: true } },
          { type: 'text', text: ' can&t reach ' },
          { type: 'link', url: 'http://db.internal', text: 'db.internal' },
        ),
      ],
    },
    '`10.0.1.5` can&amp;t reach <http://db.internal|db.internal>',
  ],
  [
    'an address that begins like another is another',
    { text: 'from 10.0.1.55', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '10.0.1.5' } }] },
    'from 10.0.1.55\n10.0.1.5',
  ],
  [
    'an alert in blocks',
    {
      text: '',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Timeouts' } },
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*Source:*\n10.0.1.5' }] },
        { type: 'divider' },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'eu-west-1' }] },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Silence 10.9.9.9' } }] },
      ],
    },
    'Timeouts\n*Source:*\n10.0.1.5\neu-west-1',
  ],
  [
    'an alert in attachments',
    {
      attachments: [
        {
          fallback: 'not needed',
          pretext: 'FIRING',
          title: 'RejectedPackets',
          text: 'on eni-1',
          fields: [{ title: 'Port', value: '5432', short: true }, { title: 'Note' }],
        },
        { fallback: 'only this' },
      ],
    },
    'FIRING\nRejectedPackets\non eni-1\nPort: 5432\nonly this',
  ],
  [
    'a pasted block of lines',
    {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: '2 123 eni-1\n2 123 eni-2' }] },
          ],
        },
      ],
    },
    '2 123 eni-1\n2 123 eni-2',
  ],
  ['nothing', {}, ''],
])('%s', (_, message, text) => {
  expect(messageText(message)).toBe(text);
});

it.each<[string, unknown]>([
  ['no message', undefined],
  ['a text that is none', { text: 5, blocks: 'x', attachments: [null, 3, { fields: {} }] }],
])('%s is empty', (_, message) => {
  expect(messageText(message)).toBe('');
});

it('ends, however long and deep the message is', () => {
  const deep = (levels: number): object =>
    levels === 0 ? { type: 'plain_text', text: 'deep' } : { type: 'context', elements: [deep(levels - 1)] };
  const wide = Array.from({ length: 5_000 }, (_, index) => ({ text: `${index} ${'x'.repeat(500)}` }));

  expect(messageText({ blocks: [deep(500)], attachments: wide }).length).toBeLessThanOrEqual(8_000);
});
