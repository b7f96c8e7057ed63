import type { Scope } from '../command/command.ts';
import type { RawRefusal, RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Collected, CollectOptions, CollectRequest } from '../workflow/sources.ts';
import { askingFor, type QuestionContext } from './asking-for.ts';
import type { AwsSettings } from './aws-settings.ts';
import type { Asking, ObserveCall } from './call-aws.ts';
import { beginChain, continueChain } from './chain.ts';
import type { AwsClients } from './clients.ts';
import { findInterface, type Found } from './find-interface.ts';
import { noAccount, type ReadOwnAccount } from './own-account.ts';
import { placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';
import { readConfiguration, type Scene } from './read-configuration.ts';
import { readFirstFlowLogs, readFlowLogList } from './read-flow-log-list.ts';
import { readFlowLogs } from './read-flow-logs.ts';
import type { Part } from './read-part.ts';
import type { TakeTurn } from './pace-calls.ts';
import type { Slots } from './slots.ts';
import type { TrailMemory } from './trail-memory.ts';
import { isTold, noAccountInReach, withinAccounts } from './within-accounts.ts';

/** What lives as long as the process. */
export interface World {
  readonly settings: AwsSettings;
  readonly clients: AwsClients;
  readonly slots: Slots;
  readonly observe: ObserveCall;
  readonly readOwnAccount: ReadOwnAccount;
  /** Before each call to CloudTrail. */
  readonly takeTurn: TakeTurn;
  readonly trail: TrailMemory;
}

/** All calls of a question end with it: what is still under way when it fails has nobody to answer any more. */
export async function collect(all: World, request: CollectRequest, options: CollectOptions): Promise<Collected> {
  const world = { ...all, settings: withinAccounts(all.settings, request.scope) };
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const context = questionContext(world, { askedBy: request.askedBy, cancelled: options.signal, signal });
  try {
    return await collectWith({ world, context }, request, options);
  } finally {
    ending.abort();
  }
}

interface Setting {
  readonly world: World;
  readonly context: QuestionContext;
}

/**
 * Three rounds: who is it; all that its ids lead to, and where its flow logs are; what the rules refer to, and the
 * records. Configuration and logs go on side by side, each as soon as it knows what to ask (ADR 0004).
 */
async function collectWith(setting: Setting, request: CollectRequest, { onStep }: CollectOptions): Promise<Collected> {
  const started = performance.now();
  const { world, context } = setting;
  const { settings } = world;
  onStep({ kind: 'finding-interface' });
  const places = placesInScope(settings, request.scope);
  const askings = await Promise.all(places.map((place) => askingFor(place, context)));
  await refuseOwnAccount(world, request.scope, askings);
  const firstFlowLogs = flowLogsOfOnly(askings);
  const { found, accountId } = await findOwned(world, request, askings);

  onStep({ kind: 'reading-configuration' });
  const asking = continueChain({ ...found.asking, place: { ...found.asking.place, accountId } });
  const scene = { asking, accountId, found, askElsewhere: elsewhere(setting, asking) };
  const ofLogs = { ...scene, asking: beginChain(asking) };
  const flowLogs = readFlowLogList(ofLogs.asking, found.interface, firstFlowLogs);
  const [snapshots, { refusals, ...logs }] = await Promise.all([
    readConfiguration(scene, flowLogs),
    readFlowLogs(ofLogs, flowLogs, { window: request.window, ...waysToRead(settings, request), onStep }),
  ]);
  const { calls, rounds } = context.meter;
  const cost = { calls, rounds, milliseconds: Math.round(performance.now() - started) };
  return { interfaceId: found.interface.id, snapshots: withRefusals(snapshots, refusals), ...logs, cost };
}

function waysToRead({ limits, largeLogs }: AwsSettings, { withoutQueries = false }: CollectRequest) {
  return { limits, ...(!withoutQueries && largeLogs !== undefined && { largeLogs }) };
}

/** With several places to look in, listing the flow logs of all of them would cost more calls than it saves rounds. */
function flowLogsOfOnly([only, ...others]: readonly Asking[]): Promise<Part> | undefined {
  if (only === undefined || others.length > 0) return undefined;
  const reading = readFirstFlowLogs(only);
  // Nobody waits for it if the interface is not found.
  reading.catch(() => undefined);
  return reading;
}

/** What is missing of the logs is told by the interface's own snapshot, which is the first one. */
function withRefusals(snapshots: readonly RawSnapshot[], refusals: readonly RawRefusal[]): readonly RawSnapshot[] {
  return snapshots.map((each, index) =>
    index > 0 ? each : { ...each, refusals: [...(each.refusals ?? []), ...refusals] },
  );
}

/** The interface, and the account it was found in: the SDK's own account is asked for at the same time. */
async function findOwned(
  { readOwnAccount }: World,
  { target, scope }: CollectRequest,
  askings: readonly Asking[],
): Promise<{ found: Found; accountId: string }> {
  const [first] = askings;
  const isOwnAccount = first !== undefined && first.place.accountId === undefined;
  const ownAccount = isOwnAccount ? readOwnAccount(first) : Promise.resolve(undefined);
  const found = await findInterface(target, askings, { ownAccount, scope });
  const accountId = found.asking.place.accountId ?? found.interface.ownerId;
  if (accountId === undefined) throw noAccount();
  return { found, accountId };
}

/** With the SDK's own credentials nobody knows whose account it is before AWS tells. */
async function refuseOwnAccount({ readOwnAccount }: World, scope: Scope, askings: readonly Asking[]): Promise<void> {
  const [first] = askings;
  if (scope.onlyAccounts === undefined || first === undefined || first.place.accountId !== undefined) return;
  const own = await readOwnAccount(first);
  if (own !== undefined && !isTold(scope, own)) throw noAccountInReach();
}

/** The same region of another configured account, for members of groups that live there (SG-27). */
function elsewhere({ world, context }: Setting, asking: Asking): Scene['askElsewhere'] {
  return (accountId) => {
    const account = world.settings.accounts.find((each) => each.id === accountId);
    if (account === undefined) return undefined;
    const { region } = asking.place;
    const clients = world.clients.at({ account, region }, context.askedBy);
    return { ...asking, place: { accountId, region }, clients };
  };
}
