import type { FieldRun, LineFields } from './line-fields.ts';

const FIRST_CAPACITY = 256;
const FIRST_ARENA = 16 * 1024;
const SEPARATOR = 32;

/**
 * Numbers texts that are pieces of lines, from 0 in the order in which they are met. To look a known one up copies no
 * byte and makes no string: that is most of what reading a record costs otherwise.
 */
export class TextTable {
  #count = 0;
  /** The bytes of all texts, one after the other, a separator after each piece. */
  #arena: Buffer = Buffer.allocUnsafe(FIRST_ARENA);
  /** Where each text begins; the next one's beginning is its end. */
  #starts = new Uint32Array(FIRST_CAPACITY + 1);
  #hashes = new Uint32Array(FIRST_CAPACITY);
  /** Open addressing: text number + 1 by hash, 0 where free; always at most half full. */
  #slots = new Uint32Array(2 * FIRST_CAPACITY);

  /** How many texts have a number. */
  get size(): number {
    return this.#count;
  }

  /** The number of a text that is made of these pieces of a line. */
  numberOf(line: LineFields, pieces: readonly FieldRun[]): number {
    const hash = hashOf(line, pieces);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const known = (this.#slots[slot] ?? 0) - 1;
      if (known < 0) break;
      if (this.#hashes[known] === hash && this.#isSame(known, line, pieces)) return known;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count + 1;
    this.#append(hash, line, pieces);
    return this.#count - 1;
  }

  #isSame(known: number, line: LineFields, pieces: readonly FieldRun[]): boolean {
    const arena = this.#arena;
    let at = this.#starts[known] ?? 0;
    for (const { first, last } of pieces) {
      const end = line.endOf(last);
      for (let index = line.startOf(first); index < end; index += 1, at += 1) {
        if (arena[at] !== line.bytes[index]) return false;
      }
      if (arena[at] !== SEPARATOR) return false;
      at += 1;
    }
    return at === this.#starts[known + 1];
  }

  #append(hash: number, line: LineFields, pieces: readonly FieldRun[]): void {
    let at = this.#starts[this.#count] ?? 0;
    for (const { first, last } of pieces) {
      const [start, end] = [line.startOf(first), line.endOf(last)];
      this.#reserve(at + end - start + 1);
      at += line.bytes.copy(this.#arena, at, start, end);
      this.#arena[at] = SEPARATOR;
      at += 1;
    }
    this.#hashes[this.#count] = hash;
    this.#count += 1;
    this.#starts[this.#count] = at;
    if (this.#count === this.#hashes.length) this.#grow();
  }

  #reserve(length: number): void {
    if (length <= this.#arena.length) return;
    const arena = Buffer.allocUnsafe(Math.max(length, 2 * this.#arena.length));
    this.#arena.copy(arena);
    this.#arena = arena;
  }

  #grow(): void {
    const capacity = 2 * this.#hashes.length;
    this.#hashes = widened(this.#hashes, capacity);
    this.#starts = widened(this.#starts, capacity + 1);
    this.#slots = new Uint32Array(2 * capacity);
    const mask = this.#slots.length - 1;
    for (let text = 0; text < this.#count; text += 1) {
      let slot = (this.#hashes[text] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = text + 1;
    }
  }
}

function widened(numbers: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const wide = new Uint32Array(length);
  wide.set(numbers);
  return wide;
}

/** FNV-1a, the upper bits mixed into the lower ones that choose a slot. */
function hashOf(line: LineFields, pieces: readonly FieldRun[]): number {
  const { bytes } = line;
  let hash = 0x811c_9dc5;
  for (const { first, last } of pieces) {
    const end = line.endOf(last);
    for (let index = line.startOf(first); index < end; index += 1) {
      hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x0100_0193);
    }
    hash = Math.imul(hash ^ SEPARATOR, 0x0100_0193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
