import type { Change } from '../../changes/change.ts';
import type { Reason } from '../finding.ts';
import type { FlowSituation } from './situation.ts';

/** Whose hand closed the way before the first reject, and whose opened it again: what the rules before and after say. */
export function turningPoints({ past, rejected }: FlowSituation): readonly Reason[] {
  const { closedBy = [], openedBy = [] } = past ?? {};
  const firstReject = rejected?.firstSeen;
  const closed = closedBy.map((change): Reason =>
    firstReject === undefined
      ? { kind: 'changed', change, effect: 'closed' }
      : { kind: 'changed', change, effect: 'closed', firstReject },
  );
  return [...closed, ...openedBy.map((change): Reason => ({ kind: 'changed', change, effect: 'opened' }))];
}

/** Something changed, and what that meant for these packets is not known. */
export function plainChange(change: Change): Reason {
  return { kind: 'changed', change };
}
