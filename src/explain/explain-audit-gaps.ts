import type { Gap } from '../vpc/gap.ts';
import type { Document } from './document.ts';
import { explainGap } from './explain-gap.ts';
import { cutItems } from './list-of.ts';
import { plainText } from './plain-text.ts';

const MOST_GAPS = 12;

/** What an audit could not judge; nothing where it could judge everything. */
export function explainAuditGaps(gaps: readonly Gap[]): readonly Document[] {
  const items = [...new Map(gaps.map(explainGap).map((item) => [plainText(item), item])).values()];
  if (items.length === 0) return [];
  const title = "Couldn't judge";
  return [
    {
      summary: title,
      blocks: [
        { kind: 'title', text: title },
        { kind: 'list', ordered: false, items: cutItems(items, MOST_GAPS) },
      ],
    },
  ];
}
