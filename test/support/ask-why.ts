import { diagnose } from '../../src/engine/diagnose.ts';
import type { Diagnosis, LogReading } from '../../src/engine/diagnosis.ts';
import type { Change } from '../../src/changes/change.ts';
import type { History } from '../../src/changes/history.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { OtherRecords, RecordsOfOther } from '../../src/engine/other-records.ts';
import type { FlowFilter } from '../../src/engine/question.ts';
import type { DiagnosisInput } from '../../src/engine/scene.ts';
import { parseLogFormat } from '../../src/flowlog/format.ts';
import { createObserver } from '../../src/flowlog/observe.ts';
import { parseAddress } from '../../src/net/address.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { parseProtocol } from '../../src/net/protocol.ts';
import type { TimeWindow } from '../../src/lang/time.ts';
import type { Gap } from '../../src/vpc/gap.ts';
import type { FlowLogId, NetworkInterfaceId } from '../../src/vpc/ids.ts';
import type { Snapshot } from '../../src/vpc/snapshot.ts';
import type { BuiltWorld, VpcBuilder } from './build-vpc.ts';
import { clock, linesIn, RICH_TEMPLATE } from './flow-lines.ts';
import { eni } from './ids.ts';

/** Field names of the recommended format, as a flow log of the builder wants them. */
export const RICH_FIELDS = RICH_TEMPLATE.replaceAll(/[${}]/g, '');

export interface Asked {
  /** The interface's name in the VPC. */
  readonly of: string;
  readonly lines?: readonly string[];
  /** `from 203.0.113.9 port 443 protocol udp`, each part optional. */
  readonly from?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly changes?: readonly Change[];
  /** Time of day; 12:30 unless told. The window is the hour before, down to 11:30. */
  readonly now?: string;
  readonly window?: { readonly start: string; readonly end: string };
  readonly readings?: ReadonlyMap<FlowLogId, LogReading>;
  /** Lines of other interfaces of the instance, by their names; or why they could not be read. */
  readonly others?: Readonly<Record<string, readonly string[] | Gap['because']>>;
}

/** Asks why traffic was rejected: real lines through the real reader, a real snapshot through the real parser. */
export function ask(vpc: VpcBuilder | BuiltWorld, asked: Asked): Diagnosis {
  return diagnose(inputOf(vpc, asked));
}

/** The same, for a test that changes something in between. */
export function inputOf(vpc: VpcBuilder | BuiltWorld, asked: Asked): DiagnosisInput {
  const { snapshot } = 'build' in vpc ? vpc.build() : vpc;
  const now = clock(asked.now ?? '12:30:00');
  const window = asked.window
    ? { start: clock(asked.window.start), end: clock(asked.window.end) }
    : { start: now - 3600, end: now };
  const readings = (records: number): ReadonlyMap<FlowLogId, LogReading> =>
    asked.readings ?? new Map(snapshot.flowLogs.map(({ id }) => [id, { kind: 'read', records }]));
  const read = (name: string, lines: readonly string[]) => {
    const { observations, records } = observed(snapshot, { name, lines, window });
    return { observations, logReadings: readings(records) };
  };
  return {
    question: { filter: filterOf(asked), window },
    snapshot,
    interfaceId: eni(asked.of),
    ...read(asked.of, asked.lines ?? []),
    ...historyOf(asked, snapshot, now),
    ...(asked.others !== undefined && { others: othersOf(asked.others, read) }),
    now,
  };
}

function observed(
  { interfaces, flowLogs }: Snapshot,
  { name, lines, window }: { readonly name: string; readonly lines: readonly string[]; readonly window: TimeWindow },
) {
  const own = interfaces.get(eni(name))!;
  const addresses = own.addresses.map(({ address }) => address);
  const observer = createObserver({ interfaceId: own.id, addresses, window });
  const feed = observer.open(parseLogFormat(flowLogs[0]?.format ?? RICH_TEMPLATE));
  for (const line of lines) feed.line(line);
  const { records } = feed.end();
  return { observations: observer.finish(), records };
}

function othersOf(
  others: NonNullable<Asked['others']>,
  read: (name: string, lines: readonly string[]) => Omit<Extract<RecordsOfOther, { kind: 'read' }>, 'kind'>,
): OtherRecords {
  return new Map(
    Object.entries(others).map(([name, told]): [NetworkInterfaceId, RecordsOfOther] => {
      if (typeof told !== 'string') return [eni(name), { kind: 'read', ...read(name, told) }];
      return [eni(name), { kind: 'refused', gap: { fact: 'flow-log-records', about: eni(name), because: told } }];
    }),
  );
}

/** The only finding; fails where there are more or fewer. */
export function only({ findings }: Diagnosis): Finding {
  if (findings.length !== 1)
    throw new Error(`${findings.length} findings: ${findings.map(({ row }) => row).join(' ')}`);
  return findings[0]!;
}

/** What blocks, short enough for a table: `network-acl egress 32767`, `security-group ingress`. */
export function culprits({ blockedBy }: Finding): readonly string[] {
  return blockedBy.map((blocker) => {
    if (blocker.kind === 'network-acl') return `network-acl ${blocker.direction} ${blocker.entry.ruleNumber}`;
    return blocker.kind === 'security-group' ? `security-group ${blocker.direction}` : blocker.kind;
  });
}

export function reasonKinds({ reasons }: Finding): readonly string[] {
  return reasons.map(({ kind }) => kind);
}

export function gapFacts({ gaps }: Pick<Finding, 'gaps'>): readonly string[] {
  return gaps.map(({ fact }) => fact);
}

/** All that could have changed was looked up, and this is what was told. */
function historyOf({ changes }: Asked, snapshot: Snapshot, readAt: number): { readonly history?: History } {
  if (changes === undefined) return {};
  const { securityGroups, networkAcls, interfaces, prefixLists } = snapshot;
  const ids: readonly string[] = [
    ...securityGroups.keys(),
    ...networkAcls.keys(),
    ...interfaces.keys(),
    ...prefixLists.keys(),
    ...[...interfaces.values()].flatMap(({ instanceId }) => instanceId ?? []),
  ];
  return { history: { changes, knownSince: new Map(ids.map((id) => [id, -Infinity])), readAt, gaps: [] } };
}

/** A change that CloudTrail tells of by its name alone. */
export function change(event: string, at: string, ...objects: readonly string[]): Change {
  const edits = objects.map((objectId) => ({ kind: 'untold', objectId }) as const);
  return { id: `${event} ${at}`, event, at: clock(at), objects, by: { kind: 'user', name: 'alice' }, edits };
}

/** Lines of one interface, in the recommended format or one of these fields. */
export function linesOf(name: string, fields = RICH_FIELDS) {
  const { accept, reject, nodata, skipdata } = linesIn(parseLogFormat(fields.replaceAll(/(\S+)/g, '${$1}')));
  const of = { eni: eni(name) };
  return {
    accept: (flow: string, options = {}) => accept(flow, { ...of, ...options }),
    reject: (flow: string, options = {}) => reject(flow, { ...of, ...options }),
    nodata: (from: string, until: string) => nodata({ ...of, from, until }),
    skipdata: (from: string, until: string) => skipdata({ ...of, from, until }),
  };
}

function filterOf({ from, port, protocol }: Asked): FlowFilter {
  const remote = from === undefined ? undefined : (parseCidr(from) ?? parseAddress(from));
  const number = protocol === undefined ? undefined : parseProtocol(protocol);
  return {
    ...(remote !== undefined && { remote }),
    ...(port !== undefined && { port }),
    ...(number !== undefined && { protocol: number }),
  };
}
