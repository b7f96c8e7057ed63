/**
 * Slack's limits, written down a second time from the documentation and without the renderer's table, so that one slip
 * is not made twice. Answers with every offence; an empty list means that Slack would take the message.
 */
export function checkMessage(message: unknown): string[] {
  const { text, blocks } = message as { text?: unknown; blocks?: unknown };
  const offences: string[] = [];
  if (typeof text !== 'string' || text.trim() === '') offences.push('text: missing, so a notification says nothing');
  else if (text.length > 4_000) offences.push(`text: ${text.length} characters`);
  if (!Array.isArray(blocks)) return [...offences, 'blocks: not a list'];
  if (blocks.length > 50) offences.push(`blocks: ${blocks.length}`);
  if (JSON.stringify(blocks).length > 13_200)
    offences.push(`blocks: ${JSON.stringify(blocks).length} characters in all`);
  return [
    ...offences,
    ...blocks.flatMap((block, index) => checkBlock(block as Json).map((offence) => `blocks/${index}: ${offence}`)),
  ];
}

type Json = { readonly [key: string]: unknown };

const CHECKS: Readonly<Record<string, (block: Json) => string[]>> = {
  section: ({ text, fields }) => [
    ...(text === undefined && fields === undefined ? ['section without text and fields'] : []),
    ...(text === undefined ? [] : checkText(text, 3_000)),
  ],
  header: ({ text }) => [
    ...checkText(text, 150),
    ...((text as Json | undefined)?.['type'] === 'plain_text' ? [] : ['header that is not plain text']),
  ],
  context: ({ elements }) => [
    ...checkCount(elements, 10),
    ...list(elements).flatMap((element) => checkText(element, 3_000)),
  ],
  divider: () => [],
  actions: ({ elements }) => [...checkCount(elements, 25), ...list(elements).flatMap(checkButton)],
  rich_text: ({ elements }) => [...checkCount(elements, 100), ...list(elements).flatMap(checkRichText)],
};

function checkBlock(block: Json): string[] {
  const check = CHECKS[String(block['type'])];
  return check === undefined ? [`type ${String(block['type'])} is not drawn everywhere`] : check(block);
}

function checkText(value: unknown, limit: number): string[] {
  const { type, text } = (value ?? {}) as Json;
  if (type !== 'mrkdwn' && type !== 'plain_text') return [`text of type ${String(type)}`];
  if (typeof text !== 'string' || text.trim() === '') return ['empty text'];
  const tooLong = text.length > limit ? [`${text.length} characters, ${limit} allowed`] : [];
  return type === 'mrkdwn' ? [...tooLong, ...checkMrkdwn(text)] : tooLong;
}

/** Every `<…>` must be a tag that we write ourselves, complete, and every `&` an entity. */
function checkMrkdwn(text: string): string[] {
  const bare = text.replaceAll(/<(?:https:\/\/[^<>|\s]+\|[^<>|]+|!date\^\d+\^[^<>|]+\|[^<>|]+|@[UW][A-Z0-9]+)>/g, '');
  return [
    ...(/[<>]/.test(bare)
      ? [`markup that is not ours: ${bare.slice(Math.max(0, bare.search(/[<>]/) - 20)).slice(0, 60)}`]
      : []),
    ...(/&(?!amp;|lt;|gt;)/.test(text.replaceAll(/<[^<>]*>/g, '')) ? ['a bare ampersand'] : []),
    ...((text.split('`').length - 1) % 2 === 1 ? ['an odd number of backticks'] : []),
    ...invisible(text),
  ];
}

function checkRichText(element: Json): string[] {
  const parts = list(element['elements']);
  const texts = parts.map((part) => part['text']);
  return [
    ...(parts.length === 0 ? ['empty rich text'] : []),
    ...(texts.some((text) => typeof text !== 'string' || text === '') ? ['rich text without text'] : []),
    ...(texts.join('').length > 3_000 ? [`${texts.join('').length} characters of rich text`] : []),
    ...invisible(texts.join('').replaceAll('\n', '')),
  ];
}

function checkButton({ text, value, url }: Json): string[] {
  return [
    ...checkText(text, 75),
    ...(typeof value === 'string' && value.length > 2_000 ? ['button value over 2,000 characters'] : []),
    ...(typeof url === 'string' && url.length > 3_000 ? ['button url over 3,000 characters'] : []),
  ];
}

/** Control characters but line breaks, and characters that turn the reading order round. */
function invisible(text: string): string[] {
  return /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text.replaceAll('\n', '')) ? ['invisible characters'] : [];
}

function checkCount(elements: unknown, limit: number): string[] {
  const { length } = list(elements);
  return length === 0 || length > limit ? [`${length} elements`] : [];
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
