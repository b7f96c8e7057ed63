import type { HopState, PictureTone } from './answer-picture.ts';

interface Colours {
  readonly ink: string;
  readonly fill: string;
}

/**
 * A picture brings its own light ground, so that it looks the same on Slack's light and dark theme. Ink on its fill has
 * a contrast of 4.5 and more (https://www.w3.org/TR/WCAG22/#contrast-minimum); a test counts.
 */
export const GROUND = { page: '#e9edf2', card: '#ffffff', line: '#c5ced8', text: '#1c2733', soft: '#51606f' } as const;

const RED: Colours = { ink: '#b3161d', fill: '#fdebea' };
const ORANGE: Colours = { ink: '#954200', fill: '#fff1e0' };
const GREEN: Colours = { ink: '#13692f', fill: '#e8f6ec' };
const GREY: Colours = { ink: '#51606f', fill: '#f1f4f7' };
const BLUE: Colours = { ink: '#1d4f91', fill: '#e9f1fb' };

export const HOP_COLOURS: Readonly<Record<HopState, Colours>> = {
  end: BLUE,
  passed: GREEN,
  blocked: RED,
  unknown: ORANGE,
  'not-reached': GREY,
};

export const TONE_COLOURS: Readonly<Record<PictureTone, Colours>> = {
  blocked: RED,
  'likely-blocked': ORANGE,
  'not-blocked': GREEN,
  'no-evidence': GREY,
  'could-not-check': ORANGE,
  reachable: GREEN,
  undetermined: GREY,
};

export const CHART_COLOURS = {
  accepted: '#2f9152',
  rejected: '#b3161d',
  change: '#1d4f91',
  unseen: '#d3dae2',
} as const;
