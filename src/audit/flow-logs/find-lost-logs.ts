import type { EpochSeconds } from '../../lang/time.ts';
import { isNonEmpty } from '../../lang/non-empty.ts';
import type { FlowLog, LogGroup } from '../../vpc/flow-log.ts';
import type { FlowLogId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { wasCollected, type VpcInventory } from '../vpc-inventory.ts';
import { findInLogs } from './find-in-logs.ts';
import type { Monitoring } from './monitoring.ts';

/**
 * A flow log always says `ACTIVE`: whether records arrive is told by the status of delivery.
 * FLOW-87, FLOW-88. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html
 */
export function findUndelivered({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return findInLogs(snapshot, (log) =>
    log.delivery.status === 'failed'
      ? { fault: { family: 'flow-logs', kind: 'flow-log-not-delivered', log }, severity: 'high' }
      : undefined,
  );
}

const HOUR = 3_600;

/**
 * The log group comes into being with the first record, so that only a log which has had time and traffic can have
 * lost it. Groups of other accounts are not looked for.
 * FLOW-91. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function findLostDestinations({
  snapshot,
  now,
}: {
  readonly snapshot: Snapshot;
  readonly now: EpochSeconds;
}): readonly AuditFinding[] {
  const groups = groupsByName(snapshot);
  return findInLogs(snapshot, (log, monitoring) => {
    const { destination, createdAt = 0, delivery } = log;
    if (destination.kind !== 'cloud-watch-logs' || now - createdAt < HOUR) return undefined;
    if (!isLookedFor(destination, monitoring.inventory) || !hasTraffic(log, monitoring)) return undefined;
    if (groups.has(keyOf(destination.logGroup, monitoring.inventory))) return undefined;
    const { logGroup } = destination;
    const severity = delivery.status === 'success' ? 'medium' : 'high';
    return { fault: { family: 'flow-logs', kind: 'flow-log-destination-gone', log, logGroup }, severity };
  });
}

type LogGroupDestination = Extract<FlowLog['destination'], { kind: 'cloud-watch-logs' }>;

function isLookedFor({ accountId }: LogGroupDestination, inventory: VpcInventory): boolean {
  return (accountId === undefined || accountId === inventory.vpc.accountId) && wasCollected(inventory, 'LogGroups');
}

function hasTraffic(log: FlowLog, { watchable, logsOf }: Monitoring): boolean {
  return watchable.some((each) => logsOf(each).includes(log));
}

function groupsByName({ logGroups }: Snapshot): ReadonlyMap<string, LogGroup> {
  return new Map(logGroups.map((group) => [`${group.accountId} ${group.region} ${group.name}`, group]));
}

function keyOf(logGroup: string, { vpc }: VpcInventory): string {
  return `${vpc.accountId ?? ''} ${vpc.region} ${logGroup}`;
}

/**
 * Events are kept for ever, and paid for, until a retention is set.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/userguide/Working-with-log-groups-and-streams.html
 */
export function findEndlessRetention({ snapshot }: { readonly snapshot: Snapshot }): readonly AuditFinding[] {
  return snapshot.logGroups
    .filter(({ retentionInDays }) => retentionInDays === undefined)
    .flatMap((group) => {
      const logs = logsInto(group, snapshot);
      if (!isNonEmpty(logs)) return [];
      const { name: logGroup, accountId, region } = group;
      return [
        {
          id: `flow-log-kept-for-ever:${accountId}:${region}:${logGroup}`,
          severity: 'low',
          fault: { family: 'flow-logs', kind: 'flow-log-kept-for-ever', logGroup, logs },
          objects: [{ id: logGroup, accountId, region }],
          gaps: [],
        } as const,
      ];
    });
}

/** A log that does not tell whose group it writes to writes to its own account's. */
function logsInto(group: LogGroup, snapshot: Snapshot): readonly FlowLogId[] {
  const isInto = ({ destination }: FlowLog): boolean =>
    destination.kind === 'cloud-watch-logs' &&
    destination.logGroup === group.name &&
    (destination.accountId === undefined || destination.accountId === group.accountId);
  return snapshot.flowLogs.filter(isInto).map(({ id }) => id);
}
