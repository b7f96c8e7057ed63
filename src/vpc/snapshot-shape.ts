import * as z from 'zod';
import { parseRecordedAccountId, parseRegion } from './ids.ts';
import { textOf } from './parse/fields.ts';

/** A member of a recorded network that is not what it should be. */
export interface WrongMember {
  /** As one would write it to get there: `[1].Vpcs[3].VpcId`. */
  readonly path: string;
  readonly expected: string;
}

/**
 * The first member without which a recorded network cannot be told apart or its resources cannot be named; `undefined`
 * when there is none. What else is odd about a resource becomes a gap of that resource.
 */
export function findWrongMember(content: unknown): WrongMember | undefined {
  const shape = Array.isArray(content) ? z.array(Scope) : Scope;
  const issue = shape.safeParse(content).error?.issues[0];
  if (issue === undefined) return undefined;
  return { path: formatPath(issue.path), expected: expectedAt(issue.path) };
}

/** By which each of its resources is named. */
const ID_OF: Readonly<Record<string, string>> = {
  Vpcs: 'VpcId',
  Subnets: 'SubnetId',
  NetworkInterfaces: 'NetworkInterfaceId',
  SecurityGroups: 'GroupId',
  NetworkAcls: 'NetworkAclId',
  RouteTables: 'RouteTableId',
  InternetGateways: 'InternetGatewayId',
  EgressOnlyInternetGateways: 'EgressOnlyInternetGatewayId',
  NatGateways: 'NatGatewayId',
  VpnGateways: 'VpnGatewayId',
  VpnConnections: 'VpnConnectionId',
  VpcPeeringConnections: 'VpcPeeringConnectionId',
  VpcEndpoints: 'VpcEndpointId',
  PrefixLists: 'PrefixListId',
  TransitGateways: 'TransitGatewayId',
  TransitGatewayAttachments: 'TransitGatewayAttachmentId',
  TransitGatewayRouteTables: 'TransitGatewayRouteTableId',
  LoadBalancers: 'LoadBalancerArn',
  TargetGroups: 'TargetGroupArn',
};

const Refusal = z.looseObject({ action: z.string(), because: z.string() });

const Scope = z.looseObject({
  accountId: textOf(parseRecordedAccountId),
  region: textOf(parseRegion),
  takenAt: z.string().optional(),
  refusals: z.array(Refusal).optional(),
  membersOf: z.array(z.string()).optional(),
  ...Object.fromEntries(
    Object.entries(ID_OF).map(([member, id]) => [member, z.array(z.looseObject({ [id]: z.string() })).nullish()]),
  ),
});

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '');
}

/** What stands at the end of the path: a scope, one of its members, or a resource and its id. */
function expectedAt(path: readonly PropertyKey[]): string {
  const [member, index, field] = path.filter((part, at) => at > 0 || typeof part !== 'number');
  if (typeof member !== 'string') return SCOPE;
  const id = ID_OF[member];
  if (id === undefined) return EXPECTED.get(member) ?? SCOPE;
  if (index === undefined) return `a list, as AWS returns ${member}`;
  return field === undefined ? `an object with ${id}, as AWS returns ${member}` : `${id} as a text`;
}

const SCOPE =
  'an object (or an array of objects) with accountId, region and AWS responses: ' +
  '{"accountId": "123456789012", "region": "eu-west-1", "Vpcs": […], …}';

const EXPECTED = new Map<string, string>([
  ['accountId', 'an account id of up to twelve digits, as a text'],
  ['region', 'a region such as "eu-west-1"'],
  ['takenAt', 'a time such as "2026-11-23T14:03:10Z"'],
  ['refusals', 'a list of {"action": "ec2:…", "because": "access-denied"}'],
  ['membersOf', 'a list of security group ids'],
]);
