import * as z from 'zod';
import type { Tone } from '../explain/document.ts';

/** Verdicts that are drawn; their words and emoji are those of `src/render/tones.ts`. */
const TONES = [
  'blocked',
  'likely-blocked',
  'not-blocked',
  'no-evidence',
  'could-not-check',
  'reachable',
  'undetermined',
] as const satisfies readonly Tone[];

export type PictureTone = (typeof TONES)[number];

const HOP_STATES = ['end', 'passed', 'blocked', 'unknown', 'not-reached'] as const;

/** `end`: where a leg begins or ends. `not-reached`: something before it stops the packet. */
export type HopState = (typeof HOP_STATES)[number];

/** Longest texts of a picture: what is longer was cut when it was made. */
export const LONGEST = { title: 160, hopTitle: 100, hopDetail: 120, change: 80, altText: 1_000 } as const;

export const MOST = { hops: 14, stretches: 60, changes: 4 } as const;

const Hop = z.object({
  state: z.enum(HOP_STATES),
  title: z.string().max(LONGEST.hopTitle),
  /** What it says of the packet. */
  detail: z.string().max(LONGEST.hopDetail).exactOptional(),
});

const Leg = z.array(Hop).max(MOST.hops);

/** The way of a packet and of its answer, in the order they are travelled. */
const Path = z.object({ forward: Leg, return: Leg });

const Counts = z.array(z.number().int().nonnegative()).min(1).max(MOST.stretches);

/** Records over time: see `FlowTimeline`. */
const Timeline = z.object({
  start: z.number(),
  stretchSeconds: z.number().int().positive(),
  acceptedAre: z.enum(['same-way', 'requests']),
  accepted: Counts,
  rejected: Counts,
  changes: z.array(z.object({ at: z.number(), label: z.string().max(LONGEST.change) })).max(MOST.changes),
  /** Records newer than this may not have been delivered yet; absent: all of the window was. */
  dataUntil: z.number().exactOptional(),
});

const Picture = z.object({
  tone: z.enum(TONES),
  /** The flow: `tcp/5432 from 10.20.4.17 to payments-db`. */
  title: z.string().max(LONGEST.title),
  path: Path.exactOptional(),
  timeline: Timeline.exactOptional(),
  /** The same in words, for those who don't see it. */
  altText: z.string().max(LONGEST.altText),
});

export type HopPicture = Readonly<z.infer<typeof Hop>>;

export interface PathPicture {
  readonly forward: readonly HopPicture[];
  readonly return: readonly HopPicture[];
}

export interface TimelinePicture extends Readonly<Omit<z.infer<typeof Timeline>, 'accepted' | 'rejected' | 'changes'>> {
  readonly accepted: readonly number[];
  readonly rejected: readonly number[];
  readonly changes: readonly { readonly at: number; readonly label: string }[];
}

/** All that a picture of an answer shows: made with the answer, small enough to be kept, drawn when somebody asks for it. */
export interface AnswerPicture {
  readonly tone: PictureTone;
  readonly title: string;
  readonly path?: PathPicture;
  readonly timeline?: TimelinePicture;
  readonly altText: string;
}

/** Reads back what was kept as JSON; `undefined` for what this version cannot draw. */
export function parseAnswerPicture(value: unknown): AnswerPicture | undefined {
  const parsed = Picture.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
