import type { FlowLog } from '../vpc/flow-log.ts';

/** Which actions have been seen: ACCEPT-only logs never show a block, REJECT-only ones never a success (FLOW-85). */
export interface Seen {
  readonly accept: boolean;
  readonly reject: boolean;
}

/**
 * The fewest logs that show what is not seen yet, out of those still untried. Several logs often cover one interface
 * and repeat each other; the one that tells most is read, others only for an action it lacks.
 */
export function chooseFlowLogs<Log extends FlowLog>(untried: readonly Log[], seen: Seen): readonly Log[] {
  const chosen: Log[] = [];
  let covered = seen;
  for (const log of [...untried].sort(byUse)) {
    const both = see(covered, log);
    if (both.accept !== covered.accept || both.reject !== covered.reject) chosen.push(log);
    covered = both;
  }
  return chosen;
}

export function see(seen: Seen, { trafficType }: FlowLog): Seen {
  return { accept: seen.accept || trafficType !== 'REJECT', reject: seen.reject || trafficType !== 'ACCEPT' };
}

/** Both actions before one, delivered before failing, more fields before fewer, sooner before later (FLOW-53). */
function byUse(a: FlowLog, b: FlowLog): number {
  const [forA, forB] = [useOf(a), useOf(b)];
  const difference = forA.findIndex((value, index) => value !== forB[index]);
  return difference === -1 ? compareIds(a, b) : (forB[difference] ?? 0) - (forA[difference] ?? 0);
}

function useOf(log: FlowLog): readonly number[] {
  return [
    Number(log.trafficType === 'ALL'),
    Number(log.delivery.status !== 'failed'),
    USEFUL_FIELDS.filter((field) => log.format.includes(`\${${field}}`)).length,
    Number(log.destination.kind === 'cloud-watch-logs'),
    -log.aggregationInterval,
  ];
}

/** So that one question is answered from the same log every time. */
function compareIds(a: FlowLog, b: FlowLog): number {
  return a.id < b.id ? -1 : 1;
}

/** What a diagnosis gains from beyond the default format (FLOW-110). */
const USEFUL_FIELDS = [
  'tcp-flags',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'flow-direction',
  'traffic-path',
  'reject-reason',
  'pkt-src-aws-service',
  'pkt-dst-aws-service',
];
