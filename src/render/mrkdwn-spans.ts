import type { Span } from '../explain/document.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatUtc } from '../lang/utc.ts';
import { CUT_MARK } from './clean-text.ts';
import { escapeMrkdwnWithin } from './escape-mrkdwn.ts';

/** Spans as Slack markup, at most `limit` characters. All markup in it is ours; text that does not fit is cut, never a tag. */
export function renderMrkdwn(spans: readonly Span[], limit: number): string {
  let text = '';
  for (const span of spans) {
    const next = renderSpan(span, limit - text.length - CUT_MARK.length);
    if (next === undefined) return `${text}${CUT_MARK}`;
    text += next;
  }
  return text;
}

/** `undefined` where nothing of the span fits into `room`. */
function renderSpan(span: Span, room: number): string | undefined {
  switch (span.kind) {
    case 'words':
      return plainWords(span.text, room);
    case 'strong':
      return wrapped('*', span.text, room);
    case 'code':
    case 'principal':
      return wrapped('`', span.text, room);
    case 'resource':
      return renderResource(span, room);
    case 'time':
      return within(renderTime(span), room);
    case 'person':
    case 'channel':
      return within(mentionOf(span) ?? escapeMrkdwnWithin(span.id, room), room);
    default:
      return assertNever(span);
  }
}

function plainWords(text: string, room: number): string | undefined {
  return room > 0 ? escapeMrkdwnWithin(text, room) : undefined;
}

/** Slack shows a name in its place. */
function mentionOf({ kind, id }: Extract<Span, { kind: 'person' | 'channel' }>): string | undefined {
  if (kind === 'person') return USER_ID.test(id) ? `<@${id}>` : undefined;
  return CHANNEL_ID.test(id) ? `<#${id}>` : undefined;
}

/** An empty pair of marks would be shown as marks. */
function wrapped(mark: '*' | '`', text: string, room: number): string | undefined {
  if (room <= 2) return undefined;
  const inner = escapeMrkdwnWithin(text, room - 2).trim();
  return inner === '' ? '' : `${mark}${inner}${mark}`;
}

function renderResource(span: Extract<Span, { kind: 'resource' }>, room: number): string | undefined {
  const label = span.label ?? span.id;
  if (span.url === undefined || !SAFE_URL.test(span.url)) return wrapped('`', label, Math.min(room, LONGEST_LABEL));
  const url = span.url.replaceAll('&', '&amp;');
  const text = escapeMrkdwnWithin(label, LONGEST_LABEL).replaceAll('|', '¦').trim();
  return text === '' ? '' : within(`<${url}|${text}>`, room);
}

/** Slack shows the reader's own time; the fallback is UTC. https://docs.slack.dev/messaging/formatting-message-text */
function renderTime(span: Extract<Span, { kind: 'time' }>): string {
  const second = Math.trunc(span.at);
  if (!(second >= 0 && second <= LAST_SECOND)) return 'an unknown time';
  const utc = formatUtc(second);
  const [tokens, fallback] = span.clockOnly
    ? ['{time_secs}', utc.slice(CLOCK_START)]
    : ['{date_short_pretty} {time_secs}', utc.replace('T', ' ')];
  return `<!date^${second}^${tokens}|${fallback}>`;
}

function within(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}

const USER_ID = /^[UW][A-Z0-9]{2,20}$/;
const CHANNEL_ID = /^[CGD][A-Z0-9]{2,20}$/;
const SAFE_URL = /^https:\/\/[^\s<>|"`]{1,1500}$/;
const LONGEST_LABEL = 200;
/** The end of year 9999, the last that has four digits. */
const LAST_SECOND = 253_402_300_799;
const CLOCK_START = 'YYYY-MM-DDT'.length;
