import type { Change } from '../changes/change.ts';
import type { History } from '../changes/history.ts';
import { versions, type Version } from '../changes/rewind.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { NetworkInterfaceId } from '../vpc/ids.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { compileInterfaceFilters, type InterfaceFilters } from './interface-filters.ts';
import { once } from '../lang/once.ts';

/** A time in which the filters of an interface stayed the same. */
export interface Era {
  /** When it began, or from when on it is known. */
  readonly from: () => EpochSeconds;
  readonly until: EpochSeconds;
  /** What began it, within one second. Empty: nobody knows what was before. */
  readonly madeBy: readonly Change[];
  /** How the filters were, and from when on that is known. Worked out when asked for, and once. */
  readonly known: () => Known | undefined;
}

interface Known {
  readonly from: EpochSeconds;
  readonly filters: InterfaceFilters;
}

export interface Past {
  readonly snapshot: Snapshot;
  readonly interfaceId: NetworkInterfaceId;
  readonly history: History;
}

/** One after the other, without a break, down to today's. */
export function erasOf({ snapshot, interfaceId, history }: Past): readonly Era[] {
  const takenAt = Math.min(...snapshot.scopes.map((scope) => scope.takenAt ?? Infinity));
  const changes = history.changes.filter(({ at }) => at <= takenAt);
  const all = versions(snapshot, changes);
  const eras = all.map((version, index): Era => {
    const { madeBy } = version;
    const until = all[index + 1]?.madeBy[0]?.at ?? Infinity;
    const known = once(() => {
      const told = knownOf(version, interfaceId, history);
      return told === undefined || told.from > until ? undefined : told;
    });
    return { from: () => known()?.from ?? madeBy[0]?.at ?? -Infinity, until, madeBy, known };
  });
  return eras.slice(-MOST_ERAS);
}

/** Every flow may be held against each: where scripts change the rules all the time, only the newest are. */
const MOST_ERAS = 100;

/** Without every change of all that filtered then, these are the filters as they would have been, not as they were. */
function knownOf(version: Version, id: NetworkInterfaceId, { knownSince }: History): Known | undefined {
  const { snapshot, unknown, madeBy } = version;
  const own = snapshot.interfaces.get(id);
  if (own === undefined || (own.subnetId !== undefined && unknown.has(own.subnetId))) return undefined;
  const filters = compileInterfaceFilters(snapshot, id);
  const since = trackedIds(filters, snapshot).map((tracked) => knownSince.get(tracked) ?? Infinity);
  return { filters, from: Math.max(madeBy[0]?.at ?? -Infinity, ...since) };
}

/**
 * Ids of what decides by its changes what this interface lets through. Members of groups and AWS's own prefix lists
 * change without any event that is looked up here (SG-25, SG-34).
 */
export function trackedIds(filters: InterfaceFilters, { prefixLists }: Snapshot): readonly string[] {
  const { interface: own, acl, securityGroups } = filters;
  const tables = [securityGroups.ingress, securityGroups.egress];
  const peers = tables.flatMap((table) => (table === 'not-applicable' ? [] : table.rules.map(({ rule }) => rule.peer)));
  const lists = peers.flatMap((peer) => (peer.kind === 'prefix-list' ? [peer.id] : []));
  const ownLists = lists.filter((id) => prefixLists.get(id)?.name?.startsWith('com.amazonaws.') !== true);
  const optional = [acl?.id, own.instanceId].filter((id) => id !== undefined);
  return [...new Set([...own.groups, ...optional, own.id, ...ownLists])];
}
