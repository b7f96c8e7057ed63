import { describe, expect, it } from 'vitest';
import type { FixChange, PathChange } from '../../../src/engine/fix/fix.ts';
import { fixCommand } from '../../../src/explain/fix-commands.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { parseRegion } from '../../../src/vpc/ids.ts';
import { ACL, GROUP } from '../../support/build-diagnosis.ts';
import { pcx, rtb, tgw } from '../../support/ids.ts';

const ireland = parseRegion('eu-west-1')!;
const oneLine = (command: string): string => command.replaceAll(' \\\n  ', ' ');

const rule = { kind: 'add-security-group-rule', groupId: GROUP, direction: 'ingress', protocol: 6 } as const;
const entry = { kind: 'add-network-acl-entry', aclId: ACL, direction: 'ingress', ruleNumber: 80, protocol: 6 } as const;
const five432 = { from: 5432, to: 5432 };
const v4 = parseCidr('10.20.4.17/32')!;
const v6 = parseCidr('2001:db8::17/128')!;

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html */
describe('a security group rule', () => {
  const start = `aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id ${GROUP} --ip-permissions`;

  it.each<[string, FixChange, string]>([
    [
      'tcp',
      { ...rule, ports: five432, cidr: v4 },
      "'IpProtocol=tcp,FromPort=5432,ToPort=5432,IpRanges=[{CidrIp=10.20.4.17/32}]'",
    ],
    ['all ports', { ...rule, cidr: v4 }, "'IpProtocol=tcp,FromPort=0,ToPort=65535,IpRanges=[{CidrIp=10.20.4.17/32}]'"],
    [
      'IPv6',
      { ...rule, ports: five432, cidr: v6 },
      "'IpProtocol=tcp,FromPort=5432,ToPort=5432,Ipv6Ranges=[{CidrIpv6=2001:db8::17/128}]'",
    ],
    [
      'icmp',
      { ...rule, protocol: 1, cidr: v4 },
      "'IpProtocol=icmp,FromPort=-1,ToPort=-1,IpRanges=[{CidrIp=10.20.4.17/32}]'",
    ],
    [
      'icmpv6',
      { ...rule, protocol: 58, cidr: v6 },
      "'IpProtocol=icmpv6,FromPort=-1,ToPort=-1,Ipv6Ranges=[{CidrIpv6=2001:db8::17/128}]'",
    ],
    ['esp', { ...rule, protocol: 50, cidr: v4 }, "'IpProtocol=50,IpRanges=[{CidrIp=10.20.4.17/32}]'"],
  ])('for %s', (_, change, permissions) => {
    expect(oneLine(fixCommand(change, ireland))).toBe(`${start} ${permissions}`);
  });

  it('outbound has a command of its own', () => {
    expect(fixCommand({ ...rule, direction: 'egress', cidr: v4 }, ireland)).toMatch(
      /^aws ec2 authorize-security-group-egress /,
    );
  });
});

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
describe('a network ACL entry', () => {
  const start = `aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id ${ACL}`;

  it.each<[string, FixChange, string]>([
    [
      'tcp',
      { ...entry, ports: five432, cidr: v4 },
      '--ingress --rule-number 80 --protocol 6 --port-range From=5432,To=5432 --cidr-block 10.20.4.17/32',
    ],
    [
      'outbound IPv6',
      { ...entry, direction: 'egress', cidr: v6 },
      '--egress --rule-number 80 --protocol 6 --port-range From=0,To=65535 --ipv6-cidr-block 2001:db8::17/128',
    ],
    [
      'icmp',
      { ...entry, protocol: 1, cidr: v4 },
      '--ingress --rule-number 80 --protocol 1 --icmp-type-code Code=-1,Type=-1 --cidr-block 10.20.4.17/32',
    ],
    [
      'gre',
      { ...entry, protocol: 47, cidr: v4 },
      '--ingress --rule-number 80 --protocol 47 --cidr-block 10.20.4.17/32',
    ],
  ])('for %s', (_, change, options) => {
    expect(oneLine(fixCommand(change, ireland))).toBe(`${start} ${options} --rule-action allow`);
  });
});

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-route.html */
describe('a route', () => {
  const missing = { kind: 'add-route', tableId: rtb('app') } as const;
  const start = `aws ec2 create-route --region eu-west-1 --route-table-id ${rtb('app')}`;

  it.each<[string, PathChange, string]>([
    [
      'through a peering connection',
      { ...missing, cidr: parseCidr('10.1.1.0/24')!, target: { kind: 'peering', id: pcx('shared') } },
      `--destination-cidr-block 10.1.1.0/24 --vpc-peering-connection-id ${pcx('shared')}`,
    ],
    [
      'for IPv6 through a transit gateway',
      { ...missing, cidr: parseCidr('2001:db8::/64')!, target: { kind: 'transit-gateway', id: tgw('hub') } },
      `--destination-ipv6-cidr-block 2001:db8::/64 --transit-gateway-id ${tgw('hub')}`,
    ],
  ])('%s', (_, change, options) => {
    expect(oneLine(fixCommand(change, ireland))).toBe(`${start} ${options}`);
  });

  it('names no region where none is known', () => {
    const change = { ...rule, ports: five432, cidr: v4 };

    expect(oneLine(fixCommand(change, undefined))).toMatch(/^aws ec2 authorize-security-group-ingress --group-id /);
  });
});
