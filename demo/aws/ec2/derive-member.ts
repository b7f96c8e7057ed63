import { createHash } from 'node:crypto';

import type { RawSnapshot } from '../../../src/vpc/raw-snapshot.ts';
import { recordsOf, textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';

export interface Source {
  readonly snapshot: RawSnapshot;
  readonly input: JsonRecord;
}

/** A response member as the snapshot has it, or made from what it has where a recorded network is silent. */
export function deriveMember(operation: string, member: string, source: Source): unknown {
  const derive = DERIVED[operation];
  return derive === undefined ? source.snapshot[member] : derive(source, member);
}

const DERIVED: Readonly<Record<string, (source: Source, member: string) => unknown>> = {
  DescribeSecurityGroupRules: ({ snapshot }) => snapshot['SecurityGroupRules'] ?? deriveRules(snapshot),
  /** Names AWS's own lists only, blocks included (API-20). */
  DescribePrefixLists: ({ snapshot }) => recordsOf(snapshot['PrefixLists']).filter((list) => 'Cidrs' in list),
  GetManagedPrefixListEntries: ({ snapshot, input }) => findEntries(snapshot, input['PrefixListId']),
  DescribeStaleSecurityGroups: ({ snapshot, input }) =>
    gathered(snapshot['StaleSecurityGroups'], 'VpcId', input)['StaleSecurityGroupSet'],
  GetTransitGatewayRouteTableAssociations: ({ snapshot, input }) =>
    gathered(snapshot['TransitGatewayAssociations'], TABLE, input)['Associations'],
  GetTransitGatewayRouteTablePropagations: ({ snapshot, input }, member) =>
    gathered(snapshot['TransitGatewayPropagations'], TABLE, input)[member],
  SearchTransitGatewayRoutes: searchRoutes,
  DescribeVpcAttribute: tellAttribute,
  DescribeVpcBlockPublicAccessOptions: ({ snapshot }) =>
    snapshot['VpcBlockPublicAccessOptions'] ?? {
      AwsAccountId: snapshot.accountId,
      AwsRegion: snapshot.region,
      State: 'default-state',
      InternetGatewayBlockMode: 'off',
      ExclusionsAllowed: 'allowed',
      ManagedBy: 'account',
    },
};

const TABLE = 'TransitGatewayRouteTableId';

/** The element about the parent that was asked for: `{TransitGatewayRouteTableId, Associations: […]}`. */
function gathered(elements: unknown, idField: string, input: JsonRecord): JsonRecord {
  return recordsOf(elements).find((element) => element[idField] === input[idField]) ?? {};
}

/** Some recorded networks tell static routes only. */
function searchRoutes({ snapshot, input }: Source): unknown {
  if (recordsOf(input['Filters']).length === 0) {
    throw new ServiceError('MissingParameter', 'The request must contain the parameter Filters');
  }
  const routes = snapshot['TransitGatewayRoutes'] ?? snapshot['TransitGatewayStaticRoutes'];
  return gathered(routes, TABLE, input)['Routes'];
}

/** One attribute a call (API-12); where the snapshot tells none, what a new VPC has. */
function tellAttribute({ snapshot, input }: Source, member: string): unknown {
  const id = textOf(input['VpcId']);
  if (recordsOf(snapshot['Vpcs']).every((vpc) => vpc['VpcId'] !== id)) {
    throw new ServiceError('InvalidVpcID.NotFound', `The vpc ID '${String(id)}' does not exist`);
  }
  if (member === 'VpcId') return id;
  if (member.toLowerCase() !== textOf(input['Attribute'])?.toLowerCase()) return undefined;
  return gathered(snapshot['VpcAttributes'], 'VpcId', input)[member] ?? { Value: member === 'EnableDnsSupport' };
}

function findEntries(snapshot: RawSnapshot, id: unknown): readonly unknown[] {
  const listed = recordsOf(snapshot.ManagedPrefixListEntries).find((list) => list['PrefixListId'] === id);
  if (listed !== undefined) {
    return recordsOf(listed['Entries']);
  }
  const described = recordsOf(snapshot['PrefixLists']).find((list) => list['PrefixListId'] === id);
  if (described === undefined) {
    throw new ServiceError('InvalidPrefixListID.NotFound', `The prefix list ID '${String(id)}' does not exist`);
  }
  const cidrs: readonly unknown[] = Array.isArray(described['Cidrs']) ? described['Cidrs'] : [];
  return cidrs.map((cidr) => ({ Cidr: cidr }));
}

/** One rule for each peer of each permission (SG-7, SG-38), with an id that is the same at every call. */
function deriveRules(snapshot: RawSnapshot): readonly JsonRecord[] {
  return recordsOf(snapshot['SecurityGroups']).flatMap((group) =>
    [false, true].flatMap((isEgress) =>
      recordsOf(group[isEgress ? 'IpPermissionsEgress' : 'IpPermissions']).flatMap((permission) =>
        splitPermission(group, permission, isEgress),
      ),
    ),
  );
}

function splitPermission(group: JsonRecord, permission: JsonRecord, isEgress: boolean): readonly JsonRecord[] {
  const common = {
    GroupId: group['GroupId'],
    GroupOwnerId: group['OwnerId'],
    IsEgress: isEgress,
    IpProtocol: permission['IpProtocol'],
    FromPort: permission['FromPort'] ?? -1,
    ToPort: permission['ToPort'] ?? -1,
  };
  return PEERS.flatMap(({ member, readPeer }) =>
    recordsOf(permission[member]).map((peer) => identified(common, readPeer(peer), peer['Description'])),
  );
}

function identified(common: JsonRecord, peer: JsonRecord, description: unknown): JsonRecord {
  const rule = { ...common, ...peer };
  const digest = createHash('sha256').update(JSON.stringify(rule)).digest('hex').slice(0, 16);
  return { SecurityGroupRuleId: `sgr-0${digest}`, ...rule, Description: description };
}

const PEERS: readonly { member: string; readPeer: (peer: JsonRecord) => JsonRecord }[] = [
  { member: 'IpRanges', readPeer: ({ CidrIp }) => ({ CidrIpv4: CidrIp }) },
  { member: 'Ipv6Ranges', readPeer: ({ CidrIpv6 }) => ({ CidrIpv6 }) },
  { member: 'PrefixListIds', readPeer: ({ PrefixListId }) => ({ PrefixListId }) },
  { member: 'UserIdGroupPairs', readPeer: (pair) => ({ ReferencedGroupInfo: pair }) },
];
