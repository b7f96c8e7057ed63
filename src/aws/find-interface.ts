import type { Scope, Target } from '../command/command.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Candidate, Failure, Place } from '../failure/failure.ts';
import { formatAddress } from '../net/address.ts';
import type { Asking } from './call-aws.ts';
import { continueChain } from './chain.ts';
import { parseFoundInterface, type FoundInterface } from './found-interface.ts';
import { interfacesIn, keepAnswering, searchInterfaces } from './search-interfaces.ts';
import { isTold } from './within-accounts.ts';

export interface Found {
  readonly interface: FoundInterface;
  readonly asking: Asking;
  /** The other interfaces of the instance, where that is what was asked for. */
  readonly siblings?: readonly FoundInterface[];
}

/**
 * Asks every account and region in scope at once who the target is.
 * A place that refuses does not stop the others; if nobody has it, the refusals are told.
 */
export async function findInterface(
  target: Target,
  askings: readonly Asking[],
  { ownAccount, scope }: Reach,
): Promise<Found> {
  const answers = await Promise.all(
    askings.map(async (asking) => {
      const answer = await lookIn(asking, () => searchInterfaces(asking, target));
      return inAccount(answer, asking.place.accountId ?? (await ownAccount));
    }),
  );
  const told = (list: readonly Found[]): readonly Found[] => list.filter((each) => isFoundTold(each, scope));
  const found = told(oncePerInterface(answers.flatMap((answer) => answer.found)));
  const all = found.length > 0 ? found : told(await searchOtherwise(target, answers));
  const [only, ...others] = target.kind === 'instance' ? primaryOf(all) : all;
  if (only === undefined) throw notFound(target, answers, scope);
  if (others.length > 0) throw ambiguous(idOf(target), all);
  return target.kind === 'instance' ? withSiblings(only, all) : only;
}

interface Reach {
  readonly ownAccount: Promise<string | undefined>;
  readonly scope: Scope;
}

/** In a shared VPC its owner sees the interfaces of others too (SG-39): theirs are told to those alone who may hear of them. */
function isFoundTold({ interface: { ownerId }, asking: { place } }: Found, scope: Scope): boolean {
  const accounts = [ownerId, place.accountId].filter((id) => id !== undefined);
  return accounts.every((id) => isTold(scope, id)) && (accounts.length > 0 || scope.onlyAccounts === undefined);
}

interface Answer {
  readonly asking: Asking;
  readonly found: readonly Found[];
  readonly refused?: ExpectedError;
}

/** The SDK's own account is asked for while the interface is looked for. */
function inAccount(answer: Answer, accountId: string | undefined): Answer {
  if (accountId === undefined) return answer;
  const asking = { ...answer.asking, place: { ...answer.asking.place, accountId } };
  return { ...answer, asking, found: answer.found.map((found) => ({ ...found, asking })) };
}

async function lookIn(asking: Asking, search: () => Promise<readonly unknown[]>): Promise<Answer> {
  try {
    const interfaces = (await search()).map(parseFoundInterface).filter((item) => item !== undefined);
    return { asking, found: interfaces.map((item) => ({ interface: item, asking })) };
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.failure.kind === 'cancelled') throw error;
    return { asking, found: [], refused: error };
  }
}

/**
 * The address filters find primary addresses on some servers only, and no filter finds an address in a delegated
 * prefix: so an address nobody knows is looked for once more, in the list of all interfaces.
 */
async function searchOtherwise(target: Target, answers: readonly Answer[]): Promise<readonly Found[]> {
  if (target.kind !== 'address') return [];
  const { address } = target;
  const again = await Promise.all(
    answers
      .filter((answer) => answer.refused === undefined)
      .map(({ asking }) => {
        const next = continueChain(asking);
        return lookIn(next, async () => keepAnswering(await interfacesIn(next, {}), address));
      }),
  );
  return oncePerInterface(again.flatMap((answer) => answer.found));
}

/** In a shared VPC its owner sees the interfaces of others too (SG-39): the account that owns the interface is asked. */
function oncePerInterface(all: readonly Found[]): readonly Found[] {
  const byId = new Map<string, Found>();
  for (const found of all) {
    const isOwner = found.interface.ownerId === found.asking.place.accountId;
    if (isOwner || !byId.has(found.interface.id)) byId.set(found.interface.id, found);
  }
  return [...byId.values()];
}

/**
 * An instance means its primary interface: device index 0 on the first network card. The others are in the snapshot.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
 */
function primaryOf(all: readonly Found[]): readonly Found[] {
  const primary = all.filter(({ interface: { attachment } }) => attachment?.deviceIndex === 0 && attachment.card === 0);
  return primary.length > 0 ? primary : all;
}

function withSiblings(primary: Found, all: readonly Found[]): Found {
  return { ...primary, siblings: all.filter((found) => found !== primary).map((found) => found.interface) };
}

function ambiguous(id: string, all: readonly Found[]): ExpectedError {
  const candidates = all.map(({ interface: { id: interfaceId, name, vpcId }, asking: { place } }): Candidate => ({
    ...place,
    interfaceId,
    vpcId,
    ...(name === undefined ? {} : { name }),
  }));
  return new ExpectedError({ kind: 'ambiguous-target', id, candidates });
}

/** When every place refused, nobody looked: then the refusal is the answer, a missing permission before others. */
function notFound(target: Target, answers: readonly Answer[], { onlyAccounts }: Scope): ExpectedError {
  const refusals = answers.map((answer) => answer.refused).filter((refusal) => refusal !== undefined);
  const [first] = refusals;
  if (first !== undefined && refusals.length === answers.length) {
    return refusals.find((refusal) => refusal.failure.kind === 'missing-permission') ?? first;
  }
  const refusedIn = placesOf(answers.filter((answer) => answer.refused !== undefined));
  const failure: Failure = {
    kind: 'no-such-resource',
    id: idOf(target),
    lookedIn: placesOf(answers.filter((answer) => answer.refused === undefined)),
    ...(refusedIn.length === 0 ? {} : { refusedIn }),
    ...(onlyAccounts !== undefined && { isWithheld: true }),
  };
  return new ExpectedError(failure, first === undefined ? undefined : { cause: first });
}

function placesOf(answers: readonly Answer[]): readonly Place[] {
  return answers.map((answer) => answer.asking.place);
}

function idOf(target: Target): string {
  return target.kind === 'address' ? formatAddress(target.address) : target.id;
}
