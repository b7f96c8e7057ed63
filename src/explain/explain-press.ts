import type { EpochSeconds } from '../lang/time.ts';
import type { Document } from './document.ts';
import { plainText } from './plain-text.ts';
import { sentence, time, type Sentence } from './sentence.ts';

/** Said to whoever pressed a button, and to nobody else. */
export function explainEvidenceComes(): Document {
  return said(sentence`The records come in the thread.`);
}

export function explainPictureComes(): Document {
  return said(sentence`The picture comes in the thread.`);
}

/** What it tells of is not for whoever pressed; asking again looks in their own accounts. */
export function explainOthersAnswer(): Document {
  return said(sentence`This answer tells of an account that you may not ask about. Ask again looks in yours.`);
}

export function explainWatchBegun(until: EpochSeconds): Document {
  return said(
    sentence`I watch the flow logs until ${time(until)} and change the message when the traffic passes. Records arrive some minutes late.`,
  );
}

export function explainAlreadyWatched(userId: string, until: EpochSeconds): Document {
  return said(sentence`It is watched already, for ${{ kind: 'person', id: userId }}, until ${time(until)}.`);
}

export function explainTooManyWatches(): Document {
  return said(sentence`Too many watches are on. Wait for one to end, or ask again by hand.`);
}

export function explainAskedAgain(): Document {
  return said(sentence`Asked again: the new answer comes in the thread.`);
}

/** The button is too old, or what it needs is forgotten. */
export function explainOldButton(): Document {
  return said(sentence`This answer is too old for its buttons. Please ask again.`);
}

function said(spans: Sentence): Document {
  return { summary: plainText(spans), blocks: [{ kind: 'paragraph', spans }] };
}
