import { createRedactor, type RedactText } from '../explain/redact-text.ts';
import type { Secret } from '../explain/secrets.ts';
import { cutText } from '../render/clean-text.ts';
import { describePicture } from './alt-text.ts';
import { LONGEST, type AnswerPicture, type HopPicture, type TimelinePicture } from './answer-picture.ts';

type Draft = Omit<AnswerPicture, 'altText'>;

/**
 * Cuts every text to its room and adds the alternative text. `secrets` are given for readers from other organisations:
 * stand-ins are put first, for half a name that was cut would not be known for one.
 */
export function finishPicture(draft: Draft, secrets?: readonly Secret[]): AnswerPicture {
  const redact: RedactText = secrets === undefined ? (text) => text : createRedactor(secrets);
  const fit = (text: string, limit: number): string => cutText(redact(text), limit);
  const { path, timeline } = draft;
  const hops = (leg: readonly HopPicture[]): readonly HopPicture[] => leg.map((hop) => fitHop(hop, fit));
  return describePicture({
    tone: draft.tone,
    title: fit(draft.title, LONGEST.title),
    ...(path !== undefined && { path: { forward: hops(path.forward), return: hops(path.return) } }),
    ...(timeline !== undefined && { timeline: fitTimeline(timeline, fit) }),
  });
}

type Fit = (text: string, limit: number) => string;

function fitHop({ state, title, detail }: HopPicture, fit: Fit): HopPicture {
  const bare = { state, title: fit(title, LONGEST.hopTitle) };
  return detail === undefined ? bare : { ...bare, detail: fit(detail, LONGEST.hopDetail) };
}

function fitTimeline(timeline: TimelinePicture, fit: Fit): TimelinePicture {
  const changes = timeline.changes.map(({ at, label }) => ({ at, label: fit(label, LONGEST.change) }));
  return { ...timeline, changes };
}
