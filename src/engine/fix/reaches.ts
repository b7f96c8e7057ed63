import type { Packet } from '../../net/packet.ts';
import { ALL_PORTS } from '../../net/port-range.ts';
import { hasPorts } from '../../net/protocol.ts';
import type { Address } from '../../net/address.ts';
import type { NonEmpty } from '../../lang/non-empty.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Snapshot, Subnet } from '../../vpc/snapshot.ts';
import { areAllRead } from '../are-all-read.ts';
import { evaluateInterface, outcomeOf } from '../evaluate-interface.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../interface-filters.ts';
import { nameOfInterface } from '../name-of-interface.ts';
import type { FixChange } from './fix.ts';
import { carriersOf } from './open-filter.ts';
import type { Reach, ReachEffect, ReachedInterface } from './radius.ts';
import { subnetsWithAcl } from './subnets-with-acl.ts';
import type { Trial } from './trial.ts';

/** Everywhere else that the changes are in force; one reach for changes that differ in their address alone. */
export function reachesOf(trial: Trial): readonly Reach[] {
  const alike = new Map<string, NonEmpty<FixChange>>();
  for (const change of trial.changes) {
    const known = alike.get(matchOf(change));
    alike.set(matchOf(change), known === undefined ? [change] : [...known, change]);
  }
  return [...alike.values()].map((group) => reachOf(group, trial));
}

function matchOf(change: FixChange): string {
  const place = change.kind === 'add-network-acl-entry' ? change.aclId : change.groupId;
  const { direction, protocol, ports } = change;
  return [place, direction, protocol, ports?.from, ports?.to].join(' ');
}

function reachOf(changes: NonEmpty<FixChange>, trial: Trial): Reach {
  const { interfaces, subnets, complete } = placesOf(changes[0], trial.before);
  const others = interfaces.filter(({ id }) => id !== trial.interfaceId);
  return {
    changes,
    complete,
    subnets: subnets.map(({ id, name }) => (name === undefined ? { id } : { id, name })),
    others: others.map((other, index) => reached(other, changes, { ...trial, isJudged: index < MOST_JUDGED })),
  };
}

/** Beyond as many nobody reads on, and the answer must not wait. */
const MOST_JUDGED = 500;

interface Places {
  readonly interfaces: readonly NetworkInterface[];
  readonly subnets: readonly Subnet[];
  /** Nobody is missing from the interfaces. */
  readonly complete: boolean;
}

function placesOf(change: FixChange, snapshot: Snapshot): Places {
  if (change.kind === 'add-security-group-rule') {
    const complete = snapshot.knownMembersOf.has(change.groupId);
    return { interfaces: carriersOf(change.groupId, snapshot), subnets: [], complete };
  }
  const subnets = subnetsWithAcl(change.aclId, snapshot);
  const ids = new Set<string>(subnets.map(({ id }) => id));
  const told = snapshot.networkAcls.get(change.aclId)?.subnetIds ?? [];
  const vpcIds = [...new Set(subnets.map(({ vpcId }) => vpcId))];
  return {
    interfaces: [...snapshot.interfaces.values()].filter(({ subnetId }) => subnetId !== undefined && ids.has(subnetId)),
    subnets,
    complete: told.every((id) => ids.has(id)) && vpcIds.every((id) => areAllRead(snapshot, 'NetworkInterfaces', id)),
  };
}

function reached(
  other: NetworkInterface,
  changes: readonly FixChange[],
  { before, after, isJudged }: Trial & { readonly isJudged: boolean },
): ReachedInterface {
  const name = nameOfInterface(before, other);
  const effect = isJudged ? effectOn(other, changes, { before, after }) : 'unknown';
  return { id: other.id, ...(name !== undefined && { name }), effect };
}

/** The most telling of all packets that a change speaks of comes first. */
const BY_WEIGHT: readonly ReachEffect[] = ['opens', 'unknown', 'stops'];

function effectOn(
  other: NetworkInterface,
  changes: readonly FixChange[],
  { before, after }: Pick<Trial, 'before' | 'after'>,
): ReachEffect {
  const filters = {
    before: compileInterfaceFilters(before, other.id),
    after: compileInterfaceFilters(after, other.id),
  };
  const effects = new Set(
    changes.flatMap((change) => packetsOf(change, filters.before).map((packet) => effectOf(change, packet, filters))),
  );
  return BY_WEIGHT.find((effect) => effects.has(effect)) ?? 'none';
}

function effectOf(
  { direction }: FixChange,
  packet: Packet,
  { before, after }: { readonly before: InterfaceFilters; readonly after: InterfaceFilters },
): ReachEffect {
  const outcome = outcomeOf(evaluateInterface(after, direction, packet));
  if (outcome !== 'allowed') return outcome === 'denied' ? 'stops' : 'unknown';
  return outcomeOf(evaluateInterface(before, direction, packet)) === 'allowed' ? 'none' : 'opens';
}

/** The change's own packets, at each address of the other interface. */
function packetsOf(change: FixChange, filters: InterfaceFilters): readonly Packet[] {
  const { direction, protocol, cidr } = change;
  const remote: Address = { family: cidr.family, bits: cidr.base };
  const addresses = filters.interface.addresses.map(({ address }) => address);
  return addresses
    .filter(({ family }) => family === cidr.family)
    .flatMap((address): readonly Packet[] => {
      const [source, destination] = direction === 'ingress' ? [remote, address] : [address, remote];
      const ends = { protocol, source, destination };
      if (!hasPorts(protocol)) return [ends];
      return tellingPorts(change, filters).map((destinationPort) => Object.assign({ destinationPort }, ends));
    });
}

/** Of a range the ports at which an answer may turn: its first one, and wherever a rule or an entry begins or has ended. */
function tellingPorts({ direction, ports = ALL_PORTS }: FixChange, filters: InterfaceFilters): readonly number[] {
  const table = filters.securityGroups[direction];
  const rules = table === 'not-applicable' ? [] : table.rules.map(({ rule }) => rule);
  const entries = (filters.acl?.entries ?? []).filter((entry) => entry.direction === direction);
  const turns = [...rules, ...entries].flatMap((rule) =>
    rule.ports === undefined ? [] : [rule.ports.from, rule.ports.to + 1],
  );
  return [...new Set([ports.from, ...turns.filter((port) => port > ports.from && port <= ports.to)])];
}
