import type { HopPicture, PathPicture } from './answer-picture.ts';
import { wrapText } from './wrap-text.ts';
import { textWidth, type TextStyle } from './text-width.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedText {
  readonly text: string;
  readonly x: number;
  /** Of the line the letters stand on. */
  readonly baseline: number;
  readonly style: TextStyle;
}

export interface PlacedHop extends Rectangle {
  readonly hop: HopPicture;
  /** The word of a hop that stops the packet, above its name. */
  readonly badge?: PlacedText;
  readonly texts: readonly PlacedText[];
}

export interface PlacedLeg {
  readonly leg: keyof PathPicture;
  readonly title: PlacedText;
  /** In the order they are travelled. */
  readonly hops: readonly PlacedHop[];
}

export interface PathLayout {
  readonly width: number;
  readonly height: number;
  readonly legs: readonly PlacedLeg[];
}

export const STYLES = {
  legTitle: { size: 17, bold: true },
  badge: { size: 15, bold: true },
  hopTitle: { size: 17, bold: true },
  hopDetail: { size: 16 },
} as const satisfies Record<string, TextStyle>;

const LINE_HEIGHT = 1.25;
const COLUMN_GAP = 28;
const HOP_GAP = 22;
const PADDING = 11;
/** Room for the sign at the left. */
export const SIGN_WIDTH = 40;
const LEG_TITLE_HEIGHT = 32;
const MOST_LINES = { hopTitle: 3, hopDetail: 4 } as const;

/**
 * Where everything stands: the way there goes down at the left, the way back up at the right; where there is one leg only
 * it has the whole width. The columns are equally high, so that the ends stand beside each other.
 */
export function layOutPath(path: PathPicture, width: number): PathLayout {
  const legs = LEGS.filter((leg) => path[leg].length > 0);
  const columnWidth = legs.length > 1 ? (width - COLUMN_GAP) / 2 : width;
  const columns = legs.map((leg, index) => {
    const hops = path[leg].map((hop, number) => boxOf(hop, { number: number + 1, width: columnWidth }));
    return { leg, x: index * (columnWidth + COLUMN_GAP), hops, height: naturalHeight(hops) };
  });
  const height = Math.max(0, ...columns.map((column) => column.height));
  return {
    width,
    height: columns.length === 0 ? 0 : LEG_TITLE_HEIGHT + height,
    legs: columns.map(({ leg, x, hops }) => ({
      leg,
      title: { text: LEG_TITLE[leg], x, baseline: STYLES.legTitle.size, style: STYLES.legTitle },
      hops: stacked(hops, { x, height, isUpwards: leg === 'return' }),
    })),
  };
}

const LEGS = ['forward', 'return'] as const;
const LEG_TITLE = { forward: 'The way there ↓', return: 'The way back ↑' } as const;

function naturalHeight(hops: readonly Rectangle[]): number {
  return hops.reduce((sum, { height }) => sum + height, 0) + HOP_GAP * Math.max(0, hops.length - 1);
}

/** A box at the origin, as high as its lines. */
function boxOf(hop: HopPicture, { number, width }: { readonly number: number; readonly width: number }): PlacedHop {
  const room = width - SIGN_WIDTH - PADDING;
  let y = PADDING;
  const write = (text: string, style: TextStyle): PlacedText => {
    const baseline = y + style.size;
    y += style.size * LINE_HEIGHT;
    return { text, x: SIGN_WIDTH, baseline, style };
  };
  const badge = hop.state === 'blocked' ? write(BLOCKED, STYLES.badge) : undefined;
  if (badge !== undefined) y += BADGE_GAP;
  const lines = (text: string, style: 'hopTitle' | 'hopDetail'): readonly PlacedText[] =>
    wrapText(text, STYLES[style], { width: room, most: MOST_LINES[style] }).map((line) => write(line, STYLES[style]));
  const texts = [...lines(`${number}. ${hop.title}`, 'hopTitle'), ...lines(hop.detail ?? '', 'hopDetail')];
  return { x: 0, y: 0, width, height: y + PADDING - 3, hop, texts, ...(badge !== undefined && { badge }) };
}

const BLOCKED = 'BLOCKED';
const BADGE_GAP = 5;

interface Column {
  readonly x: number;
  readonly height: number;
  readonly isUpwards: boolean;
}

/** Puts boxes one under the other; a shorter column is spread out. */
function stacked(hops: readonly PlacedHop[], { x, height, isUpwards }: Column): readonly PlacedHop[] {
  const gap = hops.length < 2 ? 0 : HOP_GAP + (height - naturalHeight(hops)) / (hops.length - 1);
  let y = LEG_TITLE_HEIGHT;
  const downwards = (isUpwards ? hops.toReversed() : hops).map((hop) => {
    const moved = moveBy(hop, { x, y });
    y += hop.height + gap;
    return moved;
  });
  return isUpwards ? downwards.toReversed() : downwards;
}

function moveBy(hop: PlacedHop, by: { readonly x: number; readonly y: number }): PlacedHop {
  const move = (text: PlacedText): PlacedText => ({ ...text, x: text.x + by.x, baseline: text.baseline + by.y });
  return {
    ...hop,
    x: hop.x + by.x,
    y: hop.y + by.y,
    texts: hop.texts.map(move),
    ...(hop.badge !== undefined && { badge: move(hop.badge) }),
  };
}

/** The room that a text takes, letters that reach below the line included. */
export function extentOf({ text, x, baseline, style }: PlacedText): Rectangle {
  return { x, y: baseline - style.size, width: textWidth(text, style), height: style.size * LINE_HEIGHT };
}
