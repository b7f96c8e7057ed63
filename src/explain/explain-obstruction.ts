import type { Blocker } from '../engine/finding.ts';
import { blockerClause, blockerName, explainBlocker } from './explain-blocker.ts';
import { explainObstacle, obstacleClause } from './explain-obstacle.ts';
import type { Meeting, Reader } from './meeting.ts';
import { meetingOf } from './meeting.ts';
import { sentence, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';
import { obstacleName } from './told-obstacle.ts';

/** What a finding blames, be it a filter of the interface or something further on the way: short, as a name, in full. */
export function obstructionClause(blocker: Blocker, telling: Telling): Sentence {
  const meeting = meetingOf(telling);
  if (blocker.kind !== 'path') return blockerClause(blocker, meeting);
  const { obstacle } = blocker;
  const clause = obstacleClause({ obstacle, meeting: onLeg(meeting, obstacle.leg) });
  return obstacle.leg === meeting.leg ? clause : sentence`on the way back ${clause}`;
}

export function obstructionName(blocker: Blocker, reader: Reader, telling: Telling): Sentence {
  return blocker.kind === 'path'
    ? obstacleName({ obstacle: blocker.obstacle, meeting: meetingOf(telling) })
    : blockerName(blocker, reader);
}

export function explainObstruction(blocker: Blocker, telling: Telling): Sentence {
  const meeting = meetingOf(telling);
  return blocker.kind === 'path'
    ? explainObstacle({ obstacle: blocker.obstacle, meeting: onLeg(meeting, blocker.obstacle.leg) })
    : explainBlocker(blocker, meeting);
}

/** The answer has the ends of the request turned round; its destination port is the client's. */
function onLeg(meeting: Meeting, leg: Meeting['leg']): Meeting {
  if (leg === meeting.leg) return meeting;
  const { destinationPort: _port, ...rest } = meeting;
  return { ...rest, leg, source: meeting.destination, destination: meeting.source };
}
