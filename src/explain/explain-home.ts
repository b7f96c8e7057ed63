import type { EpochSeconds } from '../lang/time.ts';
import type { Block, Document } from './document.ts';
import { listOf } from './list-of.ts';
import { count, shortName } from './phrase.ts';
import { code, sentence, time, type Sentence } from './sentence.ts';

export interface RecentQuestion {
  /** As it was typed or read. */
  readonly text: string;
  readonly askedAt: EpochSeconds;
  readonly channelId: string;
  /** Where the answer stands; absent as long as there is none. */
  readonly permalink?: string;
}

export interface OwnWatch {
  /** The first line of the answer that is watched. */
  readonly summary: string;
  readonly until: EpochSeconds;
  readonly channelId: string;
  readonly permalink?: string;
}

export interface HomeHealth {
  /** Absent: the queue does not answer. */
  readonly queue?: { readonly waiting: number; readonly active: number };
  readonly scope: { readonly accounts: number; readonly regions: readonly string[] };
}

/** What one person finds on the bot's own page in Slack. */
export interface HomeContents {
  /** Newest first. */
  readonly recent: readonly RecentQuestion[];
  /** What somebody waits for by a button. */
  readonly watches: readonly OwnWatch[];
  /** Schedules and mutes, as `audits` lists them. Absent: for others to see. */
  readonly audits?: Document;
  readonly health: HomeHealth;
}

/** The page: what you asked, what is watched over, and whether the bot is well. */
export function explainHome({ recent, watches, audits, health }: HomeContents, command = '/vpc'): Document {
  return {
    summary: 'vpc-why: your questions, the audits, and how the bot is',
    blocks: [
      {
        kind: 'paragraph',
        spans: sentence`Ask with ${code(`${command} why-rejected eni-…`)}, by mentioning me in a thread, or with the shortcut ${code('Why was this rejected?')} on a message.`,
      },
      ...section('Your questions', explainRecent(recent)),
      ...(watches.length === 0 ? [] : section('Your watches', listOf(watches.map(explainOwnWatch)))),
      ...(audits === undefined ? [] : section('Audits', audits.blocks)),
      ...section('Health', listOf(explainHealth(health))),
    ],
  };
}

function section(title: string, blocks: readonly Block[]): readonly Block[] {
  return [{ kind: 'title', text: title }, ...blocks];
}

function explainRecent(recent: readonly RecentQuestion[]): readonly Block[] {
  if (recent.length === 0) return [{ kind: 'paragraph', spans: sentence`None in the last 30 days.` }];
  return listOf(recent.map(explainQuestion));
}

const LONGEST_QUESTION = 120;

function explainQuestion({ text, askedAt, channelId, permalink }: RecentQuestion): Sentence {
  const place = sentence`${code(shortText(text))} ${placeOf(channelId)}, ${time(askedAt)}`;
  return permalink === undefined
    ? sentence`${place}: no answer yet`
    : sentence`${place}: ${{ kind: 'resource', id: 'the answer', url: permalink }}`;
}

function explainOwnWatch({ summary, until, channelId, permalink }: OwnWatch): Sentence {
  const watch = sentence`${shortText(summary)} ${placeOf(channelId)}, until ${time(until)}`;
  return permalink === undefined
    ? watch
    : sentence`${watch}: ${{ kind: 'resource', id: 'the answer', url: permalink }}`;
}

/** Slack shows no name for a direct message. */
function placeOf(channelId: string): Sentence {
  return channelId.startsWith('D') ? sentence`asked directly` : sentence`in ${{ kind: 'channel', id: channelId }}`;
}

function shortText(text: string): string {
  return text.length > LONGEST_QUESTION ? `${text.slice(0, LONGEST_QUESTION - 1)}…` : text;
}

const MOST_REGIONS = 10;

function explainHealth({ queue, scope }: HomeHealth): readonly Sentence[] {
  const own = sentence`AWS: the bot's own account`;
  const others = scope.accounts === 0 ? '' : ` and ${count(scope.accounts, 'other')}`;
  const regions = scope.regions.slice(0, MOST_REGIONS).map(shortName).join(', ');
  return [
    queue === undefined
      ? sentence`Queue: it does not answer, so questions cannot be taken in right now`
      : sentence`Queue: ${queue.waiting} waiting, ${queue.active} being answered`,
    sentence`${own}${others}${regions === '' ? '' : `, in ${regions}`}`,
  ];
}
