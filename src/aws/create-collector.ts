import { ExpectedError } from '../failure/expected-error.ts';
import type { RawRefusal, RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Collect, Collected, CollectOptions, CollectRequest } from '../workflow/sources.ts';
import { askingFor, type QuestionContext } from './asking-for.ts';
import type { AwsSettings } from './aws-settings.ts';
import type { Asking } from './call-aws.ts';
import { CallMeter } from './call-meter.ts';
import { checkAccess, type AccessCheck } from './check-access.ts';
import { createClients, type AwsClients } from './clients.ts';
import { withDeadline } from './deadline.ts';
import { findInterface, type Found } from './find-interface.ts';
import { createReadOwnAccount, type ReadOwnAccount } from './own-account.ts';
import { placesInScope } from './places-in-scope.ts';
import { readConfiguration, readFlowLogList, type Scene } from './read-configuration.ts';
import { readFlowLogs } from './read-flow-logs.ts';
import { Slots } from './slots.ts';

export interface Collector {
  readonly collect: Collect;
  /** One line for each action in each configured account and region. */
  readonly checkAccess: () => Promise<readonly AccessCheck[]>;
  readonly close: () => void;
}

/** What lives as long as the process. */
interface World {
  readonly settings: AwsSettings;
  readonly clients: AwsClients;
  readonly slots: Slots;
  readonly readOwnAccount: ReadOwnAccount;
}

/** Reads from AWS all that a question about one interface needs. */
export function createCollector(settings: AwsSettings): Collector {
  const world: World = {
    settings,
    clients: createClients(settings),
    slots: new Slots(settings.limits.callsAtOnce),
    readOwnAccount: createReadOwnAccount(),
  };
  return {
    collect: (request, options) => collect(world, request, options),
    checkAccess: async () => {
      const context = contextOf(world, { askedBy: 'doctor', signal: new AbortController().signal });
      const askings = await askingsIn(world, {}, context);
      return (await Promise.all(askings.map(checkAccess))).flat();
    },
    close: world.clients.close,
  };
}

/**
 * Three rounds: who is it; all its ids lead to, and which logs cover it; what the rules refer to, and the records.
 * Configuration and logs go on side by side, each as soon as it knows what to ask (ADR 0004).
 */
async function collect(world: World, request: CollectRequest, options: CollectOptions): Promise<Collected> {
  const started = performance.now();
  const context = contextOf(world, { askedBy: request.askedBy, signal: options.signal });
  options.onStep({ kind: 'finding-interface' });
  const askings = await askingsIn(world, request.scope, context);
  const { found, accountId } = await findOwned(world, request, askings);

  options.onStep({ kind: 'reading-configuration' });
  const asking = { ...found.asking, place: { ...found.asking.place, accountId }, round: context.meter.rounds + 1 };
  const scene = { asking, accountId, found: found.interface, askElsewhere: elsewhere(world, context, asking) };
  const flowLogs = readFlowLogList(asking, found.interface);
  const [snapshots, { refusals, ...logs }] = await Promise.all([
    readConfiguration(scene, flowLogs),
    readFlowLogs(scene, flowLogs, { window: request.window, limits: world.settings.limits, onStep: options.onStep }),
  ]);
  const { calls, rounds } = context.meter;
  const cost = { calls, rounds, milliseconds: Math.round(performance.now() - started) };
  return { interfaceId: found.interface.id, snapshots: withRefusals(snapshots, refusals), ...logs, cost };
}

/** What is missing of the logs is told by the interface's own snapshot, which is the first one. */
function withRefusals(snapshots: readonly RawSnapshot[], refusals: readonly RawRefusal[]): readonly RawSnapshot[] {
  return snapshots.map((each, index) =>
    index > 0 ? each : { ...each, refusals: [...(each.refusals ?? []), ...refusals] },
  );
}

function contextOf(
  { settings, clients, slots }: World,
  { askedBy, signal }: { askedBy: string; signal: AbortSignal },
): QuestionContext {
  return {
    clients,
    slots,
    askedBy,
    limits: settings.limits,
    meter: new CallMeter(),
    cancelled: signal,
    signal: withDeadline(signal, settings.limits.collectMilliseconds),
  };
}

async function askingsIn(
  { settings }: World,
  scope: CollectRequest['scope'],
  context: QuestionContext,
): Promise<readonly Asking[]> {
  return Promise.all(placesInScope(settings, scope).map((place) => askingFor(place, context)));
}

/** The interface, and the account it was found in: the SDK's own account is asked for at the same time. */
async function findOwned(
  world: World,
  request: CollectRequest,
  askings: readonly Asking[],
): Promise<{ found: Found; accountId: string }> {
  const [first] = askings;
  const isOwnAccount = first !== undefined && first.place.accountId === undefined;
  const ownAccount = isOwnAccount ? world.readOwnAccount(first) : Promise.resolve(undefined);
  const found = await findInterface(request.target, askings, ownAccount);
  const accountId = found.asking.place.accountId ?? found.interface.ownerId;
  if (accountId === undefined) throw noAccount();
  return { found, accountId };
}

/** The same region of another configured account, for members of groups that live there (SG-27). */
function elsewhere({ settings, clients }: World, context: QuestionContext, asking: Asking): Scene['askElsewhere'] {
  return (accountId) => {
    const account = settings.accounts.find((each) => each.id === accountId);
    if (account === undefined) return undefined;
    const { region } = asking.place;
    return { ...asking, place: { accountId, region }, clients: clients.at({ account, region }, context.askedBy) };
  };
}

/** AWS names the owner of every interface; a server that tells neither it nor the caller's account is none we can use. */
function noAccount(): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'STS', detail: 'no account id' });
}
