import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Asking } from './call-aws.ts';
import type { FoundInterface } from './found-interface.ts';
import { readPart, type Description, type Part } from './read-part.ts';
import { readReferences } from './read-references.ts';
import { toRawSnapshot } from './to-raw-snapshot.ts';

/** Whose configuration to read, and how to ask. */
export interface Scene {
  readonly asking: Asking;
  readonly accountId: string;
  readonly found: FoundInterface;
  /** The same region of another account; `undefined` when the configuration doesn't name it. */
  readonly askElsewhere: (accountId: string) => Asking | undefined;
}

/**
 * The configuration that decides about one interface's traffic, in two rounds: all that its ids lead to at once, then
 * what the rules of its groups refer to. What AWS refuses becomes a line of the snapshot.
 */
export async function readConfiguration(scene: Scene, flowLogs: Promise<Part>): Promise<readonly RawSnapshot[]> {
  const asking = { ...scene.asking, meter: scene.asking.meter.branch() };
  const heading = {
    accountId: scene.accountId,
    region: asking.place.region,
    takenAt: new Date().toISOString(),
    membersOf: [],
  };
  const described = await Promise.all([
    flowLogs,
    ...descriptionsOf(scene.found).map((description) => readPart(asking, description)),
  ]);
  const parts = [{ member: 'NetworkInterfaces', items: [scene.found.raw] }, ...described];

  const { securityGroups } = parseSnapshot([toRawSnapshot(heading, parts)]);
  const rules = [...securityGroups.values()].flatMap((group) => group.rules);
  const references = await readReferences({ ...scene, asking: { ...asking, round: asking.meter.rounds + 1 } }, rules);
  return [
    toRawSnapshot({ ...heading, membersOf: references.membersOf }, [...parts, ...references.parts]),
    ...references.elsewhere.map(({ accountId, membersOf, parts: found }) =>
      toRawSnapshot({ ...heading, accountId, membersOf }, found),
    ),
  ];
}

/** The flow logs of the interface, its subnet and its VPC: the filter matches what is monitored exactly (FLOW-84). */
export function readFlowLogList(asking: Asking, { id, subnetId, vpcId }: FoundInterface): Promise<Part> {
  const monitored = [id, ...(subnetId === undefined ? [] : [subnetId]), vpcId];
  return readPart(asking, { call: 'DescribeFlowLogs', narrow: { 'resource-id': monitored } });
}

function descriptionsOf(found: FoundInterface): readonly Description[] {
  return [...ofGroups(found), ...ofVpc(found), ...ofInstance(found)];
}

function ofGroups({ groupIds }: FoundInterface): readonly Description[] {
  if (groupIds.length === 0) return [];
  const narrow = { 'group-id': groupIds };
  return [
    { call: 'DescribeSecurityGroups', narrow },
    { call: 'DescribeSecurityGroupRules', narrow },
    { call: 'DescribeSecurityGroupVpcAssociations', narrow },
  ];
}

function ofVpc({ vpcId }: FoundInterface): readonly Description[] {
  const narrow = { 'vpc-id': [vpcId] };
  return [
    // All of the VPC's: the subnet's own, and the default one for a subnet that no association names (NACL-1).
    { call: 'DescribeNetworkAcls', narrow },
    { call: 'DescribeSubnets', narrow },
    { call: 'DescribeVpcs', narrow },
    // Load balancers, NAT gateways and endpoints, to name the other end.
    { call: 'DescribeNetworkInterfaces', narrow: { ...narrow, 'requester-managed': ['true'] }, about: vpcId },
    { call: 'DescribeVpcPeeringConnections', narrow: { 'requester-vpc-info.vpc-id': [vpcId] } },
    { call: 'DescribeVpcPeeringConnections', narrow: { 'accepter-vpc-info.vpc-id': [vpcId] } },
    { call: 'DescribeVpcEncryptionControls', narrow },
    { call: 'DescribeVpcBlockPublicAccessOptions' },
  ];
}

function ofInstance({ attachment }: FoundInterface): readonly Description[] {
  const instanceId = attachment?.instanceId;
  if (instanceId === undefined) return [];
  return [
    { call: 'DescribeInstances', narrow: { 'instance-id': [instanceId] }, about: instanceId },
    {
      call: 'DescribeNetworkInterfaces',
      narrow: { 'attachment.instance-id': [instanceId] },
      about: instanceId,
    },
  ];
}
