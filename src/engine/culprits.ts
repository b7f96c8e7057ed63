import type { Blocker, Finding } from './finding.ts';
import type { Obstacle } from './path/path.ts';

/** Two findings blame the same when these are equal. */
export function culpritsOf({ blockedBy }: Pick<Finding, 'blockedBy'>): string {
  return blockedBy.map(culpritOf).toSorted().join(' | ');
}

/** A rule of an ACL is a culprit of its own; the groups of an interface are one together (SG-2). */
export function culpritOf(blocker: Blocker): string {
  if (blocker.kind === 'security-group') return [blocker.kind, blocker.direction, ...blocker.ids.toSorted()].join(' ');
  if (blocker.kind === 'path') return obstacleKey(blocker.obstacle);
  if (blocker.kind !== 'network-acl') return `${blocker.kind} ${blocker.id}`;
  return [blocker.kind, blocker.id, blocker.direction, blocker.entry.ruleNumber].join(' ');
}

function obstacleKey({ kind, leg, id, direction, ruleNumber, reason }: Obstacle): string {
  return [kind, leg, id, direction, ruleNumber, reason].filter((word) => word !== undefined).join(' ');
}
