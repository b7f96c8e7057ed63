import { looksLikeScan } from '../../flowlog/noise.ts';
import type { Address } from '../../net/address.ts';
import { cidrContains } from '../../net/cidr.ts';
import { isEffectivePublic } from '../address-kind.ts';
import type { Finding } from '../finding.ts';
import { compileInterfaceFilters } from '../interface-filters.ts';
import { matchService } from '../match-service.ts';
import type { Demand } from './demands.ts';
import type { FixChange } from './fix.ts';
import type { PassingFlow, RecordedRadius } from './radius.ts';
import { rejectionKey, type Refusals, type Rejection } from './refusals.ts';
import { passes } from './replay.ts';
import type { Trial } from './trial.ts';

/** Every other flow that was rejected at the interface, held against its rules as the fix would leave them. */
export function recordedRadius(
  finding: Finding,
  { changes, before, after, interfaceId }: Trial,
  { rejections, ...records }: Refusals,
): RecordedRadius {
  const filters = compileInterfaceFilters(after, interfaceId);
  const newlyPasses: Passes = (demand) => isSpokenOf(demand, changes) && passes(filters, demand);
  const own = new Set(ownKeys(finding));
  const others = rejections.filter(({ key }) => !own.has(key));
  const isPublic = (address: Address): boolean => isEffectivePublic(address, before, filters.interface.vpcId);
  const passing = others.flatMap((rejection) => passingFlow(rejection, newlyPasses, isPublic));
  return { ...records, others: others.length, passing: passing.toSorted((a, b) => b.records - a.records) };
}

/** The flows that the fix is for. */
function ownKeys({ group, alike = [], flow: { direction } }: Finding): readonly string[] {
  return (group === undefined ? alike : [group, ...alike]).map((each) => rejectionKey(each, direction));
}

type Passes = (demand: Demand) => boolean;

/**
 * A fix only adds what allows, so that a packet of which nothing new speaks is refused as before. In which direction it
 * speaks is left out: beside a transit gateway packets that leave meet inbound entries too (EVAL-7).
 */
function isSpokenOf({ packet }: Demand, changes: readonly FixChange[]): boolean {
  return changes.some((change) => {
    const match = matchService(change, packet);
    if (match !== 'match' && match !== 'unknown') return false;
    return cidrContains(change.cidr, packet.source) || cidrContains(change.cidr, packet.destination);
  });
}

function passingFlow(
  { group, ways }: Rejection,
  newlyPasses: Passes,
  isPublic: (address: Address) => boolean,
): readonly PassingFlow[] {
  const taken = ways.map(({ way, packets }) => ({
    way,
    records: packets.reduce((sum, { demand, records }) => sum + (newlyPasses(demand) ? records : 0), 0),
  }));
  const [most] = taken.toSorted((a, b) => b.records - a.records);
  if (most === undefined || most.records === 0) return [];
  return [{ group, ...most.way, records: most.records, looksLikeScan: isPublic(group.remote) && looksLikeScan(group) }];
}
