import type { Actor } from '../changes/change.ts';
import { NAMELESS } from '../changes/format-actor.ts';
import type { Reason } from '../engine/finding.ts';
import type { Span } from './document.ts';
import { formatDuration, formatList, shortName } from './phrase.ts';
import { code, sentence, time, type Part, type Sentence } from './sentence.ts';

type Changed = Extract<Reason, { kind: 'changed' }>;

/** What was changed, when and by whom, and what that meant for this traffic. No blame: the event, the role, the time. */
export function explainChange({ change, effect, firstReject }: Changed): Sentence {
  const objects = change.objects.length === 0 ? '' : ` on ${formatList(change.objects.map(shortName))}`;
  const event = sentence`Changed: ${code(shortName(change.event))}${objects}${explainActor(change.by)} at ${time(change.at)}`;
  const consequence = effect === undefined ? '' : CONSEQUENCES[effect](change.at, firstReject);
  return sentence`${event} (CloudTrail)${consequence}.`;
}

const CONSEQUENCES = {
  closed: (at, firstReject) =>
    firstReject === undefined || firstReject < at
      ? sentence`, which closed the way for this traffic`
      : sentence`, which closed the way for this traffic; first reject at ${time(firstReject)}, ${formatDuration(firstReject - at)} later`,
  opened: () => sentence`, which let this traffic through`,
} as const satisfies Record<NonNullable<Changed['effect']>, (at: number, firstReject: number | undefined) => Part>;

function explainActor(by: Actor | undefined): Part {
  if (by === undefined) return '';
  if (by.name === undefined) return ` by ${NAMELESS[by.kind]}`;
  const session: Part = by.session === undefined ? '' : sentence` (session ${principal(by.session)})`;
  return sentence` by ${by.kind === 'service' ? '' : `${by.kind} `}${principal(by.name)}${session}`;
}

/** A name that readers outside of the organisation do not see. */
function principal(name: string): Span {
  return { kind: 'principal', text: shortName(name) };
}
