import { AUDIT_RULES } from '../audit/audit-rules.ts';
import type { AuditCommand, AuditDeed, MuteDeed, ScheduleDeed } from './audit-command.ts';
import { AUDIT_OPTIONS, auditScopeOf } from './audit-options.ts';
import { notUnderstood } from './not-understood.ts';
import { splitOptions } from './options.ts';

/** What stands behind `audit`, in words of `tokenizeQuoted`. */
export function parseAudit([word, ...rest]: readonly string[]): AuditCommand {
  const expected = `${[...DEEDS.keys()].join(', ')} behind audit`;
  if (word === undefined) throw notUnderstood('', expected);
  const parse = DEEDS.get(word.toLowerCase());
  if (parse === undefined) throw notUnderstood(word, expected);
  return { kind: 'audit', deed: parse(rest) };
}

const DEEDS: ReadonlyMap<string, (words: readonly string[]) => AuditDeed> = new Map<
  string,
  (words: readonly string[]) => AuditDeed
>([
  ['schedule', parseSchedule],
  ['remove', (words) => ({ kind: 'remove', name: readName(only(words, 'the name of an audit')) })],
  ['run', parseRun],
  ['mute', parseMute],
  ['unmute', (words) => ({ kind: 'unmute', findingId: readFindingId(only(words, 'the id of a finding')) })],
  ['list', () => ({ kind: 'list' })],
]);

function only([word, surplus]: readonly string[], expected: string): string {
  if (word === undefined) throw notUnderstood('', expected);
  if (surplus !== undefined) throw notUnderstood(surplus, `nothing behind ${expected}`);
  return word;
}

/** Also part of an address in the store and the queue, and easy to type. */
function readName(text: string): string {
  const name = text.toLowerCase();
  if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return name;
  throw notUnderstood(text, 'a name of letters, digits and dashes, 40 at most');
}

function parseSchedule(tokens: readonly string[]): ScheduleDeed {
  const { words, options } = splitOptions(tokens, AUDIT_OPTIONS);
  const [name, ...rest] = words;
  if (name === undefined) throw notUnderstood('', 'a name and a cron expression: prod "0 7 * * 1"');
  const { cron, behind } = takeCron(rest);
  const channels = behind.flatMap((word) => CHANNEL.exec(word)?.[1] ?? []);
  const [timezone, ...surplus] = behind.filter((word) => !CHANNEL.test(word));
  checkPlace([...(timezone === undefined ? [] : [timezone]), ...surplus], channels);
  const [channelId] = channels;
  return {
    kind: 'schedule',
    name: readName(name),
    cron,
    timezone: timezone ?? 'UTC',
    ...(channelId !== undefined && { channelId }),
    scope: auditScopeOf(options),
  };
}

/** In quotes, as a name such as `@daily`, or as five words. */
function takeCron(words: readonly string[]): { readonly cron: string; readonly behind: readonly string[] } {
  const [first = '', ...rest] = words;
  if (first === '') throw notUnderstood('', 'a cron expression in quotes, such as "0 7 * * 1" for Mondays at 7');
  if (first.includes(' ') || first.startsWith('@')) return { cron: first, behind: rest };
  const fields = words.findIndex((word) => !CRON_FIELD.test(word));
  const length = Math.min(fields < 0 ? words.length : fields, CRON_FIELDS);
  return { cron: words.slice(0, Math.max(length, 1)).join(' '), behind: words.slice(Math.max(length, 1)) };
}

const CRON_FIELDS = 5;
const CRON_FIELD = /^(?:[\d*?,/#L-]|SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+$/i;

/** Slack sends a channel that was picked from its list as `<#C0123|netsec>`. https://docs.slack.dev/interactivity/implementing-slash-commands */
const CHANNEL = /^<#([A-Z0-9]{2,32})(?:\|[^>]*)?>$/;

const TIMEZONE = /^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/;

function checkPlace([timezone, surplus]: readonly string[], channels: readonly string[]): void {
  if (timezone?.startsWith('#')) throw notUnderstood(timezone, 'a channel picked from the list that Slack offers');
  if (timezone !== undefined && !TIMEZONE.test(timezone)) {
    throw notUnderstood(timezone, 'a time zone such as Europe/Berlin, a channel, or the cron expression in quotes');
  }
  const tooMany = surplus ?? channels[1];
  if (tooMany !== undefined) throw notUnderstood(tooMany, 'one time zone and one channel at most');
}

function parseRun([name, surplus]: readonly string[]): AuditDeed {
  if (surplus !== undefined) throw notUnderstood(surplus, 'at most the name of an audit behind run');
  return { kind: 'run', ...(name !== undefined && { name: readName(name) }) };
}

function parseMute([id, duration, ...reason]: readonly string[]): MuteDeed {
  if (id === undefined) throw notUnderstood('', 'the id of a finding, for how long, and the reason');
  const findingId = readFindingId(id);
  if (duration === undefined) throw notUnderstood(id, 'behind it for how long, such as 14d, and the reason');
  const seconds = readDuration(duration);
  const why = reason.join(' ').trim();
  if (why === '') throw notUnderstood(duration, 'behind it the reason, in quotes: others will want to know');
  if (why.length > LONGEST_REASON) throw notUnderstood(why, `a reason of ${LONGEST_REASON} characters at most`);
  return { kind: 'mute', findingId, seconds, reason: why };
}

const LONGEST_REASON = 200;
const LONGEST_ID = 600;

/** Digests show it below each finding. Its first part is the kind of a fault, so that a slip of the pen is noticed. */
function readFindingId(text: string): string {
  const [kind] = text.split(':');
  if (text.includes(':') && text.length <= LONGEST_ID && AUDIT_RULES.some((rule) => rule.kind === kind)) return text;
  throw notUnderstood(text, 'the id of a finding as the digest shows it, such as peering-unused:pcx-…');
}

const HOUR = 3_600;
const SECONDS_OF: ReadonlyMap<string, number> = new Map([
  ['h', HOUR],
  ['d', 24 * HOUR],
  ['w', 7 * 24 * HOUR],
]);
const LONGEST_MUTE = 366 * 24 * HOUR;

/** Never for ever: what is quiet for ever is forgotten. */
function readDuration(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,4})([hdw])$/i.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS_OF.get(unit.toLowerCase()) ?? 0);
  if (seconds > 0 && seconds <= LONGEST_MUTE) return seconds;
  throw notUnderstood(text, 'a duration such as 12h, 14d or 4w, a year at most');
}
