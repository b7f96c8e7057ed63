import { isIn, nthOf } from './naive-addresses.ts';
import type {
  NaivePacket,
  RawAcl,
  RawAclEntry,
  RawInterface,
  RawNetwork,
  RawPeering,
  RawReference,
  RawRule,
} from './naive-network.ts';

/** What the second evaluator makes of a packet, as words that can be compared. */
export interface NaiveAnswer {
  /** `allowed by sgr-1 sgr-2`, `denied`, `undetermined`, `not-applicable`. */
  readonly securityGroups: string;
  /** `allowed by 100`, `denied by 32767`, `undetermined`, `not-applicable`. */
  readonly networkAcl: string;
}

/**
 * Written straight from the documentation over raw AWS JSON, to hold the engine to account: text and linear scans, and
 * nothing in common with `src`. Slow and simple wins over every other virtue here.
 */
export function naiveAnswer(
  network: RawNetwork,
  interfaceId: string,
  { direction, packet }: { direction: 'ingress' | 'egress'; packet: NaivePacket },
): NaiveAnswer {
  const subject = network.NetworkInterfaces.find((each) => each.NetworkInterfaceId === interfaceId)!;
  const remote = direction === 'ingress' ? packet.source : packet.destination;
  const subnet = network.Subnets.find((each) => each.SubnetId === subject.SubnetId)!;
  const vpc = network.Vpcs.find((each) => each.VpcId === subject.VpcId)!;
  if (isServiceOfAws(remote, vpc.CidrBlock, subnet.CidrBlock)) {
    return { securityGroups: 'not-applicable', networkAcl: 'not-applicable' };
  }
  const subnetBlocks = [subnet.CidrBlock, ...subnet.Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock)];
  const isNeighbour = subnetBlocks.some((block) => isIn(remote, block));
  return {
    securityGroups: askGroups(network, subject, { direction, packet, remote }),
    networkAcl: isNeighbour ? 'not-applicable' : askAcl(aclOf(network, subject), { direction, packet, remote }),
  };
}

export interface Asked {
  readonly direction: 'ingress' | 'egress';
  readonly packet: NaivePacket;
  readonly remote: string;
}

/** EVAL-17 to EVAL-20. */
function isServiceOfAws(remote: string, vpcBlock: string, subnetBlock: string): boolean {
  return (
    remote === nthOf(vpcBlock, 2) ||
    remote === nthOf(subnetBlock, 1) ||
    remote === '255.255.255.255' ||
    isIn(remote, '169.254.168.0/22') ||
    isIn(remote, 'fd00:ec2::/32')
  );
}

/** Ids as one text, whatever the order they came in. */
export function inOrder(ids: readonly string[]): string {
  return ids.toSorted((a, b) => a.localeCompare(b)).join(' ');
}

type Match = 'yes' | 'no' | 'perhaps';

/** SG-1 to SG-3. */
export function askGroups(network: RawNetwork, subject: RawInterface, asked: Asked): string {
  const groups = new Set(subject.Groups.map((group) => group.GroupId));
  const rules = network.SecurityGroupRules.filter(
    (rule) => groups.has(rule.GroupId) && rule.IsEgress === (asked.direction === 'egress'),
  );
  const answers = rules.map((rule) => ({ rule, match: ruleMatches(network, subject, { rule, asked }) }));
  const admitting = answers.filter(({ match }) => match === 'yes').map(({ rule }) => rule.SecurityGroupRuleId);
  if (admitting.length > 0) return `allowed by ${inOrder(admitting)}`;
  return answers.some(({ match }) => match === 'perhaps') ? 'undetermined' : 'denied';
}

function ruleMatches(
  network: RawNetwork,
  subject: RawInterface,
  { rule, asked }: { rule: RawRule; asked: Asked },
): Match {
  return both(trafficMatches(rule, asked.packet), peerMatches(network, subject, { rule, remote: asked.remote }));
}

function both(a: Match, b: Match): Match {
  if (a === 'no' || b === 'no') return 'no';
  return a === 'yes' && b === 'yes' ? 'yes' : 'perhaps';
}

const NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };

/** SG-8 to SG-12. */
function trafficMatches(rule: RawRule, packet: NaivePacket): Match {
  const protocol = NUMBERS[rule.IpProtocol] ?? rule.IpProtocol;
  if (protocol === '-1') return 'yes';
  if (protocol !== String(packet.protocol)) return 'no';
  if (protocol === '6' || protocol === '17') return portIn(rule.FromPort, rule.ToPort, packet.destinationPort!);
  if (protocol === '1' || protocol === '58') return typeMatches(rule.FromPort, rule.ToPort, packet);
  return 'yes';
}

function portIn(from: number, to: number, port: number): Match {
  return from <= port && port <= to ? 'yes' : 'no';
}

/** -1 is any; a type that nobody told may be any too (FLOW-81). */
function typeMatches(type: number, code: number, packet: NaivePacket): Match {
  if (type === -1) return 'yes';
  if (packet.icmp === undefined) return 'perhaps';
  return packet.icmp.type === type && (code === -1 || packet.icmp.code === code) ? 'yes' : 'no';
}

function peerMatches(
  network: RawNetwork,
  subject: RawInterface,
  { rule, remote }: { rule: RawRule; remote: string },
): Match {
  if (rule.CidrIpv4 !== undefined) return isIn(remote, rule.CidrIpv4) ? 'yes' : 'no';
  if (rule.CidrIpv6 !== undefined) return isIn(remote, rule.CidrIpv6) ? 'yes' : 'no';
  if (rule.PrefixListId !== undefined) return listMatches(network, rule.PrefixListId, remote);
  return referenceMatches(network, subject, { reference: rule.ReferencedGroupInfo!, remote });
}

/** SG-32, SG-36. */
function listMatches(network: RawNetwork, id: string, remote: string): Match {
  const list = network.PrefixLists.find((each) => each.PrefixListId === id);
  if (list === undefined) return 'perhaps';
  return list.Cidrs.some((cidr) => isIn(remote, cidr)) ? 'yes' : 'no';
}

/** SG-17 to SG-20, SG-26 to SG-29. */
function referenceMatches(
  network: RawNetwork,
  subject: RawInterface,
  { reference, remote }: { reference: RawReference; remote: string },
): Match {
  if (reference.UserId === undefined) return 'no';
  const isLocal = reference.VpcId === subject.VpcId;
  const peering = network.VpcPeeringConnections.find((each) => isActiveBetween(each, subject.VpcId, reference.VpcId));
  if (!isLocal && peering === undefined) return 'no';
  const carriers = network.NetworkInterfaces.filter((each) =>
    each.Groups.some((group) => group.GroupId === reference.GroupId),
  );
  if (carriers.some((carrier) => privateBlocksOf(carrier).some((block) => isIn(remote, block)))) return 'yes';
  if (membersAreKnown(network, reference.GroupId)) return 'no';
  const blocks = isLocal ? vpcBlocksOf(network, subject.VpcId) : blocksOfPeer(peering!, subject.VpcId);
  return blocks.some((block) => isIn(remote, block)) ? 'perhaps' : 'no';
}

function privateBlocksOf(carrier: RawInterface): readonly string[] {
  return [
    ...carrier.PrivateIpAddresses.map((each) => `${each.PrivateIpAddress}/32`),
    ...carrier.Ipv6Addresses.map((each) => `${each.Ipv6Address}/128`),
    ...carrier.Ipv4Prefixes.map((each) => each.Ipv4Prefix),
    ...carrier.Ipv6Prefixes.map((each) => each.Ipv6Prefix),
  ];
}

function membersAreKnown(network: RawNetwork, groupId: string): boolean {
  return network.membersOf?.includes(groupId) ?? network.SecurityGroups.some((group) => group.GroupId === groupId);
}

export function vpcBlocksOf(network: RawNetwork, vpcId: string): readonly string[] {
  const vpc = network.Vpcs.find((each) => each.VpcId === vpcId)!;
  return [
    ...vpc.CidrBlockAssociationSet.filter((each) => each.CidrBlockState.State === 'associated').map(
      (each) => each.CidrBlock,
    ),
    ...vpc.Ipv6CidrBlockAssociationSet.map((each) => each.Ipv6CidrBlock),
  ];
}

function isActiveBetween(peering: RawPeering, near: string, far: string | undefined): boolean {
  const { RequesterVpcInfo: one, AccepterVpcInfo: other } = peering;
  const joins = (one.VpcId === near && other.VpcId === far) || (one.VpcId === far && other.VpcId === near);
  return peering.Status.Code === 'active' && joins;
}

export function blocksOfPeer(peering: RawPeering, near: string): readonly string[] {
  const far = peering.RequesterVpcInfo.VpcId === near ? peering.AccepterVpcInfo : peering.RequesterVpcInfo;
  return [...far.CidrBlockSet.map((each) => each.CidrBlock), ...far.Ipv6CidrBlockSet.map((each) => each.Ipv6CidrBlock)];
}

/** NACL-6. */
export function aclOf(network: RawNetwork, subject: RawInterface): RawAcl {
  const associated = network.NetworkAcls.find((acl) =>
    acl.Associations.some((association) => association.SubnetId === subject.SubnetId),
  );
  return associated ?? network.NetworkAcls.find((acl) => acl.IsDefault && acl.VpcId === subject.VpcId)!;
}

/** NACL-1 to NACL-4: by number, the first match decides; nothing found is a deny, numbered 32767. */
export function askAcl(acl: RawAcl, asked: Asked): string {
  const entries = acl.Entries.filter(
    (each) => each.RuleNumber < 32767 && each.Egress === (asked.direction === 'egress'),
  );
  const possible: string[] = [];
  for (const entry of entries.toSorted((a, b) => a.RuleNumber - b.RuleNumber)) {
    const match = entryMatches(entry, asked);
    if (match === 'yes') return conclude(possible, entry.RuleAction, entry.RuleNumber);
    if (match === 'perhaps') possible.push(entry.RuleAction);
  }
  return conclude(possible, 'deny', 32767);
}

function conclude(possible: readonly string[], action: string, number: number): string {
  if (possible.some((each) => each !== action)) return 'undetermined';
  return action === 'allow' ? `allowed by ${number}` : `denied by ${number}`;
}

/** NACL-10 to NACL-16. */
function entryMatches(entry: RawAclEntry, { packet, remote }: Asked): Match {
  const block = entry.CidrBlock ?? entry.Ipv6CidrBlock!;
  if (!isIn(remote, block)) return 'no';
  if (entry.Protocol === '-1') return 'yes';
  if (entry.Protocol !== String(packet.protocol)) return 'no';
  if (entry.Protocol === '6' || entry.Protocol === '17') {
    return entry.PortRange === undefined
      ? 'yes'
      : portIn(entry.PortRange.From, entry.PortRange.To, packet.destinationPort!);
  }
  const honoursTypes = entry.Protocol === '1' || (entry.Protocol === '58' && entry.Ipv6CidrBlock !== undefined);
  if (!honoursTypes || entry.IcmpTypeCode === undefined) return 'yes';
  return typeMatches(entry.IcmpTypeCode.Type, entry.IcmpTypeCode.Code, packet);
}
