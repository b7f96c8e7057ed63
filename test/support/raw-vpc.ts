import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import { eni, flowLog, instance, ofVpc, pcx, pl, sg, subnet, vpc } from './ids.ts';
import { rawPaths } from './raw-paths.ts';
import { rawIpPermission, rawNetworkAcl, rawSecurityGroupRule } from './raw-rules.ts';
import { allow, anything, egress, ingress, type GroupRule } from './rules.ts';
import { PEER_ACCOUNT, type FlowLogPlan, type InterfacePlan, type PeeringPlan, type VpcPlan } from './vpc-plan.ts';

/** The plan as AWS would tell it: plain JSON, without undefined values. */
export function rawVpcSnapshot(plan: VpcPlan): RawSnapshot {
  return JSON.parse(JSON.stringify(describe(plan))) as RawSnapshot;
}

function describe(plan: VpcPlan): RawSnapshot {
  const rules = plan.groups.flatMap((group) => [
    ...group.ingress.map(rawSecurityGroupRule(group.name, 'ingress')),
    ...egressOf(plan, group.egress).map(rawSecurityGroupRule(group.name, 'egress')),
  ]);
  return {
    accountId: plan.account,
    region: plan.region,
    takenAt: '2026-11-23T12:00:00Z',
    Vpcs: [rawVpc(plan)],
    Subnets: plan.subnets.map((own) => rawSubnet(plan, own)),
    NetworkAcls: rawNetworkAcls(plan),
    SecurityGroups: plan.groups.map((group) => ({
      GroupId: sg(group.name),
      GroupName: group.name,
      Description: `the ${group.name} group`,
      OwnerId: plan.account,
      VpcId: vpc(plan.name),
      IpPermissions: group.ingress.map(rawIpPermission),
      IpPermissionsEgress: egressOf(plan, group.egress).map(rawIpPermission),
    })),
    ...(plan.ruleIds ? { SecurityGroupRules: rules } : {}),
    NetworkInterfaces: plan.interfaces.map((own) => rawNetworkInterface(plan, own)),
    Reservations: rawReservations(plan),
    PrefixLists: plan.prefixLists.map(({ name, cidrs }) => ({
      PrefixListId: pl(name),
      PrefixListName: name,
      Cidrs: cidrs,
    })),
    VpcPeeringConnections: plan.peerings.map(({ name, plan: one }) => rawPeering(plan, name, one)),
    FlowLogs: plan.flowLogs.map((own) => rawFlowLog(plan, own)),
    SecurityGroupVpcAssociations: [],
    VpcEncryptionControls: [],
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off', ManagedBy: 'account' },
    ...rawPaths(plan),
    refusals: plan.refusals,
    ...plan.extra,
  };
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':');
const isIpv4 = (cidr: string): boolean => !isIpv6(cidr);
const hasIpv6 = (plan: VpcPlan): boolean => plan.cidrs.some(isIpv6);

function egressOf(plan: VpcPlan, rules: readonly GroupRule[] | undefined): readonly GroupRule[] {
  if (rules !== undefined) return rules;
  return ['0.0.0.0/0', ...(hasIpv6(plan) ? ['::/0'] : [])].map((cidr) => allow(anything, cidr));
}

function rawVpc(plan: VpcPlan): object {
  return {
    VpcId: vpc(plan.name),
    OwnerId: plan.account,
    CidrBlock: plan.cidrs.find(isIpv4),
    CidrBlockAssociationSet: plan.cidrs
      .filter(isIpv4)
      .map((cidr) => ({ CidrBlock: cidr, CidrBlockState: { State: 'associated' } })),
    Ipv6CidrBlockAssociationSet: rawIpv6Blocks(plan.cidrs),
    Tags: [{ Key: 'Name', Value: plan.name }],
  };
}

function rawIpv6Blocks(cidrs: readonly string[]): readonly object[] {
  return cidrs.filter(isIpv6).map((cidr) => ({ Ipv6CidrBlock: cidr, Ipv6CidrBlockState: { State: 'associated' } }));
}

function rawSubnet(plan: VpcPlan, { name, cidrs }: VpcPlan['subnets'][number]): object {
  return {
    SubnetId: subnet(name),
    VpcId: vpc(plan.name),
    CidrBlock: cidrs.find(isIpv4),
    Ipv6CidrBlockAssociationSet: rawIpv6Blocks(cidrs),
    AvailabilityZone: zoneOf(plan, name),
    Tags: [{ Key: 'Name', Value: name }],
  };
}

function zoneOf(plan: VpcPlan, subnetName: string): string {
  return `${plan.region}${plan.zones.get(subnetName) ?? 'a'}`;
}

function rawNetworkAcls(plan: VpcPlan): readonly object[] {
  const taken = new Set(plan.acls.flatMap((own) => own.on));
  const rest = plan.subnets.map(({ name }) => name).filter((name) => !taken.has(name));
  const anyIpv4 = [ingress(100).allow(anything, '0.0.0.0/0'), egress(100).allow(anything, '0.0.0.0/0')];
  const anyIpv6 = [ingress(101).allow(anything, '::/0'), egress(101).allow(anything, '::/0')];
  const common = { vpcId: vpc(plan.name), hasIpv6: hasIpv6(plan) };
  const entries = hasIpv6(plan) ? [...anyIpv4, ...anyIpv6] : anyIpv4;
  return [
    rawNetworkAcl({ ...common, name: ofVpc(plan, 'default'), isDefault: true, entries, subnets: rest }),
    ...plan.acls.map((own) => rawNetworkAcl({ ...common, isDefault: false, ...own, subnets: own.on })),
  ];
}

const instanceOf = (name: string, plan: InterfacePlan): string | false => plan.instance ?? name;

function rawNetworkInterface(vpcPlan: VpcPlan, { name, plan }: VpcPlan['interfaces'][number]): object {
  const attachedTo = instanceOf(name, plan);
  const ipv6 = [plan.ipv6 ?? []].flat();
  const prefixes = plan.prefixes ?? [];
  return {
    NetworkInterfaceId: eni(name),
    VpcId: vpc(vpcPlan.name),
    SubnetId: subnet(plan.subnet),
    OwnerId: vpcPlan.account,
    Description: plan.description ?? '',
    InterfaceType: plan.type ?? 'interface',
    RequesterManaged: plan.requesterManaged ?? false,
    SourceDestCheck: plan.sourceDestCheck ?? true,
    Status: attachedTo === false && plan.requesterManaged !== true ? 'available' : 'in-use',
    Attachment: rawAttachment(attachedTo, plan),
    Groups: (plan.groups ?? []).map((group) => ({ GroupId: sg(group), GroupName: group })),
    PrivateIpAddress: plan.address,
    PrivateIpAddresses: rawPrivateAddresses(plan),
    Ipv6Addresses: ipv6.map((address) => ({ Ipv6Address: address })),
    Ipv4Prefixes: prefixes.filter(isIpv4).map((prefix) => ({ Ipv4Prefix: prefix })),
    Ipv6Prefixes: prefixes.filter(isIpv6).map((prefix) => ({ Ipv6Prefix: prefix })),
    ConnectionTrackingConfiguration: {
      TcpEstablishedTimeout: plan.idleTimeouts?.tcpEstablished,
      UdpStreamTimeout: plan.idleTimeouts?.udpStream,
      UdpTimeout: plan.idleTimeouts?.udp,
    },
    AvailabilityZone: zoneOf(vpcPlan, plan.subnet),
    TagSet: [{ Key: 'Name', Value: name }],
  };
}

function rawAttachment(attachedTo: string | false, { deviceIndex }: InterfacePlan): object | undefined {
  if (attachedTo === false) return undefined;
  return { InstanceId: instance(attachedTo), Status: 'attached', DeviceIndex: deviceIndex };
}

function rawPrivateAddresses(plan: InterfacePlan): readonly object[] {
  if (plan.address === undefined) return [];
  const association = plan.publicAddress === undefined ? {} : { Association: { PublicIp: plan.publicAddress } };
  return [
    { PrivateIpAddress: plan.address, Primary: true, ...association },
    ...(plan.secondary ?? []).map((address) => ({ PrivateIpAddress: address, Primary: false })),
  ];
}

function rawReservations(plan: VpcPlan): readonly object[] {
  const attached = plan.interfaces.map(({ name, plan: one }) => instanceOf(name, one));
  const names = [...new Set(attached)].filter((name) => name !== false);
  return names.map((name) => ({
    Instances: [
      {
        InstanceId: instance(name),
        State: { Name: 'running' },
        InstanceType: plan.instanceTypes.get(name) ?? 'm7g.large',
        Tags: [{ Key: 'Name', Value: name }],
      },
    ],
  }));
}

/** The blocks are told only while the connection is active (PEER-20). */
function rawPeering(plan: VpcPlan, name: string, peering: PeeringPlan): object {
  const status = peering.status ?? 'active';
  return {
    VpcPeeringConnectionId: pcx(name),
    Status: { Code: status, Message: peering.statusMessage },
    ExpirationTime: peering.expiresAt,
    RequesterVpcInfo: {
      VpcId: vpc(plan.name),
      OwnerId: plan.account,
      Region: plan.region,
      PeeringOptions: rawDnsOption(peering.dns?.requester),
      ...rawPeerBlocks(plan.cidrs),
    },
    AccepterVpcInfo: {
      VpcId: vpc(peering.vpc ?? name),
      OwnerId: peering.accountId ?? PEER_ACCOUNT,
      Region: peering.region ?? plan.region,
      PeeringOptions: rawDnsOption(peering.dns?.accepter),
      ...rawPeerBlocks(status === 'active' ? peering.cidrs : []),
    },
  };
}

function rawDnsOption(allowed: boolean | undefined): object | undefined {
  return allowed === undefined ? undefined : { AllowDnsResolutionFromRemoteVpc: allowed };
}

function rawPeerBlocks(cidrs: readonly string[]): object {
  return {
    CidrBlock: cidrs.find(isIpv4),
    CidrBlockSet: cidrs.filter(isIpv4).map((cidr) => ({ CidrBlock: cidr })),
    Ipv6CidrBlockSet: cidrs.filter(isIpv6).map((cidr) => ({ Ipv6CidrBlock: cidr })),
  };
}

function rawFlowLog(vpcPlan: VpcPlan, { name, plan }: VpcPlan['flowLogs'][number]): object {
  const toS3 = { LogDestinationType: 's3', LogDestination: plan.s3, DestinationOptions: plan.options };
  const toLogs = { LogDestinationType: 'cloud-watch-logs', LogGroupName: plan.logGroup ?? 'vpc-flow-logs' };
  return {
    FlowLogId: flowLog(name),
    ResourceId: monitored(vpcPlan, plan.on ?? 'vpc'),
    TrafficType: plan.trafficType ?? 'ALL',
    ...(plan.s3 === undefined ? toLogs : toS3),
    LogFormat: plan.fields
      ?.split(' ')
      .map((field) => `\${${field}}`)
      .join(' '),
    MaxAggregationInterval: plan.interval ?? 60,
    DeliverLogsStatus: plan.failure === undefined ? 'SUCCESS' : 'FAILED',
    DeliverLogsErrorMessage: plan.failure,
    CreationTime: plan.createdAt ?? '2026-01-01T00:00:00Z',
  };
}

function monitored(plan: VpcPlan, on: NonNullable<FlowLogPlan['on']>): string {
  if (on === 'vpc') return vpc(plan.name);
  return 'interface' in on ? eni(on.interface) : subnet(on.subnet);
}
