/** Longer messages hold more than anybody asks about. */
const LONGEST_TEXT = 8_000;
const MOST_ITEMS = 100;
const DEEPEST = 8;

/**
 * What a person reads in a message. Alerts leave `text` empty and speak in blocks and attachments; people's own
 * messages say the same in `text` and in blocks, and it is taken once. The shape is Slack's, and is not trusted.
 */
export function messageText(message: unknown): string {
  const { text, blocks, attachments } = fieldsOf(message);
  const pieces = [...textOf(text), ...blockLines(blocks), ...listOf(attachments).flatMap(attachmentLines)];
  const taken: string[] = [];
  for (const piece of pieces) if (!isSaid(piece, taken)) taken.push(piece.trim());
  return taken.join('\n').slice(0, LONGEST_TEXT);
}

function isSaid(piece: string, taken: readonly string[]): boolean {
  const words = comparable(piece);
  return words.trim() === '' || taken.some((before) => comparable(before).includes(words));
}

/** Whole words, so that no address is taken for a part of another. Links and escapes stand in `text` alone. */
function comparable(text: string): string {
  const plain = text
    .replaceAll(/<(?:[^<>|]*\|)?([^<>|]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/[*_`~]+/g, '');
  return ` ${plain.split(/\s+/).filter(Boolean).join(' ')} `;
}

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
function attachmentLines(attachment: unknown): readonly string[] {
  const { pretext, title, text, fields, blocks, fallback } = fieldsOf(attachment);
  const lines = [
    ...[pretext, title, text].flatMap(textOf),
    ...listOf(fields).flatMap(fieldLine),
    ...blockLines(blocks),
  ];
  return lines.length > 0 ? lines : textOf(fallback);
}

function fieldLine(field: unknown): readonly string[] {
  const { title, value } = fieldsOf(field);
  const [name, said] = [textOf(title), textOf(value)];
  return said.length === 0 ? [] : [[...name, ...said].join(': ')];
}

/** Blocks that hold words; buttons and inputs say nothing about what happened. */
const PARTS_OF: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['section', ['text', 'fields']],
  ['header', ['text']],
  ['context', ['elements']],
  ['markdown', ['text']],
  ['mrkdwn', ['text']],
  ['plain_text', ['text']],
  ['rich_text', ['elements']],
  ['rich_text_list', ['elements']],
]);

/** Rich text of one line, whose elements read on without a break. */
const INLINE: ReadonlySet<unknown> = new Set(['rich_text_section', 'rich_text_preformatted', 'rich_text_quote']);

function blockLines(blocks: unknown): readonly string[] {
  return listOf(blocks).flatMap((block) => linesOf(block, 0));
}

function linesOf(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return listOf(value).flatMap((item) => linesOf(item, depth + 1));
  const fields = fieldsOf(value);
  if (INLINE.has(fields['type'])) return textOf(listOf(fields['elements']).map(inlineText).join(''));
  return (PARTS_OF.get(fields['type']) ?? []).flatMap((part) => linesOf(fields[part], depth + 1));
}

function inlineText(element: unknown): string {
  const { text, url } = fieldsOf(element);
  return [text, url].find((part) => typeof part === 'string') ?? '';
}

function textOf(value: unknown): readonly string[] {
  return typeof value === 'string' && value.trim() !== '' ? [value.slice(0, LONGEST_TEXT)] : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ITEMS) : [];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
