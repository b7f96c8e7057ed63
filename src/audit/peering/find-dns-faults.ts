import { isNonEmpty } from '../../lang/non-empty.ts';
import { cidrCovers, parseCidr, type Cidr } from '../../net/cidr.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditRule } from '../audit-rule.ts';
import type { DnsNeed } from './peering-fault.ts';
import { distinctObjects, peeringFinding, vpcObjects } from './peering-finding.ts';
import { activePeerings, bothWays, type Facing, type PeeringEnd } from './peering-situation.ts';

/**
 * Unless a side lets the other resolve its names, they may lead to public addresses and past the connection.
 * PEER-15, PEER-17. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html
 */
export const FIND_DNS_RESOLUTION_OFF: AuditRule = {
  kind: 'peering-dns-resolution-off',
  family: 'peering',
  needs: ['Vpcs', 'VpcPeeringConnections', 'RouteTables'],
  check: ({ snapshot }) => activePeerings(snapshot).flatMap(bothWays).flatMap(dnsResolutionOff),
};

function dnsResolutionOff(facing: Facing): readonly AuditFinding[] {
  const { situation, near } = facing;
  const needs = needsOf(facing);
  if (near.told.allowsDnsResolution !== false || !isNonEmpty(needs) || !isRouted(facing)) return [];
  const { peering } = situation;
  const role = near === situation.requester ? 'requester' : 'accepter';
  const fault = { kind: 'peering-dns-resolution-off', peering, side: near.side, role, needs } as const;
  const objects = distinctObjects(situation.object, vpcObjects(near));
  return [peeringFinding(fault, { severity: 'medium', objects, of: [peering.id, near.side.vpcId ?? role] })];
}

/** Nobody asks for names across a connection that nothing uses. */
function isRouted({ situation }: Facing): boolean {
  return situation.routes.some(({ route, isInUse }) => route.state === 'active' && isInUse);
}

function needsOf({ near, far }: Facing): readonly DnsNeed[] {
  const needs: readonly (readonly [DnsNeed, boolean])[] = [
    ['other-region', areInTwoRegions(near, far)],
    ['block-outside-rfc-1918', near.cidrs.some(isOutsideRfc1918)],
    ['public-addresses', hasPublicNames(near)],
  ];
  return needs.filter(([, isNeeded]) => isNeeded).map(([need]) => need);
}

function areInTwoRegions({ side: { region: one } }: PeeringEnd, { side: { region: other } }: PeeringEnd): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** https://www.rfc-editor.org/rfc/rfc1918 */
const RFC_1918 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((block) => parseCidr(block) ?? []);

function isOutsideRfc1918(cidr: Cidr): boolean {
  return cidr.family === 'ipv4' && !RFC_1918.some((block) => cidrCovers(block, cidr));
}

/** Without DNS hostnames nothing in the VPC has a public name. */
function hasPublicNames({ inventory }: PeeringEnd): boolean {
  if (inventory === undefined || inventory.vpc.dns?.hostnames === false) return false;
  return inventory.interfaces.some(
    ({ instanceId, addresses }) =>
      instanceId !== undefined && addresses.some(({ publicAddress }) => publicAddress !== undefined),
  );
}

/**
 * The option works only where both DNS attributes of the VPC are on.
 * PEER-15. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html
 */
export const FIND_PEERING_DNS_WITHOUT_VPC_DNS: AuditRule = {
  kind: 'peering-dns-without-vpc-dns',
  family: 'peering',
  needs: ['Vpcs', 'VpcPeeringConnections'],
  check: ({ snapshot }) => activePeerings(snapshot).flatMap(bothWays).flatMap(withoutVpcDns),
};

/** The option of either side needs the attributes of both VPCs. */
function withoutVpcDns({ situation, near, far }: Facing): readonly AuditFinding[] {
  const missing = missingAttributes(near);
  const isWanted = [near, far].some(({ told }) => told.allowsDnsResolution === true);
  if (!isWanted || !isNonEmpty(missing)) return [];
  const { peering } = situation;
  const fault = { kind: 'peering-dns-without-vpc-dns', peering, side: near.side, missing } as const;
  const objects = distinctObjects(situation.object, vpcObjects(near));
  return [peeringFinding(fault, { severity: 'medium', objects, of: [peering.id, near.side.vpcId ?? ''] })];
}

function missingAttributes({ inventory }: PeeringEnd): readonly ('support' | 'hostnames')[] {
  const dns = inventory?.vpc.dns;
  return (['support', 'hostnames'] as const).filter((attribute) => dns?.[attribute] === false);
}
