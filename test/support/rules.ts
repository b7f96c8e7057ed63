import { pl, pcx, sg, vpc } from './ids.ts';

/** Packets as rules speak of them. Numbers are ports for TCP and UDP, type and code for ICMP. */
export interface Traffic {
  readonly protocol: number | 'all';
  readonly from?: number;
  readonly to?: number;
}

/** `tcp(443)`, `tcp(1024, 65535)`, `tcp()` for all ports. */
export const tcp = (from = 0, to = from === 0 ? 65535 : from): Traffic => ({ protocol: 6, from, to });
export const udp = (from = 0, to = from === 0 ? 65535 : from): Traffic => ({ protocol: 17, from, to });
/** `icmp(8)` for echo requests of any code, `icmp()` for all types. */
export const icmp = (type = -1, code = -1): Traffic => ({ protocol: 1, from: type, to: code });
export const icmpv6 = (type = -1, code = -1): Traffic => ({ protocol: 58, from: type, to: code });
/** Any other protocol, by number: 50 is ESP. */
export const protocol = (number: number): Traffic => ({ protocol: number });
export const anything: Traffic = { protocol: 'all' };

/** What a security group rule opens to: a block as text, `group(…)` or `prefixList(…)`. */
export type Peer = string | GroupReference | PrefixListReference;

interface GroupReference {
  readonly GroupId: string;
  readonly UserId?: string;
  readonly VpcId?: string;
  readonly VpcPeeringConnectionId?: string;
  readonly PeeringStatus?: string;
}

interface PrefixListReference {
  readonly PrefixListId: string;
}

/** A reference to a group of the VPC `main`, by its own rules. */
export const group = (name: string): Peer => groupOf('main', name);

/** A reference to a group of the rule's own VPC, which is another than `main`. */
export const groupOf = (home: string, name: string, account = '123456789012'): Peer => ({
  GroupId: sg(name),
  UserId: account,
  VpcId: vpc(home),
});

/** A reference to a group that was deleted: AWS no longer tells its owner (SG-27). */
export const deletedGroup = (name: string): Peer => ({ GroupId: sg(name) });

/** A reference to a group of a peered VPC, both named as in `.peering(…)`. */
export const peerGroup = (peering: string, name: string, status = 'active'): Peer => ({
  GroupId: sg(name),
  UserId: '210987654321',
  VpcId: vpc(peering),
  VpcPeeringConnectionId: pcx(peering),
  PeeringStatus: status,
});

/** The same from the other end: what the VPC `main` asked for a peering with refers to a group of `main`. */
export const groupOfMain = (peering: string, name: string, status = 'active'): Peer => ({
  GroupId: sg(name),
  UserId: '123456789012',
  VpcId: vpc('main'),
  VpcPeeringConnectionId: pcx(peering),
  PeeringStatus: status,
});

export const prefixList = (name: string): Peer => ({ PrefixListId: pl(name) });

/** One rule of a security group, which need not know yet of which. */
export interface GroupRule {
  readonly traffic: Traffic;
  readonly peer: Peer;
  readonly description?: string;
}

/** `allow(tcp(443), '0.0.0.0/0')`, `allow(tcp(5432), group('web'), 'from the web tier')`. */
export function allow(traffic: Traffic, peer: Peer, description?: string): GroupRule {
  return description === undefined ? { traffic, peer } : { traffic, peer, description };
}

/** One entry of a network ACL. */
export interface AclEntry {
  readonly number: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  readonly traffic: Traffic;
  readonly cidr: string;
}

type EntryMaker = Record<AclEntry['action'], (traffic: Traffic, cidr: string) => AclEntry>;

/** `ingress(100).allow(tcp(443), '0.0.0.0/0')`. */
export const ingress = (number: number): EntryMaker => entryOf(number, false);
/** `egress(90).deny(anything, '192.0.2.0/24')`. */
export const egress = (number: number): EntryMaker => entryOf(number, true);

function entryOf(number: number, isEgress: boolean): EntryMaker {
  const make = (action: AclEntry['action']) => (traffic: Traffic, cidr: string) => ({
    number,
    egress: isEgress,
    action,
    traffic,
    cidr,
  });
  return { allow: make('allow'), deny: make('deny') };
}
