import type { FieldRun, LineFields } from './line-fields.ts';
import { longer, WordText } from './word-text.ts';

const FIRST_SLOTS = 512;
const FIRST_ARENA = 8 * 1024;
/** Before the words of a text in the arena: its number and how many words it has. */
const HEAD = 2;

/**
 * Numbers texts that are pieces of lines, from 0 in the order in which they are met. To look a known one up makes no
 * string: that is most of what reading a record costs otherwise. What a look-up waits for is memory, so it goes there
 * twice only: to the slot, which holds the hash, and to the text, which holds its number.
 */
export class TextTable {
  /** As `LineFields.kept`. */
  static readonly kept = new TextTable();
  #count = 0;
  /** All texts, one after the other. */
  #arena = new Int32Array(FIRST_ARENA);
  #used = 0;
  /** Open addressing, at most two thirds full: pairs of a hash and where its text begins + 1, 0 where free. */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  /** The text that is looked for. */
  readonly #sought = new WordText();

  /** How many texts have a number. */
  get size(): number {
    return this.#count;
  }

  /** How much memory the texts take. */
  get bytes(): number {
    return this.#used * this.#arena.BYTES_PER_ELEMENT;
  }

  /** The number of a text that is made of these pieces of a line. */
  numberOf(line: LineFields, pieces: readonly FieldRun[]): number {
    this.#seek(line, pieces);
    const hash = hashOf(this.#sought);
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (hash << 1) & mask;
    for (;;) {
      const text = (slots[slot + 1] ?? 0) - 1;
      if (text < 0) break;
      if (slots[slot] === hash && this.#isSought(text)) return this.#arena[text] ?? 0;
      slot = (slot + 2) & mask;
    }
    slots[slot] = hash;
    slots[slot + 1] = this.#append() + 1;
    if (3 * this.#count >= slots.length) this.#widen();
    return this.#count - 1;
  }

  /** Lays the pieces together, each after its length so that none runs into the next. */
  #seek(line: LineFields, pieces: readonly FieldRun[]): void {
    const sought = this.#sought;
    sought.length = 0;
    for (const { first, last } of pieces) {
      const [start, end] = [line.startOf(first), line.endOf(last)];
      sought.push(end - start);
      line.words.copy(start, end, sought);
    }
  }

  #isSought(text: number): boolean {
    const arena = this.#arena;
    const { words, length } = this.#sought;
    if (arena[text + 1] !== length) return false;
    for (let index = 0; index < length; index += 1) {
      if (arena[text + HEAD + index] !== words[index]) return false;
    }
    return true;
  }

  /** Gives where the text begins. */
  #append(): number {
    const { words, length } = this.#sought;
    const text = this.#used;
    this.#used += HEAD + length;
    if (this.#used > this.#arena.length) this.#arena = longer(this.#arena, this.#used);
    this.#arena[text] = this.#count;
    this.#arena[text + 1] = length;
    this.#arena.set(words.subarray(0, length), text + HEAD);
    this.#count += 1;
    return text;
  }

  #widen(): void {
    const old = this.#slots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length - 2;
    for (let index = 0; index < old.length; index += 2) {
      if (old[index + 1] === 0) continue;
      let slot = ((old[index] ?? 0) << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = old[index] ?? 0;
      slots[slot + 1] = old[index + 1] ?? 0;
    }
    this.#slots = slots;
  }
}

/** From word to word the hash is only turned and mixed: the slow product is made beside it. */
function hashOf({ words, length }: WordText): number {
  let hash = 0;
  for (let index = 0; index < length; index += 1) {
    hash = ((hash << 13) | (hash >>> 19)) ^ Math.imul(words[index] ?? 0, 0x9e37_79b1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x85eb_ca6b);
  return hash ^ (hash >>> 13);
}
