import type { PathPicture } from './answer-picture.ts';
import { drawSign } from './draw-sign.ts';
import { drawText } from './draw-text.ts';
import { layOutPath, SIGN_WIDTH, STYLES, type PlacedHop, type PlacedLeg } from './lay-out-path.ts';
import { GROUND, HOP_COLOURS } from './palette.ts';
import { tag, type Drawing } from './svg.ts';
import { textWidth } from './text-width.ts';

/** The way there and back as boxes and arrows. */
export function drawPath(path: PathPicture, width: number): Drawing {
  const { height, legs } = layOutPath(path, width);
  return { width, height, body: legs.map(drawLeg).join('') };
}

function drawLeg({ title, hops, leg }: PlacedLeg): string {
  const arrows = hops.slice(1).map((hop, index) => {
    const before = hops.slice(0, index + 1);
    const isReached = !before.some((each) => each.hop.state === 'blocked');
    const from = before.at(-1);
    return from === undefined ? '' : drawArrow(from, hop, { isReached, isUpwards: leg === 'return' });
  });
  return [drawText(title, GROUND.soft), ...arrows, ...hops.map(drawHop)].join('');
}

const RADIUS = 12;

function drawHop(placed: PlacedHop): string {
  const { x, y, width, height, hop, texts, badge } = placed;
  const { ink, fill } = HOP_COLOURS[hop.state];
  const isBlocked = hop.state === 'blocked';
  const isOpen = hop.state === 'unknown' || hop.state === 'not-reached';
  const box = tag('rect', {
    x,
    y,
    width,
    height,
    rx: 8,
    fill,
    stroke: ink,
    'stroke-width': isBlocked ? 3 : 1.5,
    'stroke-dasharray': isOpen ? '6 4' : undefined,
  });
  const sign = drawSign(hop.state, { x: x + SIGN_WIDTH / 2, y: y + 22, radius: RADIUS, colour: ink });
  const written = texts.map((text) =>
    drawText(text, text.style === STYLES.hopTitle ? GROUND.text : detailInk(hop.state)),
  );
  return [box, sign, badge === undefined ? '' : drawBadge(placed), ...written].join('');
}

/** What stops the packet is said in its colour. */
function detailInk(state: PlacedHop['hop']['state']): string {
  return state === 'blocked' ? HOP_COLOURS.blocked.ink : GROUND.soft;
}

function drawBadge({ badge, hop }: PlacedHop): string {
  if (badge === undefined) return '';
  const { ink } = HOP_COLOURS[hop.state];
  const { x, baseline, style, text } = badge;
  const plate = tag('rect', {
    x: x - 1,
    y: baseline - style.size - 1,
    width: textWidth(text, style) + 14,
    height: style.size + 6,
    rx: 4,
    fill: ink,
  });
  return plate + drawText({ ...badge, x: x + 6 }, '#ffffff');
}

interface Way {
  readonly isReached: boolean;
  readonly isUpwards: boolean;
}

/** From box to box; dashed where the packet never comes. */
function drawArrow(from: PlacedHop, to: PlacedHop, { isReached, isUpwards }: Way): string {
  const x = from.x + SIGN_WIDTH / 2;
  const [start, end] = isUpwards ? [from.y, to.y + to.height + 3] : [from.y + from.height, to.y - 3];
  const head = isUpwards ? 7 : -7;
  const colour = isReached ? GROUND.text : GROUND.soft;
  const line = tag('path', {
    d: `M${x} ${start} L${x} ${end}`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 2,
    'stroke-dasharray': isReached ? undefined : '3 4',
  });
  return line + tag('path', { d: `M${x - 6} ${end + head} L${x} ${end} L${x + 6} ${end + head} Z`, fill: colour });
}
