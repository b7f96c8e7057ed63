import type { AskedEnd, AskedPath, PathCommand, Target } from '../command/command.ts';
import { placesOf, resolvePath } from '../command/resolve-path.ts';
import { analysePath } from '../engine/path/analyse-path.ts';
import { fixPath } from '../engine/path/fix-path.ts';
import type { PathTelling } from '../explain/path-telling.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import { assertNever } from '../lang/exhaustive.ts';
import type { AccountId } from '../vpc/ids.ts';
import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { CollectionCost, CollectNetwork, CollectOptions } from './sources.ts';

export interface PathAsking {
  readonly command: PathCommand;
  readonly askedBy: string;
}

export interface PathAnswer {
  readonly answer: PathTelling;
  readonly cost: CollectionCost;
}

/** Collect, parse, follow: the whole story of one question about a path. */
export async function answerPath(
  { command: { asked, scope }, askedBy }: PathAsking,
  collectNetwork: CollectNetwork,
  options: CollectOptions,
): Promise<PathAnswer> {
  const between = [asked.from, asked.to].flatMap(targetOf);
  const isTold = between.length > 0 && ![asked.from, asked.to].some(isBehindGateway);
  const { snapshots, cost } = await collectNetwork({ scope, askedBy, ...(isTold && { between }) }, options);
  options.onStep({ kind: 'diagnosing' });
  const snapshot = parseSnapshot(snapshots);
  return {
    answer:
      scope.onlyAccounts === undefined
        ? followPath(asked, snapshot)
        : followWithin(asked, snapshot, scope.onlyAccounts),
    cost,
  };
}

/** Ends that stand in a VPC, or may. */
function targetOf(end: AskedEnd): readonly Target[] {
  switch (end.kind) {
    case 'interface':
      return [{ kind: 'network-interface', id: end.id }];
    case 'instance':
    case 'address':
      return [end];
    case 'internet':
    case 'service':
    case 'named-service':
      return [];
    default:
      return assertNever(end);
  }
}

/** A gateway may lead into many VPCs. */
function isBehindGateway(end: AskedEnd): boolean {
  return end.kind === 'address' && end.via !== undefined;
}

/** In the same words, whether an end does not exist or is withheld: nobody learns from the difference. */
function followWithin(asked: AskedPath, snapshot: Snapshot, accounts: readonly AccountId[]): PathTelling {
  try {
    for (const end of [asked.from, asked.to]) refuseWithheld(end, snapshot, accounts);
    return followPath(asked, snapshot);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.failure.kind !== 'no-such-resource') throw error;
    const { kind, id } = error.failure;
    throw new ExpectedError({ kind, id, lookedIn: [], isWithheld: true }, { cause: error });
  }
}

/** The owner of a shared VPC sees the interfaces of others in it (SG-39): who names one must be allowed to. */
function refuseWithheld(end: AskedEnd, { interfaces }: Snapshot, accounts: readonly AccountId[]): void {
  if (end.kind !== 'interface' && end.kind !== 'instance') return;
  const named = [...interfaces.values()].filter(({ id, instanceId }) => id === end.id || instanceId === end.id);
  if (named.every(({ accountId }) => accountId === undefined || accounts.includes(accountId))) return;
  throw new ExpectedError({ kind: 'no-such-resource', id: end.id, lookedIn: [] });
}

/** The same in a network that was read already. Throws `ExpectedError`: no-such-resource, ambiguous-target, not-understood. */
export function followPath(asked: AskedPath, snapshot: Snapshot): PathTelling {
  try {
    const analysis = analysePath(resolvePath(asked, snapshot), snapshot);
    const fix = fixPath(analysis, snapshot);
    return { analysis, snapshot, ...(fix !== undefined && { fix }) };
  } catch (error) {
    throw withPlaces(error, snapshot);
  }
}

/** The engine knows that nobody has the id; where that was looked for is known here. */
function withPlaces(error: unknown, snapshot: Snapshot): unknown {
  if (!(error instanceof ExpectedError) || error.failure.kind !== 'no-such-resource') return error;
  return new ExpectedError({ ...error.failure, ...placesOf(snapshot) }, { cause: error });
}
