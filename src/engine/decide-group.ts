import type { FlowGroup } from '../flowlog/observations.ts';
import { rejectedDirections } from '../flowlog/rejected.ts';
import { clearServicePort } from '../flowlog/service-port.ts';
import type { Direction } from '../net/direction.ts';
import type { NonEmpty } from '../lang/non-empty.ts';
import { culpritOf, culpritsOf } from './culprits.ts';
import { decide, type Decided } from './decision-table/decide.ts';
import { undetermined } from './decision-table/conclude.ts';
import type { FlowSituation, Scene } from './decision-table/situation.ts';
import type { Finding, RowId } from './finding.ts';
import { wayOf, type Way } from './packet-of-flow.ts';
import { filtersToday } from './filters-today.ts';
import { situateFlow } from './situate-flow.ts';

/** What the table says of one group: a finding for each direction in which it was rejected, or one for its request. */
export function decideGroup(scene: Scene, group: FlowGroup): readonly Finding[] {
  const directions = rejectedDirections(group);
  return (directions.length > 0 ? directions : [requestDirection(group)]).flatMap((direction) => {
    const [situation, ...others] = readings(scene, group, direction);
    const decided = others.reduce((soFar, other) => weigh(soFar, decide(other), group), decide(situation));
    if (decided === undefined) return [];
    const { row, alternatives, ...conclusion } = decided;
    const filters = filtersToday(situation.answers);
    return [{ row, alternatives, ...conclusion, filters, flow: situation.flow, group }];
  });
}

/** The way the first packet went, as far as anybody knows; where nobody does, both ways are on record. */
function requestDirection({ opener }: FlowGroup): Direction {
  return opener.side === 'local' ? 'egress' : 'ingress';
}

/**
 * Who opened a connection decides whether a packet is a request or an answer. Where the flags do not prove it and the
 * records leave room for doubt, both readings are taken (FLOW-64, FLOW-65).
 */
function readings(scene: Scene, group: FlowGroup, direction: Direction): NonEmpty<FlowSituation> {
  if (group.opener.side === 'unknown') {
    const taken = (leg: Way['leg']): FlowSituation => situateFlow(scene, { group, way: { direction, leg } });
    return [taken('forward'), taken('return')];
  }
  const way = wayOf(group, direction);
  const first = situateFlow(scene, { group, way });
  return isDoubtful(first) ? [first, situateFlow(scene, { group, way: turned(way) })] : [first];
}

function turned({ direction, leg }: Way): Way {
  return { direction, leg: leg === 'forward' ? 'return' : 'forward' };
}

/**
 * Nothing that was accepted can be an answer to packets that never got through: then the other side opened. And a reject
 * is no answer to something that was never sent, if the logs would have shown it.
 */
function isDoubtful({ scene, group, flow, along, against, rejected }: FlowSituation): boolean {
  if (group.opener.because === 'flags' || rejected === undefined) return false;
  if (flow.leg === 'return') return along.accepted !== undefined || against.accepted === undefined;
  return against.accepted !== undefined || (!scene.coverage.sees.accept && !hasClearPorts(group));
}

function hasClearPorts({ servicePort, clientPorts }: FlowGroup): boolean {
  const [clientPort] = clientPorts.listed;
  return (
    servicePort !== undefined && clientPort !== undefined && clearServicePort(servicePort, clientPort) === servicePort
  );
}

/**
 * Two readings that blame the same leave no doubt. A guess with a reason stands as likely, the other reading beside it;
 * without a reason, only what both readings blame is blamed.
 */
function weigh(first: Decided | undefined, second: Decided | undefined, { opener }: FlowGroup): Decided | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (sameCulprits(first, second) || opener.because === 'flags') return first;
  const guess = { kind: 'opener-guessed', because: opener.because } as const;
  const alternatives = withRow(first.alternatives, second.row, first.row);
  if (opener.side !== 'unknown') {
    const confidence = first.confidence === 'certain' ? 'likely' : first.confidence;
    return { ...first, confidence, alternatives, reasons: [...first.reasons, guess] };
  }
  const shared = first.blockedBy.filter((blocker) =>
    second.blockedBy.some((other) => culpritOf(other) === culpritOf(blocker)),
  );
  const reasons = [...first.reasons, guess];
  if (shared.length > 0) return { ...first, confidence: 'likely', alternatives, blockedBy: shared, reasons };
  const gaps = [...first.gaps, ...second.gaps];
  return { row: first.row, alternatives, ...undetermined({ reasons: reasons.filter(isNoVerdict), gaps }) };
}

/** With the culprit open, "the configuration denies" holds of one reading only. */
function isNoVerdict({ kind }: Decided['reasons'][number]): boolean {
  return kind !== 'configuration-denies' && kind !== 'configuration-allows';
}

function withRow(rows: readonly RowId[], row: RowId, chosen: RowId): readonly RowId[] {
  return row === chosen || rows.includes(row) ? rows : [...rows, row];
}

function sameCulprits(a: Decided, b: Decided): boolean {
  return a.verdict === b.verdict && culpritsOf(a) === culpritsOf(b);
}
