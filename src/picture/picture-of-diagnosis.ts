import { formatActor } from '../changes/format-actor.ts';
import type { Diagnosis } from '../engine/diagnosis.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { explainFlow } from '../explain/explain-flow.ts';
import type { Secret } from '../explain/secrets.ts';
import type { Telling } from '../explain/telling.ts';
import { finishPicture } from './finish-picture.ts';
import { MOST, type AnswerPicture, type PathPicture, type TimelinePicture } from './answer-picture.ts';
import { legOfFlow } from './leg-of-flow.ts';
import { label } from './label.ts';
import { pictureTone } from './picture-tone.ts';

/**
 * The picture of why traffic was rejected: the way of the first finding's flow, and how it fared over the window. With
 * secrets: see `finishPicture`.
 */
export function pictureOfDiagnosis(diagnosis: Diagnosis, secrets?: readonly Secret[]): AnswerPicture | undefined {
  const [finding] = diagnosis.findings;
  if (finding === undefined) return undefined;
  const telling = { finding, diagnosis };
  const path = pathOf(telling);
  const timeline = timelineOf(telling);
  if (path === undefined && timeline === undefined) return undefined;
  return finishPicture(
    {
      tone: pictureTone(explainFinding(telling).tone),
      title: label(explainFlow(telling)),
      ...(path !== undefined && { path }),
      ...(timeline !== undefined && { timeline }),
    },
    secrets,
  );
}

/** Silence that is about no packet has no way to draw. */
function pathOf(telling: Telling): PathPicture | undefined {
  const { filters, blockedBy } = telling.finding;
  if (filters === undefined && blockedBy.length === 0) return undefined;
  return { forward: legOfFlow(telling, 'forward'), return: legOfFlow(telling, 'return') };
}

function timelineOf({ finding, diagnosis }: Telling): TimelinePicture | undefined {
  const { timeline, window, coverage } = diagnosis;
  if (timeline === undefined) return undefined;
  const changes = finding.reasons
    .flatMap((reason) => (reason.kind === 'changed' ? [reason.change] : []))
    .filter(({ at }) => at >= window.start && at <= window.end)
    .slice(-MOST.changes)
    .map(({ at, event, by }) => ({ at, label: label(by === undefined ? event : `${event} by ${formatActor(by)}`) }));
  const { freshUntil } = coverage;
  return {
    ...timeline,
    changes,
    ...(freshUntil !== undefined && freshUntil < window.end && { dataUntil: freshUntil }),
  };
}
