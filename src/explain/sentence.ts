import { isNonEmpty, type NonEmpty } from '../lang/non-empty.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Span } from './document.ts';

/** Words with emphasis, names and times in them. */
export type Sentence = NonEmpty<Span>;

export type Part = string | number | Span | readonly Span[];

/** Writes a sentence as it is read: text between, spans and values in place. */
export function sentence(texts: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  const spans = texts.flatMap((text, index) => [...toSpans(text), ...toSpans(parts[index] ?? '')]);
  const merged = mergeWords(spans);
  return isNonEmpty(merged) ? merged : [{ kind: 'words', text: '' }];
}

/** Items one after another: `a, b and c`. */
export function joinSpans(items: readonly Part[], between: string): readonly Span[] {
  return mergeWords(items.flatMap((item, index) => [...toSpans(index === 0 ? '' : between), ...toSpans(item)]));
}

export function code(text: string | number): Span {
  return { kind: 'code', text: String(text) };
}

export function strong(text: string): Span {
  return { kind: 'strong', text };
}

export function time(at: EpochSeconds): Span {
  return { kind: 'time', at };
}

/** `14:03:10 to 14:25:58`: the date once. */
export function timeRange(from: EpochSeconds, to: EpochSeconds): readonly Span[] {
  if (from === to) return [time(from)];
  const sameDay = Math.floor(from / 86_400) === Math.floor(to / 86_400);
  return sentence`${time(from)} to ${sameDay ? { kind: 'time', at: to, clockOnly: true } : time(to)}`;
}

function toSpans(part: Part): readonly Span[] {
  if (typeof part === 'object') return isSpans(part) ? part : [part];
  const text = String(part);
  return text === '' ? [] : [{ kind: 'words', text }];
}

function isSpans(part: Span | readonly Span[]): part is readonly Span[] {
  return Array.isArray(part);
}

function mergeWords(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (span.kind === 'words' && last?.kind === 'words')
      merged[merged.length - 1] = { kind: 'words', text: last.text + span.text };
    else merged.push(span);
  }
  return merged;
}
