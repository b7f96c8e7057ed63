import type { RawRefusal } from '../vpc/raw-snapshot.ts';
import type { RulePeer, SecurityGroup } from '../vpc/security-group.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Asking } from './call-aws.ts';
import { CALLS } from './calls.ts';
import type { Found } from './find-interface.ts';
import type { FoundInterface } from './found-interface.ts';
import { readDetail } from './read-detail.ts';
import { readPart, type Part } from './read-part.ts';

export interface References {
  readonly parts: readonly Part[];
  readonly membersOf: readonly string[];
  /** Members that live in other accounts. */
  readonly elsewhere: readonly Members[];
}

interface Scene {
  readonly asking: Asking;
  readonly accountId: string;
  readonly found: Found;
  readonly askElsewhere: (accountId: string) => Asking | undefined;
}

type Groups = Snapshot['securityGroups'];

/** What the rules of the interface's groups name without saying it: blocks of prefix lists, members of groups. */
export async function readReferences(scene: Scene, groups: Groups): Promise<References> {
  const own = ownGroups(scene.found.interface, groups);
  const peers = own.flatMap((group) => group.rules.map((rule) => rule.peer));
  const [lists, associations, members] = await Promise.all([
    readPrefixLists(scene.asking, listIdsIn(peers)),
    readAssociations(scene, own, peers),
    Promise.all([...groupIdsByAccount(peers, scene.accountId)].map((byAccount) => readMembers(scene, byAccount))),
  ]);
  const here = members.filter((group) => group.accountId === scene.accountId);
  return {
    parts: [...lists, ...associations, ...here.flatMap((group) => group.parts)],
    membersOf: here.flatMap((group) => group.membersOf),
    elsewhere: members.filter((group) => group.accountId !== scene.accountId),
  };
}

function ownGroups({ groupIds }: FoundInterface, groups: Groups): readonly SecurityGroup[] {
  return [...groups.values()].filter((group) => groupIds.includes(group.id));
}

/** Where groups count besides their home (SG-40, SG-41): asked where one comes from elsewhere or a rule names one. */
async function readAssociations(
  { asking, found }: Scene,
  own: readonly SecurityGroup[],
  peers: readonly RulePeer[],
): Promise<readonly Part[]> {
  const visiting = own.filter(({ vpcId }) => vpcId !== undefined && vpcId !== found.interface.vpcId);
  const named = peers.flatMap((peer) => (peer.kind === 'group' ? [peer.id] : []));
  const ids = [...new Set([...visiting.map((group) => group.id), ...named])];
  if (ids.length === 0) return [];
  return [await readPart(asking, { call: 'DescribeSecurityGroupVpcAssociations', narrow: { 'group-id': ids } })];
}

function listIdsIn(peers: readonly RulePeer[]): readonly string[] {
  return [...new Set(peers.flatMap((peer) => (peer.kind === 'prefix-list' ? [peer.id] : [])))];
}

/**
 * Entries give the blocks of any list, DescribePrefixLists the name and the blocks of AWS's own (API-20, API-21).
 * Each stands in for the other, so a refusal counts only where the other one told nothing either.
 */
async function readPrefixLists(asking: Asking, ids: readonly string[]): Promise<readonly Part[]> {
  if (ids.length === 0) return [];
  const [named, ...entries] = await Promise.all([
    readPart(asking, { call: 'DescribePrefixLists', narrow: { 'prefix-list-id': ids } }),
    ...ids.map((id) => readDetail(asking, 'GetManagedPrefixListEntries', id)),
  ]);
  const known = new Set((named.items ?? []).map(prefixListIdOf));
  const missing = entries.filter((part) => part.refusal !== undefined && !known.has(part.refusal.about));
  const told = entries.filter((part) => part.refusal === undefined);
  return [missing.length === 0 ? withoutRefusal(named) : named, ...told, ...missing];
}

function prefixListIdOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null ? Reflect.get(item, 'PrefixListId') : undefined;
}

function withoutRefusal({ member, items }: Part): Part {
  return items === undefined ? { member } : { member, items };
}

/** A rule names the account of a group where it is not its own (SG-27). */
function groupIdsByAccount(peers: readonly RulePeer[], own: string): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const peer of peers) {
    if (peer.kind !== 'group') continue;
    const accountId = peer.accountId ?? own;
    const known = ids.get(accountId) ?? [];
    if (!known.includes(peer.id)) ids.set(accountId, [...known, peer.id]);
  }
  return ids;
}

interface Members {
  readonly accountId: string;
  readonly membersOf: readonly string[];
  readonly parts: readonly Part[];
}

const INTERFACES = { member: 'NetworkInterfaces', call: 'DescribeNetworkInterfaces' } as const;

/** All groups of one account in one call: a filter takes any of its values, and an interface names its groups. */
async function readMembers(scene: Scene, [accountId, ids]: readonly [string, readonly string[]]): Promise<Members> {
  const asking = accountId === scene.accountId ? scene.asking : scene.askElsewhere(accountId);
  if (asking === undefined) return unknownMembers(accountId, ids, { because: 'access-denied' });
  const { items, refusal } = await readPart(
    { ...asking, round: scene.asking.round, meter: scene.asking.meter },
    { call: INTERFACES.call, narrow: { 'group-id': ids } },
  );
  if (refusal !== undefined) return unknownMembers(accountId, ids, refusal);
  return { accountId, membersOf: ids, parts: [{ member: INTERFACES.member, items: items ?? [] }] };
}

/** Refused, or the configuration does not lead to that account. Each group is told by itself. */
function unknownMembers(accountId: string, ids: readonly string[], { because }: Pick<RawRefusal, 'because'>): Members {
  const { action } = CALLS[INTERFACES.call];
  const parts = ids.map((about): Part => ({ member: INTERFACES.member, refusal: { action, because, about } }));
  return { accountId, membersOf: [], parts };
}
