import type { FlowGroup, Observations } from '../../flowlog/observations.ts';
import { rejectedDirections } from '../../flowlog/rejected.ts';
import { formatAddress } from '../../net/address.ts';
import type { Direction } from '../../net/direction.ts';
import type { NetworkInterfaceId } from '../../vpc/ids.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../interface-filters.ts';
import { flowOfGroup, wayOf, type Way } from '../packet-of-flow.ts';
import { rejectedPackets, type Demand } from './demands.ts';
import type { RecordedRadius } from './radius.ts';
import { passes } from './replay.ts';

/** Everything that was rejected at an interface, made ready once, to be held against one fix after the other. */
export interface Refusals extends Pick<RecordedRadius, 'of' | 'window' | 'isCut'> {
  readonly rejections: readonly Rejection[];
}

/** One group in one direction in which it was rejected. */
export interface Rejection {
  readonly group: FlowGroup;
  readonly direction: Direction;
  /** Equal for groups of the same flows: a longer look has others. */
  readonly key: string;
  readonly ways: readonly RefusedWay[];
}

/** The packets of a group, taken as requests or as answers, that the rules refuse as they are. */
interface RefusedWay {
  readonly way: Way;
  readonly packets: readonly { readonly demand: Demand; readonly records: number }[];
}

interface Rejecting {
  readonly snapshot: Snapshot;
  readonly interfaceId: NetworkInterfaceId;
  readonly of: RecordedRadius['of'];
  readonly observations: Observations;
}

/** Groups with most rejects come first. Each is held against every fix. */
const MOST_HELD = 10_000;

export function refusalsOf({ snapshot, interfaceId, of, observations }: Rejecting): Refusals {
  const { groups, window, reading } = observations;
  const filters = compileInterfaceFilters(snapshot, interfaceId);
  return {
    of,
    window,
    isCut: reading.stoppedEarly !== undefined || groups.length > MOST_HELD,
    rejections: groups.slice(0, MOST_HELD).flatMap((group) => rejectionsOf(group, filters)),
  };
}

function rejectionsOf(group: FlowGroup, filters: InterfaceFilters): readonly Rejection[] {
  return rejectedDirections(group).map((direction) => ({
    group,
    direction,
    key: rejectionKey(group, direction),
    ways: waysOf(group, direction).map((way) => refusedOn(way, group, filters)),
  }));
}

export function rejectionKey(group: FlowGroup, direction: Direction): string {
  const { protocol, local, remote, servicePort = '' } = group;
  return [direction, protocol, servicePort, formatAddress(local), formatAddress(remote)].join(' ');
}

/** Nobody knows who opened: what passes as a request or as an answer passes. */
function waysOf(group: FlowGroup, direction: Direction): readonly Way[] {
  if (group.opener.side !== 'unknown') return [wayOf(group, direction)];
  return [
    { direction, leg: 'forward' },
    { direction, leg: 'return' },
  ];
}

function refusedOn(way: Way, group: FlowGroup, filters: InterfaceFilters): RefusedWay {
  const packets = rejectedPackets({ flow: flowOfGroup(group, way), group }).map(({ packet, records }) => {
    // Answers of flows that they admitted are let through by groups without a rule (CT-1).
    const demand = { direction: way.direction, packet, groupsDecide: way.leg === 'forward' };
    return { demand, records };
  });
  return { way, packets: packets.filter(({ demand }) => !passes(filters, demand)) };
}
