import type { WordEnd } from './read-end.ts';

/** What a text is made of, as far as the reader cares. */
export type Token = EndToken | WordToken | ArrowToken | { readonly kind: 'mark'; readonly text: string };

export interface EndToken extends WordEnd {
  readonly kind: 'end';
  /** As it stands in the text. */
  readonly words: string;
  readonly isAbove?: true;
  /** The port stands in words of its own behind it. */
  readonly isPortApart?: true;
}

interface WordToken {
  readonly kind: 'word';
  /** In small letters. */
  readonly text: string;
}

export interface ArrowToken {
  readonly kind: 'arrow';
  readonly points: 'right' | 'left' | 'both';
}

/** A sentence, or a line: what belongs together. */
export type Clause = readonly Token[];

/** The words of a clause, without its ends and marks. */
export function wordsOf(clause: Clause): readonly string[] {
  return clause.flatMap((token) => (token.kind === 'word' ? [token.text] : []));
}
