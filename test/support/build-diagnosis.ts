import type { FilterBlocker } from '../../src/engine/filter-blocker.ts';
import type { Diagnosis, LogCoverage } from '../../src/engine/diagnosis.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { NearMiss } from '../../src/engine/decision.ts';
import type { FlowGroup, Reading, Tally } from '../../src/flowlog/observations.ts';
import { isNonEmpty } from '../../src/lang/non-empty.ts';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import type { Direction } from '../../src/net/direction.ts';
import type { PortRange } from '../../src/net/port-range.ts';
import { ICMP, parseProtocol, type Protocol } from '../../src/net/protocol.ts';
import {
  parseAccountId,
  parseFlowLogId,
  parseNetworkAclId,
  parseNetworkInterfaceId,
  parseRegion,
  parseSecurityGroupId,
  parseSecurityGroupRuleId,
  parseSubnetId,
  parseVpcId,
} from '../../src/vpc/ids.ts';
import { IMPLICIT_DENY, type NetworkAclEntry } from '../../src/vpc/network-acl.ts';
import type { RulePeer, SecurityGroupRule } from '../../src/vpc/security-group.ts';

/** 2026-11-23T14:00:00Z, the hour in which everything in these diagnoses happens. */
export const TWO_O_CLOCK = 1_795_442_400;

const ENI = parseNetworkInterfaceId('eni-0a1b2c3d4e5f60718')!;
export const GROUP = parseSecurityGroupId('sg-0c44d1e2f3a4b5c6d')!;
export const ACL = parseNetworkAclId('acl-0aa1b2c3d4e5f6071')!;
const SUBNET = parseSubnetId('subnet-0d9e8f7a6b5c4d3e2')!;
const VPC = parseVpcId('vpc-0b1c2d3e4f5a6b7c8')!;
const LOCAL = '10.20.9.40';

/** An interface called payments-db, of which a test says only what it is about. */
export function diagnosis(findings: readonly Finding[], more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    question: { filter: {}, window: { start: TWO_O_CLOCK - 1800, end: TWO_O_CLOCK + 1860 } },
    target: {
      id: ENI,
      accountId: parseAccountId('123456789012')!,
      region: parseRegion('eu-west-1')!,
      interface: {
        id: ENI,
        vpcId: VPC,
        subnetId: SUBNET,
        description: 'payments database',
        interfaceType: 'interface',
        requesterManaged: false,
        groups: [GROUP],
        addresses: [{ address: parseAddress(LOCAL)!, primary: true }],
        prefixes: [],
        sourceDestCheck: true,
        idleTimeouts: {},
      },
      owner: { kind: 'instance', name: 'payments-db', interfaceId: ENI },
      name: 'payments-db',
    },
    window: { start: TWO_O_CLOCK - 1800, end: TWO_O_CLOCK + 1860 },
    coverage: {
      logs: [flowLogOf({ kind: 'read', records: 1_284 })],
      sees: { accept: true, reject: true },
      missingFields: [],
    },
    reading: reading({}),
    findings,
    noise: { records: 0, sources: 0, ports: [], groups: [] },
    gaps: [],
    configReadAt: TWO_O_CLOCK + 1867,
    ...more,
  };
}

export function reading(more: Partial<Reading>): Reading {
  const counts = { records: 1_284, accepted: 1_070, rejected: 214, bytes: 160_500 };
  return { ...counts, malformed: { count: 0, samples: [] }, undirected: { count: 0, samples: [] }, ...more };
}

export function flowLogOf(outcome: LogCoverage['reading']): LogCoverage {
  return {
    log: {
      id: parseFlowLogId('fl-0123456789abcdef0')!,
      resourceId: VPC,
      trafficType: 'ALL',
      destination: { kind: 'cloud-watch-logs', logGroup: '/vpc/flow-logs' },
      format: '${version} ${account-id} ${interface-id}',
      aggregationInterval: 60,
      delivery: { status: 'success' },
    },
    reading: outcome,
  };
}

interface FlowPlan {
  readonly protocol?: string;
  readonly port?: number;
  readonly remote?: string;
  readonly local?: string;
  readonly clientPort?: number;
  readonly direction?: Direction;
  readonly leg?: 'forward' | 'return';
}

/** The packet that was rejected: tcp/5432 from 10.20.4.17, unless told otherwise. */
function flowKey(plan: FlowPlan): Finding['flow'] {
  const { direction = 'ingress', leg = 'forward', clientPort = 49_152 } = plan;
  const protocol = parseProtocol(plan.protocol ?? 'tcp')!;
  const [remote, local] = [parseAddress(plan.remote ?? '10.20.4.17')!, parseAddress(plan.local ?? LOCAL)!];
  const [source, destination] = direction === 'ingress' ? [remote, local] : [local, remote];
  const port = plan.port ?? (protocol === 6 || protocol === 17 ? 5432 : undefined);
  const ports =
    port === undefined
      ? {}
      : leg === 'forward'
        ? { sourcePort: clientPort, destinationPort: port }
        : { sourcePort: port, destinationPort: clientPort };
  return { direction, leg, protocol, source, destination, ...ports };
}

interface FindingPlan extends FlowPlan, Partial<Omit<Finding, 'flow'>> {
  /** How many records were rejected in the flow's direction; 0 for a finding without records. */
  readonly rejected?: number;
  readonly accepted?: number;
  /** Records accepted the other way: the requests of a rejected reply. */
  readonly acceptedOpposite?: number;
  readonly samples?: readonly string[];
}

export function finding(plan: FindingPlan): Finding {
  const flow = flowKey(plan);
  const { rejected = 214, row = 'T-1', verdict = 'blocked', confidence = 'certain' } = plan;
  return {
    row,
    alternatives: plan.alternatives ?? [],
    verdict,
    confidence,
    flow,
    ...(rejected > 0 && { group: plan.group ?? flowGroup(flow, plan, rejected) }),
    blockedBy: plan.blockedBy ?? [],
    ...(plan.filters !== undefined && { filters: plan.filters }),
    reasons: plan.reasons ?? (plan.blockedBy === undefined ? [] : [{ kind: 'configuration-denies' }]),
    gaps: plan.gaps ?? [],
    ...(plan.fix !== undefined && { fix: plan.fix }),
  };
}

function flowGroup(flow: Finding['flow'], plan: FindingPlan, rejected: number): FlowGroup {
  const [local, remote] =
    flow.direction === 'ingress' ? [flow.destination, flow.source] : [flow.source, flow.destination];
  const servicePort = flow.leg === 'forward' ? flow.destinationPort : flow.sourcePort;
  const opposite: Direction = flow.direction === 'ingress' ? 'egress' : 'ingress';
  const own = { rejected: tally(rejected, plan.samples ?? [sample(flow)]), ...acceptedOf(plan.accepted) };
  return {
    protocol: flow.protocol,
    local,
    remote,
    opener: { side: 'remote', because: 'flags' },
    ...(servicePort !== undefined && { servicePort }),
    serviceSide: (flow.direction === 'ingress') === (flow.leg === 'forward') ? 'local' : 'remote',
    clientPorts: { listed: [49_152], distinct: 1 },
    conversations: Math.ceil(rejected / 6),
    ingress: {},
    egress: {},
    [flow.direction]: own,
    [opposite]: acceptedOf(plan.acceptedOpposite),
    order: { acceptedBefore: false, acceptedAfter: false, overlapping: false },
    spread: { portsTriedByRemote: 1, remotesTryingPort: 1 },
    trafficPaths: [],
  };
}

function acceptedOf(records: number | undefined): { accepted?: Tally } {
  return records === undefined || records === 0 ? {} : { accepted: tally(records, []) };
}

function tally(records: number, samples: readonly string[]): Tally {
  return {
    records,
    packets: records * 3,
    bytes: records * 180,
    firstSeen: TWO_O_CLOCK + 190,
    lastSeen: TWO_O_CLOCK + (records > 1 ? 1558 : 190),
    overTime: [{ at: TWO_O_CLOCK + 180, records }],
    flags: [2],
    rejectReasons: [],
    samples,
  };
}

function sample({ protocol, source, destination, sourcePort = 0, destinationPort = 0 }: Finding['flow']): string {
  const ends = `${formatAddress(source)} ${formatAddress(destination)} ${sourcePort} ${destinationPort}`;
  return `2 123456789012 ${ENI} ${ends} ${protocol} 6 360 ${TWO_O_CLOCK + 190} ${TWO_O_CLOCK + 249} REJECT OK`;
}

interface RulePlan {
  readonly id?: string;
  readonly protocol?: Protocol | 'all';
  readonly ports?: PortRange;
  readonly cidr?: string;
  readonly peer?: RulePeer;
  readonly direction?: Direction;
  readonly icmp?: { readonly type: number; readonly code?: number };
}

export function groupRule(plan: RulePlan = {}): SecurityGroupRule {
  const { direction = 'ingress', protocol = 6, ports = { from: 5432, to: 5432 } } = plan;
  return {
    id: parseSecurityGroupRuleId(plan.id ?? 'sgr-07e1f2a3b4c5d6e7f')!,
    groupId: GROUP,
    direction,
    protocol,
    ...(protocol === ICMP ? {} : { ports }),
    ...(plan.icmp !== undefined && { icmp: plan.icmp }),
    peer: plan.peer ?? { kind: 'cidr', cidr: parseCidr(plan.cidr ?? '10.20.0.0/22')! },
  };
}

interface EntryPlan extends RulePlan {
  readonly action?: 'allow' | 'deny';
}

export function aclEntry(ruleNumber: number, plan: EntryPlan = {}): NetworkAclEntry {
  const { direction = 'ingress', protocol = 6, action = ruleNumber === IMPLICIT_DENY ? 'deny' : 'allow' } = plan;
  return {
    aclId: ACL,
    ruleNumber,
    direction,
    action,
    protocol: ruleNumber === IMPLICIT_DENY ? 'all' : protocol,
    cidr: parseCidr(plan.cidr ?? '0.0.0.0/0')!,
    ...(plan.ports !== undefined && { ports: plan.ports }),
  };
}

export function byGroups(
  direction: Direction = 'ingress',
  nearMisses: readonly NearMiss<SecurityGroupRule>[] = [],
): FilterBlocker {
  return { kind: 'security-group', direction, ids: [GROUP], nearMisses };
}

export function byAcl(
  entry: NetworkAclEntry,
  nearMisses: readonly NearMiss<NetworkAclEntry>[] = [],
  clientPorts?: readonly number[],
): FilterBlocker {
  const { direction, aclId: id } = entry;
  return { kind: 'network-acl', direction, id, entry, nearMisses, ...(clientPorts !== undefined && { clientPorts }) };
}

export function missed<Rule>(rule: Rule, ...fields: readonly NearMiss<Rule>['failedOn'][number][]): NearMiss<Rule> {
  if (!isNonEmpty(fields)) throw new Error('a near miss misses something');
  return { rule, failedOn: fields };
}
