import type { LinkTarget } from '../engine/fix/fix.ts';
import { formatCidr, type Cidr } from '../net/cidr.ts';
import type { PeeringConnectionId, Region, RouteTableId, VpcId } from '../vpc/ids.ts';
import type { Route } from '../vpc/route-table.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { PeeringConnection } from '../vpc/snapshot.ts';
import { ec2Command } from './ec2-command.ts';

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

export function acceptCommand({ id, accepter }: PeeringConnection): string {
  return ec2Command('accept-vpc-peering-connection', accepter.region, [['--vpc-peering-connection-id', id]]);
}

export function requestCommand({ requester, accepter }: PeeringConnection): string {
  return ec2Command('create-vpc-peering-connection', requester.region, [
    option('--vpc-id', requester.vpcId),
    option('--peer-vpc-id', accepter.vpcId),
    [...option('--peer-owner-id', accepter.accountId), ...option('--peer-region', accepter.region)],
  ]);
}

export function deletePeeringCommand(id: PeeringConnectionId, region: Region | undefined): string {
  return ec2Command('delete-vpc-peering-connection', region, [['--vpc-peering-connection-id', id]]);
}

export function deleteRouteCommand({ tableId, destination }: Route, region: Region | undefined): string {
  const what =
    destination.kind === 'cidr'
      ? blockOption(destination.cidr)
      : (['--destination-prefix-list-id', destination.id] as const);
  return ec2Command('delete-route', region, [['--route-table-id', tableId], what]);
}

export interface NewRoute {
  readonly tableId: RouteTableId;
  readonly block: Cidr;
  readonly target: LinkTarget;
  readonly region: Region | undefined;
}

export function createRouteCommand({ tableId, block, target, region }: NewRoute): string {
  return ec2Command('create-route', region, [
    ['--route-table-id', tableId],
    [...blockOption(block), TARGET_OPTION[target.kind], target.id],
  ]);
}

const TARGET_OPTION: Readonly<Record<LinkTarget['kind'], string>> = {
  peering: '--vpc-peering-connection-id',
  'transit-gateway': '--transit-gateway-id',
};

function blockOption(cidr: Cidr): readonly string[] {
  return [cidr.family === 'ipv4' ? '--destination-cidr-block' : '--destination-ipv6-cidr-block', formatCidr(cidr)];
}

/** Without ids (SG-38) the rules must be looked up first. */
export function revokeCommands(rules: readonly SecurityGroupRule[], region: Region | undefined): readonly string[] {
  const [first] = rules;
  if (first === undefined) return [];
  if (rules.some(({ id }) => id === undefined)) {
    return [
      ec2Command('describe-security-group-rules', region, [['--filters', `Name=group-id,Values=${first.groupId}`]]),
    ];
  }
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const ids = rules.flatMap((rule) => (rule.direction === direction && rule.id !== undefined ? [rule.id] : []));
    const options = [
      ['--group-id', first.groupId],
      ['--security-group-rule-ids', ...ids],
    ];
    return ids.length === 0 ? [] : [ec2Command(`revoke-security-group-${direction}`, region, options)];
  });
}

interface DnsOption {
  readonly id: PeeringConnectionId;
  readonly role: 'requester' | 'accepter';
  readonly region: Region | undefined;
}

export function allowDnsCommand({ id, role, region }: DnsOption): string {
  return ec2Command('modify-vpc-peering-connection-options', region, [
    ['--vpc-peering-connection-id', id],
    [`--${role}-peering-connection-options`, 'AllowDnsResolutionFromRemoteVpc=true'],
  ]);
}

/** One attribute a call. */
export function vpcDnsCommand(
  vpcId: VpcId | undefined,
  attribute: 'support' | 'hostnames',
  region: Region | undefined,
): string {
  return ec2Command('modify-vpc-attribute', region, [
    option('--vpc-id', vpcId),
    [`--enable-dns-${attribute}`, 'Value=true'],
  ]);
}
