/** The one typeface of pictures, in two weights: DejaVu Sans Condensed, whose files are bundled. */
export const FONT_FAMILY = 'DejaVu Sans Condensed';

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
}

/** How wide a text is in pixels; where the typeface's own width is not listed, rather too wide than too narrow. */
export function textWidth(text: string, { size, bold = false }: TextStyle): number {
  const widths = bold ? BOLD : REGULAR;
  let sum = 0;
  for (const character of text) sum += widthOf(character, widths);
  return (sum * size) / 1000;
}

/** A letter with an accent is as wide as the letter. */
function widthOf(character: string, widths: readonly number[]): number {
  const base = character.normalize('NFD').codePointAt(0) ?? 0;
  return widths[base - FIRST_LISTED] ?? SIGNS.get(base) ?? (base < SCRIPTS_OF_EUROPE ? 1_100 : WIDEST);
}

const FIRST_LISTED = 0x20;
/** Signs that we write ourselves: …, ←, ↑, → and ↓. */
const SIGNS: ReadonlyMap<number, number> = new Map([
  [0x2026, 900],
  [0x2190, 754],
  [0x2191, 754],
  [0x2192, 754],
  [0x2193, 754],
]);
/** Latin, Greek and Cyrillic letters, of which the widest common ones are listed here together. */
const SCRIPTS_OF_EUROPE = 0x530;
/** What the typeface does not have is drawn as a box of half an em. */
const WIDEST = 1_300;

/** Advance widths of U+0020 to U+007E in thousandths of the size, from the `hmtx` tables of the files. */
// prettier-ignore
const REGULAR: readonly number[] = [
  286,361,414,754,573,855,702,248,352,352,450,754,286,325,286,304,573,573,573,573,573,573,573,573,573,573,304,304,754,754,754,478,900,616,618,629,693,569,518,698,677,266,266,590,501,777,673,709,543,709,625,572,550,659,616,890,617,550,617,352,304,352,754,450,450,552,572,495,572,554,317,572,571,250,250,521,250,877,571,551,572,572,370,469,353,571,533,736,533,533,473,573,304,573,754,
];
// prettier-ignore
const BOLD: readonly number[] = [
  313,411,469,754,626,902,785,276,412,412,471,754,342,374,342,329,626,626,626,626,626,626,626,626,626,626,360,360,754,754,754,522,900,697,686,661,748,615,615,739,753,335,335,698,574,896,753,765,660,765,693,648,614,731,697,993,694,652,653,412,329,412,754,450,450,607,645,534,645,611,392,645,641,309,309,599,309,938,641,619,645,645,444,536,431,641,587,832,581,587,524,641,329,641,754,
];
