import type { Address, Family } from '../net/address.ts';
import { FAMILY_BITS } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Packet } from '../net/packet.ts';
import { hasPorts, TCP } from '../net/protocol.ts';
import type { Scene, SilentSituation } from './decision-table/situation.ts';
import { evaluateInterface } from './evaluate-interface.ts';
import { answersFor } from './filter-answers.ts';
import type { FlowKey } from './finding.ts';
import { unloggableService } from './unloggable-service.ts';

/**
 * No record answers the question. Where it tells the other end, today's rules are asked about both ways of such a flow,
 * as nobody said who would open it. The way in is told unless only the way out is of interest: the rules deny that one
 * too, or no log would ever show it.
 */
export function situateSilence(scene: Scene): readonly SilentSituation[] {
  const situations = (['ingress', 'egress'] as const).flatMap((direction) => askedSituation(scene, direction) ?? []);
  const [wayIn, wayOut] = situations;
  if (wayIn === undefined || wayOut === undefined) return [{ kind: 'silence', scene }];
  if (wayIn.notLoggable !== undefined || wayOut.notLoggable === undefined) {
    return isDenied(wayOut) ? [wayIn, wayOut] : [wayIn];
  }
  return [wayOut];
}

function isDenied({ asked }: SilentSituation): boolean {
  return asked !== undefined && asked.answers.blockers.length > 0;
}

/** What a finding about the whole interface shows where others show a flow: any sender, this interface. */
export function anyFlow({ interface: own, filter }: Scene): FlowKey {
  const destination = own.addresses[0]?.address ?? anyAddress('ipv4');
  return {
    direction: 'ingress',
    leg: 'forward',
    protocol: filter.protocol ?? TCP,
    source: anyAddress(destination.family),
    destination,
    ...(filter.port !== undefined && { destinationPort: filter.port }),
  };
}

function anyAddress(family: Family): Address {
  return { family, bits: 0n };
}

function askedSituation(scene: Scene, direction: Direction): SilentSituation | undefined {
  const packet = packetAsked(scene, direction);
  if (packet === undefined) return undefined;
  const notLoggable = notLoggableService(scene, packet);
  return {
    kind: 'silence',
    scene,
    asked: {
      flow: { direction, leg: 'forward', ...packet },
      answers: answersFor(evaluateInterface(scene.filters, direction, packet)),
    },
    ...(notLoggable !== undefined && { notLoggable }),
  };
}

/** Only a question that names one address tells enough to make a packet of it. TCP is meant unless another is said. */
function packetAsked({ filter, interface: own }: Scene, direction: Direction): Packet | undefined {
  const remote = addressAsked(filter.remote);
  const local = own.addresses.find(({ address }) => address.family === remote?.family)?.address;
  if (remote === undefined || local === undefined) return undefined;
  const protocol = filter.protocol ?? TCP;
  return {
    protocol,
    source: direction === 'ingress' ? remote : local,
    destination: direction === 'ingress' ? local : remote,
    ...(hasPorts(protocol) && filter.port !== undefined && { destinationPort: filter.port }),
  };
}

function addressAsked(remote: Scene['filter']['remote']): Address | undefined {
  if (remote === undefined || 'bits' in remote) return remote;
  const isOne = remote.prefixLength === FAMILY_BITS[remote.family];
  return isOne ? { family: remote.family, bits: remote.base } : undefined;
}

function notLoggableService({ snapshot, interface: own }: Scene, packet: Packet): string | undefined {
  const vpc = snapshot.vpcs.get(own.vpcId);
  const subnet = own.subnetId === undefined ? undefined : snapshot.subnets.get(own.subnetId);
  return vpc === undefined ? undefined : unloggableService(packet, vpc, subnet === undefined ? [] : [subnet]);
}
