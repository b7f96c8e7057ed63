import type { FixChange, PathChange } from '../engine/fix/fix.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatCidr, type Cidr } from '../net/cidr.ts';
import type { Direction } from '../net/direction.ts';
import { ALL_PORTS } from '../net/port-range.ts';
import { hasPorts, ICMP, ICMPV6, isIcmp, TCP, UDP, type Protocol } from '../net/protocol.ts';
import type { Region } from '../vpc/ids.ts';
import { ec2Command } from './ec2-command.ts';
import { createRouteCommand } from './peering-commands.ts';

/** A change as the AWS CLI command that makes it. We print it; we never run it. */
export function fixCommand(change: PathChange, region: Region | undefined): string {
  switch (change.kind) {
    case 'add-security-group-rule':
      return ec2Command(`authorize-security-group-${change.direction}`, region, [
        ['--group-id', change.groupId],
        ['--ip-permissions', permissionOf(change)],
      ]);
    case 'add-network-acl-entry':
      return ec2Command('create-network-acl-entry', region, entryOptions(change));
    case 'add-route': {
      const { tableId, cidr: block, target } = change;
      return createRouteCommand({ tableId, block, target, region });
    }
    default:
      return assertNever(change);
  }
}

type RuleChange = Extract<FixChange, { kind: 'add-security-group-rule' }>;
type EntryChange = Extract<FixChange, { kind: 'add-network-acl-entry' }>;

/** Shorthand syntax: https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html */
function permissionOf({ protocol, ports, cidr }: RuleChange): string {
  const { from, to } = portFields(protocol, ports);
  const range =
    cidr.family === 'ipv4' ? `IpRanges=[{CidrIp=${formatCidr(cidr)}}]` : `Ipv6Ranges=[{CidrIpv6=${formatCidr(cidr)}}]`;
  return [`IpProtocol=${protocolName(protocol)}`, ...from, ...to, range].join(',');
}

/** For ICMP the two fields hold type and code, and -1 means all (SG-11); other protocols have neither (SG-9). */
function portFields(protocol: Protocol, ports: RuleChange['ports']): { from: string[]; to: string[] } {
  if (isIcmp(protocol)) return { from: ['FromPort=-1'], to: ['ToPort=-1'] };
  if (!hasPorts(protocol)) return { from: [], to: [] };
  const { from, to } = ports ?? ALL_PORTS;
  return { from: [`FromPort=${from}`], to: [`ToPort=${to}`] };
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
function entryOptions(change: EntryChange): readonly (readonly string[])[] {
  return [
    ['--network-acl-id', change.aclId, directionFlag(change.direction), '--rule-number', String(change.ruleNumber)],
    ['--protocol', String(change.protocol), ...matchOptions(change)],
    [...blockOption(change.cidr), '--rule-action', 'allow'],
  ];
}

function matchOptions({ protocol, ports }: EntryChange): readonly string[] {
  if (isIcmp(protocol)) return ['--icmp-type-code', 'Code=-1,Type=-1'];
  if (!hasPorts(protocol)) return [];
  const { from, to } = ports ?? ALL_PORTS;
  return ['--port-range', `From=${from},To=${to}`];
}

function directionFlag(direction: Direction): string {
  return direction === 'ingress' ? '--ingress' : '--egress';
}

function blockOption(cidr: Cidr): readonly string[] {
  return [cidr.family === 'ipv4' ? '--cidr-block' : '--ipv6-cidr-block', formatCidr(cidr)];
}

/** How `IpProtocol` names a protocol: some by name, all others by number. */
export function protocolName(protocol: Protocol): string {
  return CLI_NAMES.get(protocol) ?? String(protocol);
}

const CLI_NAMES = new Map([
  [TCP, 'tcp'],
  [UDP, 'udp'],
  [ICMP, 'icmp'],
  [ICMPV6, 'icmpv6'],
]);
