const FIRST_LENGTH = 64;

/** A text in words of its own; they are used again for the next text. */
export class WordText {
  words = new Int32Array(FIRST_LENGTH);
  length = 0;

  push(word: number): void {
    this.reserve(1);
    this.words[this.length] = word;
    this.length += 1;
  }

  /** Makes room for so many words more. */
  reserve(more: number): void {
    if (this.length + more > this.words.length) this.words = longer(this.words, this.length + more);
  }
}

/** The same words with room for as many again, at least. */
export function longer(words: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const long = new Int32Array(Math.max(atLeast, 2 * words.length));
  long.set(words);
  return long;
}
