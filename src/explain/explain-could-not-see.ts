import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Document } from './document.ts';
import { explainCoverage } from './explain-coverage.ts';
import { explainGap } from './explain-gap.ts';
import { cutItems } from './list-of.ts';
import { plainText } from './plain-text.ts';
import { sentence, type Sentence } from './sentence.ts';

/** Always told, even when there is nothing to tell: silence would look like certainty. */
export function explainCouldNotSee(diagnosis: Diagnosis): Document {
  const [first] = diagnosis.findings;
  const items = withoutRepeats([...(first?.gaps ?? []).map(explainGap), ...couldNotSeeOverall(diagnosis)]);
  const title = "Couldn't see";
  return {
    summary: title,
    blocks: [
      { kind: 'title', text: title },
      items.length === 0
        ? { kind: 'paragraph', spans: sentence`Nothing relevant was hidden.` }
        : { kind: 'list', ordered: false, items: cutItems(items, MOST_ITEMS) },
    ],
  };
}

/** What touches the whole answer: gaps of the configuration and of the flow logs. */
export function couldNotSeeOverall(diagnosis: Diagnosis): readonly Sentence[] {
  return withoutRepeats([...diagnosis.gaps.map(explainGap), ...explainCoverage(diagnosis)]);
}

const MOST_ITEMS = 8;

function withoutRepeats(items: readonly Sentence[]): readonly Sentence[] {
  return [...new Map(items.map((item) => [plainText(item), item])).values()];
}
