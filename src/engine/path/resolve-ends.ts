import { assertNever } from '../../lang/exhaustive.ts';
import { ExpectedError } from '../../failure/expected-error.ts';
import { formatAddress, type Address, type Family } from '../../net/address.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import { isOnInternet } from './cross-internet-gateway.ts';
import type { Place } from './journey.ts';
import type { PathEnd, PathQuestion } from './path.ts';
import type { PathWorld } from './path-world.ts';

/** Where the packet sets out, with which addresses, and whom it is meant for. */
export interface Ends {
  readonly source: Address;
  readonly destination: Address;
  readonly start: Place;
  /** Absent: a host outside the snapshot. */
  readonly origin?: NetworkInterface;
  readonly goal?: NetworkInterface;
}

/** Throws `ExpectedError`: no-such-resource, ambiguous-target, not-understood. */
export function resolveEnds(question: PathQuestion, world: PathWorld): Ends {
  const origin = ownerOf(question.from, world, nearOf(question.to, world));
  const goal = ownerOf(question.to, world, origin?.vpcId);
  const family = familyOf(question, origin, goal);
  const source = sourceAddress(question, origin, family);
  const destination = destinationAddress(question, world, { goal, origin, family });
  return {
    source,
    destination,
    start: startOf(question.from, origin),
    ...(origin !== undefined && { origin }),
    ...(goal !== undefined && { goal }),
  };
}

function nearOf(end: PathEnd, world: PathWorld): string | undefined {
  return end.kind === 'address' ? undefined : ownerOf(end, world, undefined)?.vpcId;
}

/** The interface that an end stands for; of several that have the address, the one in the VPC of the other end. */
function ownerOf(end: PathEnd, world: PathWorld, near: string | undefined): NetworkInterface | undefined {
  switch (end.kind) {
    case 'interface':
      return world.snapshot.interfaces.get(end.id) ?? missing(end.id);
    case 'instance':
      return primaryInterface(world, end.id) ?? missing(end.id);
    case 'address':
      return end.via === undefined ? whoHas(end.address, world, near) : undefined;
    case 'internet':
    case 'service':
      return undefined;
    default:
      return assertNever(end);
  }
}

function missing(id: string): never {
  throw new ExpectedError({ kind: 'no-such-resource', id, lookedIn: [] });
}

/** The one with device index 0, which an instance always has. */
function primaryInterface({ snapshot }: PathWorld, id: string): NetworkInterface | undefined {
  const own = [...snapshot.interfaces.values()].filter(({ instanceId }) => instanceId === id);
  return own.find(({ deviceIndex }) => deviceIndex === 0) ?? own[0];
}

function whoHas(address: Address, world: PathWorld, near: string | undefined): NetworkInterface | undefined {
  const inside = world.interfacesWith(address);
  const close = inside.filter(({ vpcId }) => vpcId === near);
  const candidates = close.length > 0 ? close : inside;
  const [only, ...more] = candidates;
  if (only === undefined) return world.ownerOfPublic(address);
  return more.length === 0 ? only : undefined;
}

function familyOf(
  { from, to }: PathQuestion,
  origin: NetworkInterface | undefined,
  goal: NetworkInterface | undefined,
): Family {
  const told = [to, from].find((end) => end.kind === 'address');
  if (told?.kind === 'address') return told.address.family;
  const [first, second] = [origin, goal].map((each) => each?.addresses.map(({ address }) => address.family));
  const shared = (first ?? second)?.filter((family) => second?.includes(family) ?? true);
  return shared === undefined || shared.length === 0 || shared.includes('ipv4') ? 'ipv4' : 'ipv6';
}

/** Stands for any host on the internet: blocks kept for documentation are in nobody's rules (RFC 5737, RFC 3849). */
const ANY_HOST: Readonly<Record<Family, Address>> = {
  ipv4: { family: 'ipv4', bits: 0xc0000201n },
  ipv6: { family: 'ipv6', bits: (0x20010db8n << 96n) | 1n },
};

function sourceAddress({ from }: PathQuestion, origin: NetworkInterface | undefined, family: Family): Address {
  if (from.kind === 'address') return ownAddress(origin, from.address) ?? from.address;
  if (from.kind === 'interface' && from.address !== undefined) return from.address;
  if (origin === undefined) return ANY_HOST[family];
  return firstAddress(origin, family);
}

/** A public address that somebody named as the sender is the private one before its gateway. */
function ownAddress(origin: NetworkInterface | undefined, address: Address): Address | undefined {
  const text = formatAddress(address);
  const own = origin?.addresses.find(
    ({ publicAddress }) => publicAddress !== undefined && formatAddress(publicAddress) === text,
  );
  return own?.address;
}

function firstAddress({ id, addresses }: NetworkInterface, family: Family): Address {
  const own = addresses.find(({ address }) => address.family === family);
  if (own !== undefined) return own.address;
  throw new ExpectedError({
    kind: 'not-understood',
    input: id,
    expected: `an interface with an ${WORD[family]} address`,
  });
}

const WORD: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

interface Towards {
  readonly goal: NetworkInterface | undefined;
  readonly origin: NetworkInterface | undefined;
  readonly family: Family;
}

/** From the internet an interface is known by its public address. */
function destinationAddress({ from, to }: PathQuestion, world: PathWorld, { goal, origin, family }: Towards): Address {
  if (to.kind === 'address') return to.address;
  if (to.kind === 'service') return serviceAddress(to.prefixListId, world);
  if (goal === undefined) return ANY_HOST[family];
  const inside = (to.kind === 'interface' ? to.address : undefined) ?? firstAddress(goal, family);
  const fromOutside = origin === undefined && isHost(from);
  const text = formatAddress(inside);
  const own = goal.addresses.find(({ address }) => formatAddress(address) === text);
  return fromOutside ? (own?.publicAddress ?? inside) : inside;
}

function isHost(from: PathEnd): boolean {
  return from.kind === 'internet' || (from.kind === 'address' && from.via === undefined);
}

function serviceAddress(id: string, { snapshot }: PathWorld): Address {
  const list = [...snapshot.prefixLists.values()].find((each) => each.id === id);
  const block = list?.cidrs[0];
  return block === undefined ? missing(id) : { family: block.family, bits: block.base + 1n };
}

function startOf(from: PathEnd, origin: NetworkInterface | undefined): Place {
  if (origin !== undefined) return { kind: 'leaving', at: origin };
  return from.kind === 'address' && from.via !== undefined
    ? { kind: 'from-premises', gatewayId: from.via }
    : { kind: 'from-internet' };
}

/** Nobody on the internet has a private address, and no interface of the snapshot has this one. */
export function isNowhere({ from }: PathQuestion, world: PathWorld, { origin }: Ends): boolean {
  return (
    origin === undefined && from.kind === 'address' && from.via === undefined && !isOnInternet(world, from.address)
  );
}
