import type { Tone } from './document.ts';
import type { Sentence } from './sentence.ts';

/** What stands in the channel: the rest is in the thread. */
export interface Verdict {
  readonly tone: Tone;
  /** One sentence that stands alone: what, how often, by which rule. */
  readonly headline: Sentence;
  /** Counts, times, how sure, what stands behind the first obstacle. */
  readonly details: Sentence;
}
