import type { Target } from '../command/command.ts';
import type { PlacedVpc } from '../engine/wants-path.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Place } from '../failure/failure.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { CollectedNetwork, CollectOptions, NetworkRequest } from '../workflow/sources.ts';
import { askingFor, type QuestionContext } from './asking-for.ts';
import type { Asking } from './call-aws.ts';
import { beginChain, continueChain } from './chain.ts';
import type { World } from './collect.ts';
import { describe } from './describe.ts';
import { gatherRefusals } from './gather-parts.ts';
import { lookAround, type Surroundings } from './look-around.ts';
import { MOST_FILTER_VALUES, type Found } from './network-trails.ts';
import { noAccount } from './own-account.ts';
import { placeInReach, placesInScope } from './places-in-scope.ts';
import { questionContext } from './question-context.ts';
import { readNetwork } from './read-network.ts';
import type { Part } from './read-part.ts';
import { textsAt } from './texts-at.ts';
import { toRawSnapshot } from './to-raw-snapshot.ts';
import { vpcsOnTheWay } from './vpcs-on-the-way.ts';
import { isTold, noAccountInReach, withinAccounts } from './within-accounts.ts';
import { workThrough } from './work-through.ts';

/** Each may have several calls under way: more places would wait for connections. */
const PLACES_AT_ONCE = 4;

/**
 * The configuration of every account and region in scope, as far as AWS lets us see it: what it refuses becomes a line
 * of the snapshot. Only where nothing at all could be read is there a failure.
 */
export async function collectNetwork(
  all: World,
  request: NetworkRequest,
  options: CollectOptions,
): Promise<CollectedNetwork> {
  const world = { ...all, settings: withinAccounts(all.settings, request.scope) };
  const started = performance.now();
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const asker = { askedBy: request.askedBy, cancelled: options.signal, signal };
  const context = questionContext({ ...world, settings: withNetworkLimits(world) }, asker);
  try {
    refuseTooMany(request);
    options.onStep({ kind: 'reading-configuration' });
    const places = await placesToRead({ world, context, request, options });
    const readings = await readPlaces({ world, context, request, options }, places);
    refuseNothing(readings, request);
    const { calls, rounds } = context.meter;
    const cost = { calls, rounds, milliseconds: Math.round(performance.now() - started) };
    return { snapshots: readings.flatMap(({ snapshot }) => snapshot ?? []), cost };
  } finally {
    ending.abort();
  }
}

function withNetworkLimits({ settings }: World): World['settings'] {
  const { limits } = settings;
  return {
    ...settings,
    limits: { ...limits, collectMilliseconds: limits.networkMilliseconds, pages: limits.networkPages },
  };
}

interface Setting {
  readonly world: World;
  readonly context: QuestionContext;
  readonly request: NetworkRequest;
  readonly options: CollectOptions;
}

/** What one account and region gave. */
interface Reading {
  readonly place: Place;
  /** Absent: none of the VPCs asked for is here. */
  readonly snapshot?: RawSnapshot;
  readonly found: Found;
  readonly parts: readonly Part[];
}

/** An account and region, and the VPCs that are wanted of it. */
interface Errand {
  readonly asking: Asking;
  /** Absent: all of them. */
  readonly vpcIds?: readonly string[];
  /** How many of them are known to be there. */
  readonly here?: 'all' | 'some';
}

/**
 * Everywhere in scope; or where the VPCs are known to be; or only where those between two ends are, once a look around
 * has told which they are.
 */
async function placesToRead({ world, context, request }: Setting): Promise<readonly Errand[]> {
  const { between, placed, scope } = request;
  if (placed !== undefined) return errandsTo(placed, { world, context, request });
  const everywhere = await Promise.all(
    placesInScope(world.settings, scope).map(async (scoped) =>
      errandFor(request, beginChain(await askingFor(scoped, context))),
    ),
  );
  return between === undefined ? everywhere : ((await onTheWay(everywhere, between, world)) ?? everywhere);
}

function errandFor({ vpcIds }: NetworkRequest, asking: Asking): Errand {
  return { asking, ...(vpcIds !== undefined && { vpcIds }) };
}

async function errandsTo(
  placed: readonly PlacedVpc[],
  { world, context, request }: Omit<Setting, 'options'>,
): Promise<readonly Errand[]> {
  const places = new Map(placed.map((vpc) => [placeName(vpc), vpc]));
  const errands = [...places].map(async ([name, place]): Promise<readonly Errand[]> => {
    const scoped = placeInReach(world.settings, place, request.scope.accountId);
    if (scoped === undefined) return [];
    const vpcIds = placed.filter((vpc) => placeName(vpc) === name).map(({ vpcId }) => vpcId);
    return [{ asking: beginChain(await askingFor(scoped, context)), vpcIds, here: 'some' }];
  });
  return (await Promise.all(errands)).flat();
}

function placeName({ accountId, region }: PlacedVpc): string {
  return `${accountId} ${region}`;
}

/** Where one place does not let itself be looked at, the way may lead through it: then everything is read. */
async function onTheWay(
  everywhere: readonly Errand[],
  between: readonly Target[],
  { readOwnAccount }: World,
): Promise<readonly Errand[] | undefined> {
  try {
    const around = new Map<Errand, Surroundings>();
    await workThrough(everywhere, PLACES_AT_ONCE, async (errand) => {
      const { asking } = errand;
      // Whose account it is will be asked for next: once in the life of the process, and beside this.
      const owner = asking.place.accountId === undefined ? readOwnAccount(asking) : undefined;
      const [seen] = await Promise.all([lookAround(asking, between), owner]);
      around.set(errand, seen);
    });
    const wanted = vpcsOnTheWay([...around.values()], between);
    if (wanted === undefined) return undefined;
    return everywhere.flatMap((errand) => {
      const vpcIds = textsAt(around.get(errand)?.vpcs, ['VpcId']).filter((id) => wanted.has(id));
      return vpcIds.length === 0 ? [] : [{ ...errand, asking: continueChain(errand.asking), vpcIds, here: 'all' }];
    });
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.failure.kind === 'cancelled') throw error;
    return undefined;
  }
}

async function readPlaces(setting: Setting, errands: readonly Errand[]): Promise<readonly Reading[]> {
  const readings = new Map<Errand, Reading>();
  await workThrough(errands, PLACES_AT_ONCE, async (errand) => {
    readings.set(errand, await readPlace(setting, errand));
  });
  return errands.flatMap((errand) => readings.get(errand) ?? []);
}

async function readPlace(
  { world, context, request, options }: Setting,
  { asking, vpcIds, here }: Errand,
): Promise<Reading> {
  const takenAt = new Date().toISOString();
  const accountId = asking.place.accountId ?? (await world.readOwnAccount(asking)) ?? (await ownerOfVpcs(asking));
  if (!isTold(request.scope, accountId)) throw noAccountInReach();
  const place = { accountId, region: asking.place.region };
  const { found, parts } = await readNetwork({
    asking: { ...asking, place },
    home: place,
    callsAtOnce: world.settings.limits.callsAtOnce,
    onRound: () => options.onStep({ kind: 'reading-configuration', calls: context.meter.calls }),
    ...(vpcIds !== undefined && { vpcIds }),
    ...(here !== undefined && { here }),
  });
  if (vpcIds !== undefined && found.get('Vpcs')?.length === 0) return { place, found, parts };
  const heading = { ...place, takenAt, ...narrowing(found, vpcIds) };
  const refusals = gatherRefusals(parts).map((refusal): Part => ({ member: '', refusal }));
  const members = [...found].map(([member, items]): Part => ({ member, items }));
  return { place, found, parts, snapshot: toRawSnapshot(heading, [...members, ...refusals]) };
}

/** Where STS does not answer. VPCs that others share name their owners, so that only one name tells. */
async function ownerOfVpcs(asking: Asking): Promise<string> {
  const { items } = await describe(asking, 'DescribeVpcs');
  const [owner, ...others] = new Set(textsAt(items, ['OwnerId']));
  if (owner === undefined || others.length > 0) throw noAccount();
  return owner;
}

/**
 * Of some VPCs, not all members of a group are seen: it may be used in a VPC that was not read (SG-40). Where nobody
 * told which groups are, none can be relied on.
 */
function narrowing(found: Found, vpcIds: readonly string[] | undefined): Pick<RawSnapshot, 'membersOf' | 'onlyVpcs'> {
  if (vpcIds === undefined) return {};
  const onlyVpcs = textsAt(found.get('Vpcs') ?? vpcIds.map((VpcId) => ({ VpcId })), ['VpcId']);
  const associations = found.get('SecurityGroupVpcAssociations');
  if (!found.has('NetworkInterfaces') || associations === undefined) return { onlyVpcs, membersOf: [] };
  const isRead = (item: unknown): boolean => textsAt(item, ['VpcId']).every((id) => onlyVpcs.includes(id));
  const usedElsewhere = new Set(
    textsAt(
      associations.filter((each) => !isRead(each)),
      ['GroupId'],
    ),
  );
  const atHome = textsAt((found.get('SecurityGroups') ?? []).filter(isRead), ['GroupId']);
  return { onlyVpcs, membersOf: atHome.filter((id) => !usedElsewhere.has(id)) };
}

function refuseTooMany({ vpcIds = [] }: NetworkRequest): void {
  if (vpcIds.length <= MOST_FILTER_VALUES) return;
  const expected = `at most ${MOST_FILTER_VALUES} VPCs at once, or none for all of them`;
  throw new ExpectedError({ kind: 'not-understood', input: `${vpcIds.length} VPCs`, expected });
}

/** A VPC that is nowhere, or an AWS that said no to everything: there is nothing to go on with. */
function refuseNothing(readings: readonly Reading[], { vpcIds = [] }: NetworkRequest): void {
  const seen = new Set(readings.flatMap(({ found }) => textsAt(found.get('Vpcs'), ['VpcId'])));
  const refusedIn = readings.filter(({ found }) => !found.has('Vpcs')).map(({ place }) => place);
  const missing = vpcIds.find((id) => !seen.has(id));
  if (missing !== undefined && refusedIn.length === 0) {
    const lookedIn = readings.map(({ place }) => place);
    throw new ExpectedError({ kind: 'no-such-resource', id: missing, lookedIn });
  }
  const failures = readings.flatMap(({ parts }) => parts.flatMap(({ failure }) => failure ?? []));
  const [first] = failures;
  if (first !== undefined && readings.every(({ found }) => found.size === 0)) throw new ExpectedError(first);
}
