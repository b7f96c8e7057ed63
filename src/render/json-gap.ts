import { plainText } from '../explain/plain-text.ts';
import type { Sentence } from '../explain/sentence.ts';
import type { Gap } from '../vpc/gap.ts';
import type { GapAnswer } from './gap-schema.ts';
import { cleanLine } from './clean-text.ts';
import { present } from './json-present.ts';

export function gapJson(gap: Gap, explain: (gap: Gap) => Sentence): GapAnswer {
  const { fact, because, about, action, accountId, region } = gap;
  const sentence = cleanLine(plainText(explain(gap)));
  return { fact, because, ...present({ about, action, accountId, region }), sentence };
}
