import { Words } from './words.ts';

/** Longer than any line that AWS writes; what is longer is not kept in memory. */
export const LONGEST_LINE = 64 * 1024;

export interface LineScanner {
  /** Takes the next piece of the stream. The piece may be reused afterwards: nothing keeps it. */
  readonly scan: (chunk: Uint8Array) => void;
  /** The stream is over: what was left without a newline is a line too. */
  readonly end: () => void;
}

export interface LineVisitor {
  /** Bytes that a line must hold to be shown; asked again after the first line, which may be a header. */
  readonly needle: () => Buffer | undefined;
  /** The line is `bytes[start..end)`, without its newline, and valid during the call only. */
  readonly line: (bytes: Buffer, start: number, end: number) => void;
  /** A line above `LONGEST_LINE`, of which only the head was kept. */
  readonly overlong: (head: Buffer) => void;
}

const NEWLINE = 10;
const HEAD = 256;

/**
 * Cuts a stream of bytes into lines and shows those that hold the needle: searching for it is what makes the lines of
 * other interfaces nearly free (`Buffer.indexOf` is the fastest search there is).
 * The first line (it may be a header) and an unfinished last one (it may be truncated) are shown whatever they hold.
 * Without a needle every line is shown. Where the stream was cut into pieces makes no difference.
 */
export function createLineScanner(visit: LineVisitor): LineScanner {
  const held = new HeldLine(visit);
  let atFirstLine = true;

  /** Finishes the line that earlier pieces began; gives the place after its newline, or -1 when it goes on. */
  function finishHeld(bytes: Buffer): number {
    const newline = bytes.indexOf(NEWLINE);
    held.append(newline < 0 ? bytes : bytes.subarray(0, newline));
    if (newline < 0) return -1;
    held.release(atFirstLine ? undefined : visit.needle());
    atFirstLine = false;
    return newline + 1;
  }

  return {
    scan(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const from = atFirstLine || held.isHolding ? finishHeld(bytes) : 0;
      if (from < 0) return;
      const whole = bytes.lastIndexOf(NEWLINE) + 1;
      if (whole > from) visitWholeLines(bytes.subarray(from, whole), visit);
      held.append(bytes.subarray(Math.max(from, whole)));
    },
    end() {
      if (held.isHolding) held.release(undefined);
    },
  };
}

/** Shows lines that are all there, the last newline included, and passes by the ones that are too long. */
function visitWholeLines(bytes: Buffer, visit: LineVisitor): void {
  let from = 0;
  let lineStart = 0;
  while (bytes.length - lineStart > LONGEST_LINE + 1) {
    const newline = bytes.lastIndexOf(NEWLINE, lineStart + LONGEST_LINE);
    if (newline >= lineStart) {
      lineStart = newline + 1;
    } else {
      visitMatching(bytes.subarray(from, lineStart), visit);
      visit.overlong(bytes.subarray(lineStart, lineStart + HEAD));
      from = lineStart = bytes.indexOf(NEWLINE, lineStart) + 1;
    }
  }
  visitMatching(bytes.subarray(from), visit);
}

function visitMatching(bytes: Buffer, visit: LineVisitor): void {
  const needle = visit.needle();
  const words = new Words(bytes);
  let lineStart = 0;
  while (lineStart < bytes.length) {
    const hit = needle === undefined ? lineStart : bytes.indexOf(needle, lineStart);
    if (hit < 0) return;
    const start = words.lastIn(lineStart, hit, NEWLINE) + 1;
    const end = words.firstIn(hit, bytes.length, NEWLINE);
    visit.line(bytes, start, end);
    lineStart = end + 1;
  }
}

/** A line whose end has not come yet. Never holds more than the longest line. */
class HeldLine {
  isHolding = false;
  readonly #visit: LineVisitor;
  #bytes: Buffer = Buffer.allocUnsafe(0);
  #length = 0;
  #isOverlong = false;

  constructor(visit: LineVisitor) {
    this.#visit = visit;
  }

  append(piece: Buffer): void {
    if (piece.length === 0) return;
    this.isHolding = true;
    this.#isOverlong ||= this.#length + piece.length > LONGEST_LINE;
    const room = LONGEST_LINE - this.#length;
    this.#reserve(Math.min(piece.length, room));
    this.#length += piece.copy(this.#bytes, this.#length, 0, room);
  }

  /** Shows the line, if it holds the needle, and forgets it. */
  release(needle: Buffer | undefined): void {
    const line = this.#bytes.subarray(0, this.#length);
    if (this.#isOverlong) this.#visit.overlong(line.subarray(0, HEAD));
    else if (needle === undefined || line.includes(needle)) this.#visit.line(line, 0, line.length);
    this.isHolding = false;
    this.#isOverlong = false;
    this.#length = 0;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.min(LONGEST_LINE, Math.max(4096, needed, 2 * this.#bytes.length)));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
