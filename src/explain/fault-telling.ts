import type { Block } from './document.ts';
import type { Sentence } from './sentence.ts';

/** What is told of a fault that an audit found, whatever its family. */
export interface FaultTelling {
  /** One line that stands alone in a digest. */
  readonly title: Sentence;
  readonly evidence: readonly Sentence[];
  /** What breaks, or will. */
  readonly why: Sentence;
  /** The smallest change, and whose account must make it. */
  readonly fix: readonly Block[];
}
