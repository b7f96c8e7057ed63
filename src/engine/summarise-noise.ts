import type { FlowGroup } from '../flowlog/observations.ts';
import { formatAddress } from '../net/address.ts';
import type { Scene } from './decision-table/situation.ts';
import type { Noise } from './diagnosis.ts';
import type { Finding, RowId } from './finding.ts';
import { namesFlow } from './matches-filter.ts';

/** Background scanning (T-11) and unsolicited traffic at a NAT gateway (T-53). */
const NOISE: ReadonlySet<RowId> = new Set(['T-11', 'T-53']);

/** What was kept out as intended is no finding, unless somebody asks for it by name. */
export function isNoise({ filter }: Scene, { row }: Finding): boolean {
  return NOISE.has(row) && !namesFlow(filter);
}

export function summariseNoise(findings: readonly Finding[]): Noise {
  const groups = findings.flatMap(({ group }) => group ?? []);
  return {
    records: groups.reduce((sum, group) => sum + recordsOf(group), 0),
    sources: new Set(groups.map(({ remote }) => formatAddress(remote))).size,
    ports: portsOf(groups),
    groups,
  };
}

/** Most tried first. */
function portsOf(groups: readonly FlowGroup[]): Noise['ports'] {
  const records = new Map<number, number>();
  for (const group of groups) {
    if (group.servicePort === undefined) continue;
    records.set(group.servicePort, (records.get(group.servicePort) ?? 0) + recordsOf(group));
  }
  return [...records]
    .map(([port, count]) => ({ port, records: count }))
    .sort((a, b) => b.records - a.records || a.port - b.port);
}

function recordsOf({ ingress }: FlowGroup): number {
  return ingress.rejected?.records ?? ingress.accepted?.records ?? 0;
}
