import { Stretches, type TimeCount } from '../flowlog/counts-over-time.ts';
import type { FlowGroup, Observations } from '../flowlog/observations.ts';
import type { EpochSeconds } from '../lang/time.ts';
import { opposite } from '../net/direction.ts';
import type { Finding } from './finding.ts';
import { sameFlowKey } from './same-flow.ts';

/** How a flow fared over the window: records by stretches of equal length, the empty ones included. */
export interface FlowTimeline {
  readonly start: EpochSeconds;
  readonly stretchSeconds: number;
  /** What was accepted: packets that went the way of the rejected ones, or the requests to which those were the answers. */
  readonly acceptedAre: 'same-way' | 'requests';
  readonly accepted: readonly number[];
  readonly rejected: readonly number[];
}

/**
 * The records behind a finding over time, and those of the same flows that fared otherwise: what was accepted by other
 * conversations is another group. Absent for findings from silence.
 */
export function timelineOf(
  { window, groups }: Observations,
  { group, alike = [], flow: { direction, leg } }: Finding,
): FlowTimeline | undefined {
  if (group === undefined) return undefined;
  const own = new Set([group, ...alike].map(sameFlowKey));
  const flows = groups.filter((each) => own.has(sameFlowKey(each)));
  const acceptedWay = leg === 'return' ? opposite(direction) : direction;
  const stretches = new Stretches(window);
  const add = (counts: (each: FlowGroup) => readonly TimeCount[] | undefined): readonly number[] =>
    addUp(
      flows.flatMap((each) => counts(each) ?? []),
      stretches,
    );
  return {
    start: window.start,
    stretchSeconds: stretches.seconds,
    acceptedAre: leg === 'return' ? 'requests' : 'same-way',
    accepted: add((each) => each[acceptedWay].accepted?.overTime),
    rejected: add((each) => each[direction].rejected?.overTime),
  };
}

function addUp(counts: readonly TimeCount[], stretches: Stretches): readonly number[] {
  const sums = Array.from({ length: stretches.count }, () => 0);
  for (const { at, records } of counts) {
    const index = stretches.indexOf(at);
    sums[index] = (sums[index] ?? 0) + records;
  }
  return sums;
}
