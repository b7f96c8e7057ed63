import { fieldsOf } from './fields-of.ts';

/** Blocks as a person reads them: Slack's markup undone, code indented, small print in brackets. */
export function printBlocks(blocks: readonly Record<string, unknown>[]): string {
  return blocks
    .map(printBlock)
    .filter((text) => text !== '')
    .join('\n');
}

const PRINTERS: Readonly<Record<string, (block: Record<string, unknown>) => string>> = {
  header: (block) => textOf(block['text']),
  section: (block) => textOf(block['text']),
  context: (block) => `[${listOf(block['elements']).map(textOf).join(' ')}]`,
  rich_text: (block) => listOf(block['elements']).map(printRichText).join('\n'),
  actions: (block) =>
    listOf(block['elements'])
      .map((element) => `[${textOf(fieldsOf(element)['text'])}]`)
      .join(' '),
  divider: () => '',
};

function printBlock(block: Record<string, unknown>): string {
  return PRINTERS[String(block['type'])]?.(block) ?? JSON.stringify(block);
}

function textOf(value: unknown): string {
  const { text } = fieldsOf(value);
  return typeof text === 'string' ? withoutMarkup(text) : '';
}

function printRichText(value: unknown): string {
  const { type, elements } = fieldsOf(value);
  if (type === 'rich_text_list')
    return listOf(elements)
      .map((item) => `- ${printRichText(item)}`)
      .join('\n');
  const text = listOf(elements).map(printSpan).join('');
  return type === 'rich_text_preformatted' ? text.replaceAll(/^/gm, '    ') : text;
}

function printSpan(value: unknown): string {
  const { text, url, fallback } = fieldsOf(value);
  return [text, url, fallback].find((part) => typeof part === 'string') ?? '';
}

/** mrkdwn as it reads: links by their label, dates by their fallback, three escapes undone. */
function withoutMarkup(text: string): string {
  return text
    .replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<@(\w+)>/g, '@$1')
    .replaceAll(/\*([^*\n]+)\*/g, '$1')
    .replaceAll('`', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
