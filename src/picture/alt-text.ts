import { exactly } from '../explain/phrase.ts';
import { formatUtc } from '../lang/utc.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { cutText } from '../render/clean-text.ts';
import { TONES } from '../render/tones.ts';
import { LONGEST, type AnswerPicture, type HopPicture, type TimelinePicture } from './answer-picture.ts';

/** Puts into words what the picture shows: verdict, counts over time, changes, every hop in order. */
export function describePicture(picture: Omit<AnswerPicture, 'altText'>): AnswerPicture {
  const texts = DETAILS.map((detail) => altText(picture, detail));
  const fitting = texts.find((text) => text.length <= LONGEST.altText) ?? texts.at(-1) ?? '';
  return { ...picture, altText: cutText(fitting, LONGEST.altText) };
}

interface Detail {
  /** Hops whose decision is told and not only marked. */
  readonly of: ReadonlySet<HopPicture['state']>;
  readonly longestTitle: number;
}

/** From all that the picture says to less: what passes needs fewer words than what stops the packet. */
const DETAILS: readonly Detail[] = [
  { of: new Set(['end', 'passed', 'blocked', 'unknown']), longestTitle: LONGEST.hopTitle },
  { of: new Set(['blocked', 'unknown']), longestTitle: LONGEST.hopTitle },
  { of: new Set(['blocked']), longestTitle: 40 },
  { of: new Set(), longestTitle: 20 },
  { of: new Set(), longestTitle: 12 },
];

/** The timeline stands before the hops: should the text be cut, the long list is what is cut. */
function altText({ tone, title, path, timeline }: Omit<AnswerPicture, 'altText'>, detail: Detail): string {
  const legs = path === undefined ? [] : [wayText('There', path.forward, detail), wayText('Back', path.return, detail)];
  return [`${TONES[tone].word}: ${title}.`, ...timelineText(timeline), ...legs].filter((part) => part !== '').join(' ');
}

function wayText(word: string, hops: readonly HopPicture[], detail: Detail): string {
  if (hops.length === 0) return '';
  const told = hops.map(
    (hop, index) => `${index + 1}. ${cutText(hop.title, detail.longestTitle)}${hopText(hop, detail)}`,
  );
  return `${word}: ${told.join('; ')}.`;
}

function hopText({ state, detail = '' }: HopPicture, { of }: Detail): string {
  const said = [STATE_WORD[state], of.has(state) ? detail : ''].filter((words) => words !== '');
  return said.length === 0 ? '' : ` (${said.join(': ')})`;
}

const STATE_WORD: Readonly<Record<HopPicture['state'], string>> = {
  end: '',
  passed: 'passes',
  blocked: 'BLOCKED',
  unknown: 'unknown',
  'not-reached': 'not reached',
};

function timelineText(timeline: TimelinePicture | undefined): readonly string[] {
  if (timeline === undefined) return [];
  const { start, stretchSeconds, accepted, rejected, acceptedAre, changes, dataUntil } = timeline;
  const end = start + rejected.length * stretchSeconds;
  const acceptedWhat = acceptedAre === 'requests' ? 'requests accepted' : 'accepted';
  return [
    `From ${utc(start)} to ${clock(end, 'HH:MM')} UTC: ${countText(timeline, rejected)} rejected, ${countText(timeline, accepted)} ${acceptedWhat}.`,
    ...changes.map(({ at, label }) => `Changed at ${clock(at, 'HH:MM:SS')}: ${label}.`),
    ...(dataUntil === undefined ? [] : [`Records after ${clock(dataUntil, 'HH:MM')} may not have been delivered yet.`]),
  ];
}

function countText({ start, stretchSeconds }: TimelinePicture, counts: readonly number[]): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 'none';
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  const [from, to] = [
    clock(start + first * stretchSeconds, 'HH:MM'),
    clock(start + (last + 1) * stretchSeconds, 'HH:MM'),
  ];
  const records = `${exactly(total)} ${total === 1 ? 'record' : 'records'}`;
  return `${records} (${from} to ${to})`;
}

function utc(time: EpochSeconds): string {
  return formatUtc(time).slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
}

function clock(time: EpochSeconds, shape: 'HH:MM' | 'HH:MM:SS'): string {
  return formatUtc(time).slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDT'.length + shape.length);
}
