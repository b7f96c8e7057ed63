import type { Change } from '../changes/change.ts';
import type { FlowNews } from '../engine/watched-flow.ts';
import type { Failure } from '../failure/failure.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { Block, Document } from './document.ts';
import { explainChange } from './explain-change.ts';
import { explainFailure } from './explain-failure.ts';
import { roughly } from './phrase.ts';
import { plainText } from './plain-text.ts';
import { sentence, time, type Sentence } from './sentence.ts';

export interface WatchWords {
  readonly userId: string;
  readonly until: EpochSeconds;
}

/** How a watch ended: by news of the flow, or without having been able to look. */
export type WatchEnd = Exclude<FlowNews, { kind: 'accepted' }> | { readonly kind: 'unread'; readonly failure: Failure };

/** The answer while somebody waits for it to change. */
export function explainWatching(answer: Document, { userId, until }: WatchWords): Document {
  const words = sentence`Watching the flow logs until ${time(until)} for ${{ kind: 'person', id: userId }}: this message changes when the traffic passes.`;
  return withNote(answer, words);
}

type Passing = Extract<FlowNews, { kind: 'accepted' }>;

/** The answer once the traffic passes: the news first, what was wrong below it. */
export function explainPasses(answer: Document, { at, openedBy }: Passing): Document {
  const headline = sentence`the traffic passes, first ACCEPT at ${time(at)}`;
  const change: readonly Block[] =
    openedBy === undefined ? [] : [{ kind: 'paragraph', spans: explainOpener(openedBy) }];
  return {
    summary: `${plainText(headline)} (before: ${answer.summary})`,
    blocks: [{ kind: 'headline', tone: 'resolved', spans: headline }, ...change, ...answer.blocks.map(asBefore)],
  };
}

function explainOpener(change: Change): Sentence {
  return explainChange({ kind: 'changed', change, effect: 'opened' });
}

/** One headline a message. */
function asBefore(block: Block): Block {
  return block.kind === 'headline' ? { kind: 'paragraph', spans: sentence`Before: ${block.spans}` } : block;
}

/** The answer after a watch that saw no change for the better. */
export function explainWatchedInVain(answer: Document, end: WatchEnd, until: EpochSeconds): Document {
  return withNote(answer, sentence`Watched until ${time(until)}: ${endWords(end)}.`);
}

/** Edits wake nobody: one reply tells whoever waited. */
export function explainWatchNews(words: Sentence, userId: string): Document {
  const spans = sentence`${{ kind: 'person', id: userId }}: ${words}`;
  return { summary: plainText(words), blocks: [{ kind: 'paragraph', spans }] };
}

export function passesWords({ at, openedBy }: Passing): Sentence {
  const news = sentence`the traffic you watched passes: first ACCEPT at ${time(at)}.`;
  return openedBy === undefined ? news : sentence`${news} ${explainOpener(openedBy)}`;
}

export function inVainWords(end: WatchEnd): Sentence {
  return sentence`the watch has ended, ${endWords(end)}. Press Watch again to go on.`;
}

function endWords(end: WatchEnd): Sentence {
  switch (end.kind) {
    case 'rejected':
      return sentence`still rejected, ${roughly(end.records, 'record')}, last at ${time(end.last)}`;
    case 'silent':
      return sentence`no newer record of this traffic was delivered`;
    case 'unread':
      return sentence`the logs could not be read at last (${explainFailure(end.failure).summary})`;
    default:
      return assertNever(end);
  }
}

function withNote(answer: Document, spans: Sentence): Document {
  return { ...answer, blocks: [...answer.blocks, { kind: 'note', spans }] };
}
