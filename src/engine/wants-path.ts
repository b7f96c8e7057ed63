import { cidrContains } from '../net/cidr.ts';
import type { AccountId, Region, VpcId } from '../vpc/ids.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { Diagnosis } from './diagnosis.ts';
import { farSides, isEffectivePublic } from './address-kind.ts';

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

/** A VPC and where it is. */
export interface PlacedVpc {
  readonly vpcId: VpcId;
  readonly accountId: AccountId;
  readonly region: Region;
}

/** The VPCs that the packets of these findings may cross: the interface's own, and peers that hold the other end. */
export function remoteVpcs({ target, findings }: Diagnosis, { peerings }: Snapshot): readonly PlacedVpc[] {
  const { accountId, region } = target;
  const { vpcId: own } = target.interface;
  const groups = findings.flatMap(({ group, alike = [] }) => (group === undefined ? [] : [group, ...alike]));
  const remotes = groups.map(({ remote }) => remote);
  const sides = [...peerings.values()].flatMap((peering) => farSides(peering, own));
  const peers = sides.filter(({ cidrs }) => cidrs.some((cidr) => remotes.some((remote) => cidrContains(cidr, remote))));
  const placed = peers.flatMap(({ vpcId, ...side }): readonly PlacedVpc[] =>
    vpcId === undefined ? [] : [{ vpcId, accountId: side.accountId ?? accountId, region: side.region ?? region }],
  );
  const known = [...(own === undefined ? [] : [{ vpcId: own, accountId, region }]), ...placed];
  return [...new Map(known.map((each) => [each.vpcId, each])).values()];
}
