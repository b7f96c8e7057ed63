import { looksLikeScan } from '../../flowlog/noise.ts';
import type { FlowGroup, Observations } from '../../flowlog/observations.ts';
import { formatAddress } from '../../net/address.ts';
import type { Direction } from '../../net/direction.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import { isEffectivePublic } from '../address-kind.ts';
import { outcomeOf } from '../evaluate-interface.ts';
import type { Finding } from '../finding.ts';
import { compileInterfaceFilters, type InterfaceFilters } from '../interface-filters.ts';
import { flowOfGroup, wayOf, type Way } from '../packet-of-flow.ts';
import { rejectedPackets, type Demand } from './demands.ts';
import type { PassingFlow, RecordedRadius } from './radius.ts';
import { judge } from './replay.ts';
import type { Trial } from './trial.ts';

interface Compiled {
  readonly before: InterfaceFilters;
  readonly after: InterfaceFilters;
}

/** Every other flow that was rejected at the interface, held against its rules before and after the fix. */
export function recordedRadius(
  finding: Finding,
  { before, after, interfaceId }: Trial,
  { of, observations }: { readonly of: RecordedRadius['of']; readonly observations: Observations },
): RecordedRadius {
  const filters = {
    before: compileInterfaceFilters(before, interfaceId),
    after: compileInterfaceFilters(after, interfaceId),
  };
  const own = new Set(ownKeys(finding));
  const others = observations.groups.flatMap(rejections).filter((rejection) => !own.has(keyOf(rejection)));
  const passing = others.flatMap((rejection) => passingFlow(rejection, filters, before));
  return {
    of,
    window: observations.window,
    isCut: observations.reading.stoppedEarly !== undefined,
    others: others.length,
    passing: passing.toSorted((a, b) => b.records - a.records),
  };
}

/** One group in one direction in which it was rejected. */
interface Rejection {
  readonly group: FlowGroup;
  readonly direction: Direction;
}

function rejections(group: FlowGroup): readonly Rejection[] {
  return (['ingress', 'egress'] as const)
    .filter((direction) => group[direction].rejected !== undefined)
    .map((direction) => ({ group, direction }));
}

/** The flows that the fix is for. A longer look has other groups of the same flows. */
function ownKeys({ group, alike = [], flow: { direction } }: Finding): readonly string[] {
  return (group === undefined ? alike : [group, ...alike]).map((each) => keyOf({ group: each, direction }));
}

function keyOf({ group, direction }: Rejection): string {
  const { protocol, local, remote, servicePort = '' } = group;
  return [direction, protocol, servicePort, formatAddress(local), formatAddress(remote)].join(' ');
}

function passingFlow({ group, direction }: Rejection, filters: Compiled, snapshot: Snapshot): readonly PassingFlow[] {
  const taken = waysOf(group, direction).map((way) => ({ way, records: recordsPassingOn(way, group, filters) }));
  const [most] = taken.toSorted((a, b) => b.records - a.records);
  if (most === undefined || most.records === 0) return [];
  const isPublic = isEffectivePublic(group.remote, snapshot, filters.before.interface.vpcId);
  return [{ group, ...most.way, records: most.records, looksLikeScan: isPublic && looksLikeScan(group) }];
}

/** Nobody knows who opened: what passes as a request or as an answer passes. */
function waysOf(group: FlowGroup, direction: Direction): readonly Way[] {
  if (group.opener.side !== 'unknown') return [wayOf(group, direction)];
  return [
    { direction, leg: 'forward' },
    { direction, leg: 'return' },
  ];
}

function recordsPassingOn(way: Way, group: FlowGroup, { before, after }: Compiled): number {
  const passing = rejectedPackets({ flow: flowOfGroup(group, way), group }).filter(({ packet }) => {
    // Answers of flows that they admitted are let through by groups without a rule (CT-1).
    const demand = { direction: way.direction, packet, groupsDecide: way.leg === 'forward' };
    return !passes(before, demand) && passes(after, demand);
  });
  return passing.reduce((sum, { records }) => sum + records, 0);
}

function passes(filters: InterfaceFilters, demand: Demand): boolean {
  return outcomeOf(judge(filters, demand)) === 'allowed';
}
