import type { Change } from '../changes/change.ts';
import type { History } from '../changes/history.ts';
import { formatAddress } from '../net/address.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { FlowLogId, NetworkInterfaceId } from '../vpc/ids.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Observations } from '../flowlog/observations.ts';
import { coverageOf } from './coverage.ts';
import type { Neighbours, Scene } from './decision-table/situation.ts';
import type { LogReading } from './diagnosis.ts';
import { erasOf } from './eras.ts';
import { compileInterfaceFilters, type InterfaceFilters } from './interface-filters.ts';
import { interfaceOwner } from './interface-owner.ts';
import type { OtherRecords } from './other-records.ts';
import type { WhyRejectedQuestion } from './question.ts';
import { sameFlowIn } from './same-flow.ts';

/** All that a diagnosis starts from. */
export interface DiagnosisInput {
  readonly question: WhyRejectedQuestion;
  readonly snapshot: Snapshot;
  /** Must be in the snapshot. */
  readonly interfaceId: NetworkInterfaceId;
  readonly observations: Observations;
  readonly logReadings: ReadonlyMap<FlowLogId, LogReading>;
  /** Absent: nobody looked. */
  readonly history?: History;
  /** Absent: nobody looked. */
  readonly others?: OtherRecords;
  readonly now: EpochSeconds;
}

/** What holds for every flow of the question, worked out once. */
export function setScene(input: DiagnosisInput): Scene {
  const { snapshot, interfaceId, observations, history, others = new Map(), now } = input;
  const filters = compileInterfaceFilters(snapshot, interfaceId);
  return {
    snapshot,
    interface: filters.interface,
    owner: interfaceOwner(filters.interface, snapshot),
    filters,
    filter: input.question.filter,
    observations,
    sameFlow: sameFlowIn(observations.groups),
    coverage: coverageOf(input, filters.interface),
    ...(history !== undefined && { history }),
    changes: changesOf(history?.changes ?? [], filters),
    eras: history === undefined ? [] : erasOf({ snapshot, interfaceId, history }),
    now,
    neighbours: neighboursOf(snapshot, filters.interface),
    others,
  };
}

/** Changes to what filters this interface: its groups and those they name, its ACL, its subnet, prefix lists, itself. */
function changesOf(changes: readonly Change[], filters: InterfaceFilters): readonly Change[] {
  const concerns = new Set<string>(idsThatFilter(filters));
  return changes.filter(({ objects }) => objects.some((id) => concerns.has(id))).toSorted((a, b) => a.at - b.at);
}

/** Ids of everything that has a say in what this interface lets through. */
export function idsThatFilter({ interface: own, acl, securityGroups }: InterfaceFilters): readonly string[] {
  const tables = [securityGroups.ingress, securityGroups.egress];
  const peers = tables.flatMap((table) => (table === 'not-applicable' ? [] : table.rules.map(({ rule }) => rule.peer)));
  const named = peers.flatMap((peer) => (peer.kind === 'cidr' ? [] : [peer.id]));
  const optional = [acl?.id, own.subnetId].filter((id) => id !== undefined);
  return [own.id, own.vpcId, ...own.groups, ...optional, ...named];
}

/** Addresses repeat between VPCs: one of the same VPC comes before one of another. */
function neighboursOf({ interfaces }: Snapshot, own: NetworkInterface): Neighbours {
  const byAddress = new Map<string, NetworkInterface>();
  const byPublicAddress = new Map<string, NetworkInterface>();
  const others = [...interfaces.values()].filter(({ id }) => id !== own.id);
  const nearestLast = others.toSorted((a, b) => Number(a.vpcId === own.vpcId) - Number(b.vpcId === own.vpcId));
  for (const each of nearestLast) {
    for (const { address, publicAddress } of each.addresses) {
      byAddress.set(formatAddress(address), each);
      if (publicAddress !== undefined) byPublicAddress.set(formatAddress(publicAddress), each);
    }
  }
  return { byAddress, byPublicAddress };
}
