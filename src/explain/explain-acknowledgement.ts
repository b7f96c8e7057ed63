import type { TimeWindow } from '../lang/time.ts';
import type { Document, Span } from './document.ts';
import { plainText } from './plain-text.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** Where the answer will stand. */
export type AnswerPlace = 'channel' | 'thread';

/** Said at once, to the asker alone, while the question waits for a worker. */
export function explainTaken(target: string, window: TimeWindow, place: AnswerPlace): Document {
  return saying(sentence`Looking at ${code(target)}: ${minutesOf(window)} of flow logs. ${comesHere(place)}`);
}

/** The same for the way between two ends. */
export function explainPathTaken(from: string, to: string, place: AnswerPlace): Document {
  return saying(sentence`Following the way from ${code(from)} to ${code(to)}, there and back. ${comesHere(place)}`);
}

function comesHere(place: AnswerPlace): string {
  return `The answer comes in this ${place}.`;
}

function saying(spans: Sentence): Document {
  return { summary: plainText(spans), blocks: [{ kind: 'paragraph', spans }] };
}

/** The same question within two minutes is the same thread. */
export function explainAlreadyAsked(permalink: string | undefined): Document {
  const where: Span[] =
    permalink === undefined ? [] : [words(' '), { kind: 'resource', id: 'the thread', url: permalink }];
  const text = 'This was asked here a moment ago; one answer serves both.';
  return { summary: text, blocks: [{ kind: 'paragraph', spans: [words(text), ...where] }] };
}

/** The queue has not confirmed in time for Slack's three seconds. */
export function explainTakingLonger(): Document {
  const text = 'Your question is taking longer than usual to be taken in. If that fails, I will tell you here.';
  return { summary: text, blocks: [{ kind: 'paragraph', spans: [words(text)] }] };
}

/** Added to an answer that had to be sent as a direct message. */
export function explainClosedChannel(): Document {
  const text =
    'I can’t post in the channel where you asked, so the answer comes here. Invite me there with /invite to have it in the channel.';
  return { summary: text, blocks: [{ kind: 'note', spans: [words(text)] }] };
}

/** The same where the question was asked in a thread. */
export function explainClosedThread(): Document {
  const text =
    'I can’t post in the thread where you asked, so the answer comes here. Either the thread or the channel is closed, or I am not in it: /invite me there to have it in the thread.';
  return { summary: text, blocks: [{ kind: 'note', spans: [words(text)] }] };
}

function words(text: string): Span {
  return { kind: 'words', text };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

function minutesOf({ start, end }: TimeWindow): string {
  const seconds = end - start;
  return seconds <= 2 * HOUR ? `${Math.ceil(seconds / MINUTE)} min` : `${Math.ceil(seconds / HOUR)} h`;
}
