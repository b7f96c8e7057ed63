import type { Blocker } from '../engine/finding.ts';
import type { Obstacle } from '../engine/path/path.ts';
import type { NearMiss } from '../engine/decision.ts';
import { explainNearMiss } from '../explain/explain-rule.ts';
import { plainText } from '../explain/plain-text.ts';
import type { Meeting } from '../explain/meeting.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { WhyRejectedAnswer } from './answer-schema.ts';
import { cleanLine } from './clean-text.ts';
import { present } from './json-present.ts';

type BlockerJson = WhyRejectedAnswer['findings'][number]['blockedBy'][number];

/** An obstacle in the words that recorded networks use: kind, id, leg, direction, rule number. */
export function blockerJson(blocker: Blocker, meeting: Meeting): BlockerJson {
  const { leg } = meeting;
  switch (blocker.kind) {
    case 'security-group': {
      const { kind, direction, ids, nearMisses } = blocker;
      const several = ids.length > 1 ? [...ids] : undefined;
      return {
        kind,
        id: ids[0] ?? '',
        leg,
        direction,
        ...present({ ids: several, nearestMiss: nearestMissJson(nearMisses, meeting) }),
      };
    }
    case 'network-acl': {
      const { kind, id, direction, entry, nearMisses, clientPorts } = blocker;
      const ports = clientPorts === undefined ? undefined : [...clientPorts];
      return {
        kind,
        id,
        leg,
        direction,
        ruleNumber: entry.ruleNumber,
        ...present({ nearestMiss: nearestMissJson(nearMisses, meeting), clientPorts: ports }),
      };
    }
    case 'block-public-access':
      return {
        kind: blocker.kind,
        id: blocker.id,
        leg,
        ...present({ mode: blocker.mode, managedBy: blocker.managedBy }),
      };
    case 'encryption-control':
      return { kind: blocker.kind, id: blocker.id, leg, ...present({ mode: blocker.mode }) };
    case 'path':
      return obstacleJson(blocker.obstacle);
    default:
      return assertNever(blocker);
  }
}

/** Something further on the way; ends that do not exist have no id. */
function obstacleJson({ kind, id = '', ids, leg, direction, ruleNumber, reason, code }: Obstacle): BlockerJson {
  const several = ids === undefined ? undefined : [...ids];
  return { kind, id, leg, ...present({ ids: several, direction, ruleNumber, reason, code }) };
}

/** What came closest to letting the packet through. */
export function nearestMissJson(
  nearMisses: readonly NearMiss<SecurityGroupRule | NetworkAclEntry>[],
  meeting: Meeting,
): BlockerJson['nearestMiss'] {
  const [miss] = nearMisses;
  if (miss === undefined) return undefined;
  const { rule } = miss;
  const name = 'ruleNumber' in rule ? { ruleNumber: rule.ruleNumber } : present({ ruleId: rule.id });
  return { ...name, failedOn: [...miss.failedOn], sentence: cleanLine(plainText(explainNearMiss(miss, meeting))) };
}
