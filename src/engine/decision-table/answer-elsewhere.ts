import type { FlowGroup } from '../../flowlog/observations.ts';
import { isNonEmpty, type NonEmpty } from '../../lang/non-empty.ts';
import { sameAddress } from '../../net/address.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { coverageOf } from '../coverage.ts';
import type { Coverage, LogReading } from '../diagnosis.ts';
import type { RecordsOfOther } from '../other-records.ts';
import { missedNothing } from './missed-nothing.ts';
import { otherInterfaces } from './other-interfaces.ts';
import type { FlowSituation } from './situation.ts';

/** What the other interfaces of the instance show of the answer that this one never saw. */
export type AnswerElsewhere =
  /** All were read in full, and none sent it. */
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'left'; readonly by: NetworkInterface; readonly answer: FlowGroup }
  | { readonly kind: 'unknown'; readonly gaps: NonEmpty<Gap> };

/** An instance may answer by another interface than it was asked at: then the records are that one's (CT-20, CT-21). */
export function answerElsewhere(situation: FlowSituation): AnswerElsewhere {
  const gaps: Gap[] = [];
  for (const by of otherInterfaces(situation)) {
    const records = situation.scene.others.get(by.id);
    const answer = records?.kind === 'read' ? answerIn(records, situation) : undefined;
    if (answer !== undefined) return { kind: 'left', by, answer };
    gaps.push(...gapsOf(by, records, situation));
  }
  return isNonEmpty(gaps) ? { kind: 'unknown', gaps } : { kind: 'nowhere' };
}

function answerIn(
  { observations }: Extract<RecordsOfOther, { kind: 'read' }>,
  situation: FlowSituation,
): FlowGroup | undefined {
  return observations.groups.find((group) => answers(group, situation));
}

/**
 * The same conversation, seen to leave. Logs without packet addresses name the interface's own address in place of the
 * answer's (FLOW-45): then only what was not asked there can be an answer to what was asked here.
 */
function answers(group: FlowGroup, { group: asked, along }: FlowSituation): boolean {
  const sent = group.egress.accepted ?? group.egress.rejected;
  if (sent === undefined || sent.lastSeen < (along.accepted?.firstSeen ?? Infinity)) return false;
  const wasAskedThere = (group.ingress.accepted ?? group.ingress.rejected) !== undefined;
  const isFromHere = sameAddress(group.local, asked.local);
  return sameConversation(group, asked) && (isFromHere || (!wasAskedThere && hasPorts(asked.protocol)));
}

function sameConversation(a: FlowGroup, b: FlowGroup): boolean {
  return (
    a.protocol === b.protocol &&
    sameAddress(a.remote, b.remote) &&
    share(portsOf(a, 'local'), portsOf(b, 'local')) &&
    share(portsOf(a, 'remote'), portsOf(b, 'remote'))
  );
}

/** `any`: there were more than are listed, or nobody told. */
function portsOf({ serviceSide, servicePort, clientPorts }: FlowGroup, side: 'local' | 'remote'): Ports {
  if (side === serviceSide) return servicePort === undefined ? 'any' : [servicePort];
  const { listed, distinct } = clientPorts;
  return listed.length === 0 || distinct > listed.length ? 'any' : listed;
}

type Ports = readonly number[] | 'any';

function share(a: Ports, b: Ports): boolean {
  return a === 'any' || b === 'any' || a.some((port) => b.includes(port));
}

function gapsOf(
  by: NetworkInterface,
  records: RecordsOfOther | undefined,
  { scene, along }: FlowSituation,
): readonly Gap[] {
  const unread: Gap = { fact: 'flow-log-records', about: by.id, because: 'not-collected' };
  if (records === undefined) return [unread];
  if (records.kind === 'refused') return [records.gap];
  const coverage = coverageOf({ ...records, snapshot: scene.snapshot, now: scene.now }, by);
  const { observations } = records;
  if (missedNothing({ observations, coverage }, along.accepted?.firstSeen ?? 0)) return [];
  return [{ ...unread, ...whyUnseen(coverage) }];
}

/** No log that covers it, one that cannot be read, or one that shows only part of it. */
function whyUnseen({ logs }: Coverage): Pick<Gap, 'because' | 'action'> {
  if (logs.length === 0) return { because: 'not-found' };
  const troubles = logs.map(({ reading }) => reading).filter(({ kind }) => kind !== 'read' && kind !== 'not-needed');
  const [trouble] = troubles;
  return trouble === undefined || troubles.length < logs.length ? { because: 'incomplete' } : becauseOf(trouble);
}

function becauseOf(reading: LogReading): Pick<Gap, 'because' | 'action'> {
  if (reading.kind === 'refused') return { because: 'access-denied', action: reading.action };
  return { because: reading.kind === 'unreachable' ? 'unreachable' : 'not-found' };
}
