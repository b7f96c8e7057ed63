import { parseSnapshot } from '../vpc/parse-snapshot.ts';
import type { RawSnapshot } from '../vpc/raw-snapshot.ts';
import type { Asking } from './call-aws.ts';
import { beginChain, continueChain } from './chain.ts';
import type { Found } from './find-interface.ts';
import type { FoundInterface } from './found-interface.ts';
import { readPart, type Description, type Part } from './read-part.ts';
import { readReferences } from './read-references.ts';
import { toRawSnapshot } from './to-raw-snapshot.ts';

/** Whose configuration to read, and how to ask. */
export interface Scene {
  readonly asking: Asking;
  readonly accountId: string;
  readonly found: Found;
  /** The same region of another account; `undefined` when the configuration doesn't name it. */
  readonly askElsewhere: (accountId: string) => Asking | undefined;
}

/**
 * The configuration that decides about one interface's traffic, in two rounds: all that its ids lead to at once, then
 * what the rules of its groups refer to. What AWS refuses becomes a line of the snapshot.
 */
export async function readConfiguration(scene: Scene, flowLogs: Promise<Part>): Promise<readonly RawSnapshot[]> {
  const asking = beginChain(scene.asking);
  const heading = {
    accountId: scene.accountId,
    region: asking.place.region,
    takenAt: new Date().toISOString(),
    membersOf: [],
  };
  const descriptions = descriptionsOf(scene.found).map((description) => readPart(asking, description));
  const parts = [...known(scene.found), ...(await Promise.all(descriptions))];

  const ofGroupsOnly = parts.filter(({ member }) => GROUP_MEMBERS.has(member));
  const { securityGroups } = parseSnapshot([toRawSnapshot(heading, ofGroupsOnly)]);
  const references = await readReferences({ ...scene, asking: continueChain(asking) }, securityGroups);
  const all = [...parts, await flowLogs, ...references.parts];
  return [
    toRawSnapshot({ ...heading, membersOf: references.membersOf }, all),
    ...references.elsewhere.map(({ accountId, membersOf, parts: found }) =>
      toRawSnapshot({ ...heading, accountId, membersOf }, found),
    ),
  ];
}

const GROUP_MEMBERS: ReadonlySet<string> = new Set(['SecurityGroups', 'SecurityGroupRules']);

/** What finding the interface has told already. */
function known({ interface: own, siblings = [] }: Found): readonly Part[] {
  return [{ member: 'NetworkInterfaces', items: [own, ...siblings].map(({ raw }) => raw) }];
}

function descriptionsOf({ interface: own, siblings }: Found): readonly Description[] {
  return [...ofGroups(own), ...ofVpc(own), ...ofInstance(own, siblings === undefined)];
}

/** Rules by their ids; and the groups themselves for their names and homes, and for rules where ids are refused. */
function ofGroups({ groupIds }: FoundInterface): readonly Description[] {
  if (groupIds.length === 0) return [];
  const narrow = { 'group-id': groupIds };
  return [
    { call: 'DescribeSecurityGroups', narrow },
    { call: 'DescribeSecurityGroupRules', narrow },
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
    // A filter knows one side of a connection only (API-17): one call for all costs less than two.
    { call: 'DescribeVpcPeeringConnections' },
    { call: 'DescribeVpcBlockPublicAccessOptions' },
  ];
}

function ofInstance({ attachment }: FoundInterface, asksForSiblings: boolean): readonly Description[] {
  const instanceId = attachment?.instanceId;
  if (instanceId === undefined) return [];
  const siblings = { 'attachment.instance-id': [instanceId] };
  return [
    { call: 'DescribeInstances', narrow: { 'instance-id': [instanceId] }, about: instanceId },
    ...(asksForSiblings ? [{ call: 'DescribeNetworkInterfaces', narrow: siblings, about: instanceId } as const] : []),
  ];
}
