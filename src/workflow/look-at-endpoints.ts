import type { EndpointUse, EndpointUses } from '../audit/endpoint-use.ts';
import { covers } from '../engine/coverage.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { freshUntil } from '../flowlog/freshness.ts';
import type { EpochSeconds, TimeWindow } from '../lang/time.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { VpcEndpoint } from '../vpc/vpc-endpoint.ts';
import { gapOf } from './gap-of.ts';
import type { FindTraffic, FoundTraffic } from './sources.ts';

const HOUR = 3_600;
/** A job may run once a week. */
const LOOK_BACK = 7 * 24 * HOUR;
/** Less says nothing: most jobs run once a day. */
const SHORTEST = 24 * HOUR;
/** Each costs a call for each of its interfaces, two where it is silent. */
const MOST_ENDPOINTS = 50;

export interface Looking {
  readonly findTraffic: FindTraffic;
  readonly askedBy: string;
  readonly now: EpochSeconds;
  readonly signal: AbortSignal;
}

/** Which interface endpoints carried anything in the last days, by the flow logs of their own interfaces. */
export async function lookAtEndpoints(snapshot: Snapshot, looking: Looking): Promise<EndpointUses> {
  const endpoints = [...snapshot.endpoints.values()].filter(isCharged).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const uses = new Map<VpcEndpoint['id'], EndpointUse>();
  for (const [index, endpoint] of endpoints.entries()) {
    const seen = index < MOST_ENDPOINTS ? await lookAt(endpoint, snapshot, looking) : UNREAD;
    uses.set(endpoint.id, 'because' in seen ? { kind: 'unknown', gap: gapAt(endpoint, snapshot, seen) } : seen);
  }
  return uses;
}

type Why = Pick<Gap, 'because' | 'action'>;

const UNREAD: Why = { because: 'not-collected' };

function gapAt({ id, vpcId }: VpcEndpoint, { vpcs }: Snapshot, why: Why): Gap {
  const vpc = vpcs.get(vpcId);
  const place = vpc === undefined ? {} : { region: vpc.region, ...(vpc.accountId && { accountId: vpc.accountId }) };
  return { fact: 'endpoint-traffic', about: id, ...why, ...place };
}

/** Those that AWS's own services made are theirs. */
function isCharged({ type, state, requesterManaged, interfaceIds }: VpcEndpoint): boolean {
  return type === 'Interface' && state === 'available' && !requesterManaged && interfaceIds.length > 0;
}

/** One interface with traffic is enough; for silence all must have been on record, and for long enough. */
async function lookAt(endpoint: VpcEndpoint, snapshot: Snapshot, looking: Looking): Promise<KnownUse | Why> {
  let window: TimeWindow = { start: looking.now - LOOK_BACK, end: looking.now };
  let missing: Why | undefined;
  for (const id of endpoint.interfaceIds) {
    const seen = await lookAtInterface(snapshot.interfaces.get(id), snapshot, looking);
    if (seen === 'traffic') return { kind: 'used' };
    if ('because' in seen) missing ??= seen;
    else window = { start: Math.max(window.start, seen.start), end: Math.min(window.end, seen.end) };
  }
  if (missing !== undefined) return missing;
  return window.end - window.start < SHORTEST ? { because: 'incomplete' } : { kind: 'silent', window };
}

type KnownUse = Exclude<EndpointUse, { kind: 'unknown' }>;

/** The time for which it was silent. */
async function lookAtInterface(
  at: NetworkInterface | undefined,
  snapshot: Snapshot,
  looking: Looking,
): Promise<TimeWindow | 'traffic' | Why> {
  if (at === undefined) return { because: 'not-found' };
  const logs = snapshot.flowLogs.filter((each) => covers(each, at));
  const log = logs.filter(isSearchable).find(({ destination }) => isAtHome(destination, at));
  if (log === undefined) return logs.length === 0 ? { because: 'not-found' } : UNREAD;
  const { now, askedBy, signal, findTraffic } = looking;
  const window = { start: now - LOOK_BACK, end: freshUntil(log, now) };
  try {
    const scope = scopeOf(at, snapshot);
    const { logGroup } = log.destination;
    const request = { interfaceId: at.id, scope, logGroup, format: log.format, window, askedBy };
    return timeOf(await findTraffic(request, { signal }), window);
  } catch (error) {
    if (!(error instanceof ExpectedError) || signal.aborted) throw error;
    return gapOf(error.failure);
  }
}

type SearchableLog = FlowLog & { readonly destination: Extract<FlowLog['destination'], { kind: 'cloud-watch-logs' }> };

/**
 * Days of records are searched by CloudWatch Logs itself, and read by nobody; of files in S3 all would have to be read.
 * A log of rejects only does not show who is served.
 */
function isSearchable(log: FlowLog): log is SearchableLog {
  const { destination, trafficType, delivery, format } = log;
  return (
    destination.kind === 'cloud-watch-logs' &&
    trafficType !== 'REJECT' &&
    delivery.status !== 'failed' &&
    format.includes('log-status')
  );
}

/** Groups of other accounts are not looked into from here. */
function isAtHome({ accountId }: SearchableLog['destination'], at: NetworkInterface): boolean {
  return accountId === undefined || accountId === at.accountId;
}

function scopeOf({ vpcId, accountId }: NetworkInterface, { vpcs }: Snapshot) {
  const vpc = vpcs.get(vpcId);
  return { ...(accountId !== undefined && { accountId }), ...(vpc !== undefined && { region: vpc.region }) };
}

function timeOf(found: FoundTraffic, { end }: TimeWindow): TimeWindow | 'traffic' | Why {
  switch (found.kind) {
    case 'traffic':
      return 'traffic';
    case 'silence':
      return { start: found.since, end };
    case 'incomplete':
      return { because: 'incomplete' };
    case 'nothing':
      return { because: 'not-found' };
    default:
      return assertNever(found);
  }
}
