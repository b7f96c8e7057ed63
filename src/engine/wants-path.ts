import type { Snapshot } from '../vpc/snapshot.ts';
import type { Diagnosis } from './diagnosis.ts';
import { isEffectivePublic } from './address-kind.ts';

/**
 * Whether the rest of the network would tell more: a row looked for the way and it was not read, or an internet client
 * was turned away where a Network Load Balancer may hand on clients' own addresses (ENI-6).
 */
export function wantsPath({ findings }: Pick<Diagnosis, 'findings'>, snapshot: Snapshot): boolean {
  return findings.some(
    ({ gaps, blockedBy, flow }) =>
      gaps.some(({ fact, because }) => fact === 'path' && because === 'not-collected') ||
      (blockedBy.some(({ kind }) => kind === 'security-group') &&
        isEffectivePublic(flow.source, snapshot) &&
        hasNetworkLoadBalancer(snapshot)),
  );
}

function hasNetworkLoadBalancer({ interfaces }: Snapshot): boolean {
  return [...interfaces.values()].some(({ interfaceType }) => interfaceType === 'network_load_balancer');
}
