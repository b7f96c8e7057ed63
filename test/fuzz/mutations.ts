/** The n-th input of a reader: the same for ever, so that a failure can be looked at again. */
export type Inputs<Input> = (n: number) => Input;

/** Texts that are nearly right: a good one with a few edits, which reach further into a reader than noise does. */
export function nearly(good: readonly string[], words: readonly string[] = []): Inputs<string> {
  const pieces = [...NASTY, ...words, ...good];
  return (n) => {
    const dice = diceOf(n);
    let text = dice(10) === 0 ? noise(dice) : pick(good, dice);
    for (let edits = dice(5); edits >= 0; edits -= 1) {
      const start = dice(text.length + 1);
      const piece = dice(3) === 0 ? noise(dice) : pick(pieces, dice);
      text = text.slice(0, start) + piece + text.slice(start + dice(40));
    }
    return text;
  };
}

/** Bytes of a good file with a few of them changed, cut or doubled, from a place on. */
export function nearlyBytes(good: Uint8Array, from = 0): Inputs<Uint8Array> {
  return (n) => {
    const dice = diceOf(n);
    let bytes = good;
    for (let edits = dice(4); edits >= 0; edits -= 1) {
      const start = Math.min(from + dice(Math.max(1, bytes.length + 1 - from)), bytes.length);
      const by = dice(3) === 0 ? HUGE : Uint8Array.from({ length: dice(8) }, () => dice(256));
      const end = start + (dice(2) === 0 ? by.length : dice(64));
      bytes = Buffer.concat([bytes.subarray(0, start), by, bytes.subarray(end)]);
    }
    return bytes;
  };
}

/** A length or an offset that no file has. */
const HUGE = Uint8Array.of(0xff, 0xff, 0xff, 0x7f);

function noise(dice: Dice): string {
  return String.fromCodePoint(...Array.from({ length: dice(12) }, () => dice(dice(4) === 0 ? 0x11_0000 : 0x7f)));
}

function pick<Item>(items: readonly Item[], dice: Dice): Item {
  return items[dice(items.length)]!;
}

/** A whole number below `sides`. */
export type Dice = (sides: number) => number;

/** Mulberry32: small, fast, and the same everywhere. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 0x9e_37_79_b1);
  return (sides) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const NASTY = [
  '\0',
  '\u202e',
  '\ud800',
  '\n',
  '\r\n',
  '\t',
  ' '.repeat(200),
  '-'.repeat(100),
  '9'.repeat(50),
  '-1',
  '1e999',
  'NaN',
  '__proto__',
  'constructor',
  '<!channel>',
  '&amp;lt;',
  '```',
  '[[[[[[',
  '{{{{{{',
  '::::::',
  '/../../',
  '%00',
  '${',
  '&a *a',
];
