import type { PlannedAudit, AuditScope } from '../audit/planned-audit.ts';
import type { Scope } from '../command/command.ts';
import type { UnreadPlace } from '../explain/audit-footer.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import { inTurn, NO_COST } from './costs.ts';
import type { CollectNetwork, CollectOptions, CollectionCost } from './sources.ts';

export interface CollectedAudit {
  readonly snapshots: readonly RawSnapshot[];
  /** Named in the audit, and nothing of it could be read. */
  readonly unread: readonly UnreadPlace[];
  readonly cost: CollectionCost;
}

/** Everything that is to be audited, place by place: one that refuses hides no other. Throws when all of them do. */
export async function collectAudited(
  { name, scope }: PlannedAudit,
  collectNetwork: CollectNetwork,
  options: CollectOptions,
): Promise<CollectedAudit> {
  const snapshots: RawSnapshot[] = [];
  const refused: { readonly place: Scope; readonly error: ExpectedError }[] = [];
  let cost = NO_COST;
  for (const place of placesOf(scope)) {
    try {
      const request = { scope: place, askedBy: `audit-${name}`, ...(scope.vpcs && { vpcIds: scope.vpcs }) };
      const collected = await collectNetwork(request, options);
      snapshots.push(...collected.snapshots);
      cost = inTurn(cost, collected.cost);
    } catch (error) {
      if (!(error instanceof ExpectedError) || options.signal.aborted) throw error;
      refused.push({ place, error });
    }
  }
  const [first] = refused;
  if (snapshots.length === 0 && first !== undefined) throw first.error;
  return { snapshots, unread: refused.flatMap(toUnread), cost };
}

/** Each account with each region; what is not named is left to the configuration. */
function placesOf({ accounts, regions }: AuditScope): readonly Scope[] {
  const byAccount: readonly Scope[] = accounts?.map((accountId) => ({ accountId })) ?? [{}];
  return byAccount.flatMap((place) => regions?.map((region) => ({ ...place, region })) ?? [place]);
}

/** A VPC stands in one place: that it is not in another is no news. */
function toUnread({ place, error }: { readonly place: Scope; readonly error: ExpectedError }): readonly UnreadPlace[] {
  if (error.failure.kind === 'no-such-resource') return [];
  const { accountId, region } = place;
  const words = [accountId === undefined ? '' : `account ${accountId}`, region ?? ''].filter((word) => word !== '');
  return [{ place: words.length === 0 ? 'anything' : words.join(' '), failure: error.failure }];
}
