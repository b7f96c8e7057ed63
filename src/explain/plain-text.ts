import { assertNever } from '../lang/exhaustive.ts';
import { formatUtc } from '../lang/utc.ts';
import type { Span } from './document.ts';

/** Spans as bare text, times in UTC: for summaries, JSON and every medium without emphasis. */
export function plainText(spans: readonly Span[]): string {
  return spans.map(plainSpan).join('');
}

export function plainSpan(span: Span): string {
  switch (span.kind) {
    case 'words':
    case 'strong':
    case 'code':
    case 'principal':
      return span.text;
    case 'resource':
      return span.label ?? span.id;
    case 'time':
      return plainTime(span);
    case 'person':
    case 'channel':
      return span.id;
    default:
      return assertNever(span);
  }
}

function plainTime({ at, clockOnly }: Extract<Span, { kind: 'time' }>): string {
  return clockOnly ? formatUtc(at).slice(CLOCK_START) : formatUtc(at).replace('T', ' ');
}

const CLOCK_START = 'YYYY-MM-DDT'.length;
