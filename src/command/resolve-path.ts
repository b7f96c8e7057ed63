import type { PathEnd, PathQuestion } from '../engine/path/path.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Place } from '../failure/failure.ts';
import type { Region } from '../vpc/ids.ts';
import type { PrefixList, Snapshot } from '../vpc/snapshot.ts';
import type { AskedEnd, AskedPath, ServiceName } from './command.ts';
import { notUnderstood } from './not-understood.ts';

/** The question with its service looked up. Throws `ExpectedError`: no-such-resource, not-understood. */
export function resolvePath({ from, to, ...sent }: AskedPath, snapshot: Snapshot): PathQuestion {
  const near = regionOf(from, snapshot);
  return { ...sent, from: resolveEnd(from, snapshot, near), to: resolveEnd(to, snapshot, near) };
}

function resolveEnd(end: AskedEnd, snapshot: Snapshot, near: Region | undefined): PathEnd {
  if (end.kind !== 'named-service') return end;
  return { kind: 'service', prefixListId: prefixListOf(end.name, snapshot, near).id };
}

/**
 * Every region has a prefix list of its own for each service: the asker's region says which.
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
function prefixListOf(service: ServiceName, snapshot: Snapshot, near: Region | undefined): PrefixList {
  const lists = [...snapshot.prefixLists.values()].filter(({ name }) => name?.endsWith(`.${service}`));
  const [only, ...more] = near === undefined ? lists : lists.filter(({ name }) => name?.includes(`.${near}.`));
  if (only === undefined) throw new ExpectedError({ kind: 'no-such-resource', id: service, ...placesOf(snapshot) });
  if (more.length > 0) throw notUnderstood(service, `the id of one of its prefix lists: ${idsOf([only, ...more])}`);
  return only;
}

const MOST_IDS = 5;

function idsOf(lists: readonly PrefixList[]): string {
  return lists
    .slice(0, MOST_IDS)
    .map(({ id }) => id)
    .join(', ');
}

function regionOf(from: AskedEnd, { interfaces, vpcs, scopes }: Snapshot): Region | undefined {
  const own = [...interfaces.values()].find(
    ({ id, instanceId }) =>
      (from.kind === 'interface' && id === from.id) || (from.kind === 'instance' && instanceId === from.id),
  );
  const regions = new Set(scopes.map(({ region }) => region));
  const [only] = regions.size === 1 ? regions : [];
  return (own === undefined ? undefined : vpcs.get(own.vpcId)?.region) ?? only;
}

/** Where was looked, and where AWS would not let us: what is not found may be there. */
export function placesOf({ scopes, gaps }: Snapshot): {
  readonly lookedIn: readonly Place[];
  readonly refusedIn?: readonly Place[];
} {
  const refused = new Set(gaps.filter(isRefusal).map(({ accountId, region }) => `${accountId} ${region}`));
  const places = scopes.map(({ accountId, region }) => ({ accountId, region }));
  const isRefused = ({ accountId, region }: (typeof places)[number]): boolean => refused.has(`${accountId} ${region}`);
  const refusedIn = places.filter(isRefused);
  return {
    lookedIn: places.filter((place) => !isRefused(place)),
    ...(refusedIn.length > 0 && { refusedIn }),
  };
}

function isRefusal({ fact, because, action }: Snapshot['gaps'][number]): boolean {
  return fact === 'network-interface' && because === 'access-denied' && action !== undefined;
}
