import * as z from 'zod';
import {
  parseNetworkInterfaceId,
  parseRecordedAccountId,
  parseRouteTableId,
  parseSecurityGroupId,
  parseSubnetId,
  parseVpcEndpointId,
  parseVpcId,
} from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import type { VpcEndpoint } from '../vpc-endpoint.ts';
import { listOf, nameTag, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html (VPCE-1, VPCE-2, VPCE-11) */
export function parseVpcEndpoints(raw: RawSnapshot): Parsed<VpcEndpoint> {
  return parseItems(raw, {
    member: 'VpcEndpoints',
    idField: 'VpcEndpointId',
    fact: 'vpc-endpoint',
    schema: RawVpcEndpoint.transform(toVpcEndpoint),
  });
}

const RawVpcEndpoint = z.object({
  VpcEndpointId: textOf(parseVpcEndpointId),
  VpcId: textOf(parseVpcId),
  OwnerId: textOf(parseRecordedAccountId).optional(),
  VpcEndpointType: z.string(),
  ServiceName: z.string().optional(),
  State: z.string().transform((state) => state.toLowerCase()),
  LastError: z.object({ Code: z.string().optional(), Message: z.string().optional() }).nullish(),
  RouteTableIds: listOf(textOf(parseRouteTableId)),
  SubnetIds: listOf(textOf(parseSubnetId)),
  NetworkInterfaceIds: listOf(textOf(parseNetworkInterfaceId)),
  Groups: listOf(z.object({ GroupId: textOf(parseSecurityGroupId) })),
  PrivateDnsEnabled: z.boolean().default(false),
  DnsOptions: z.object({ PrivateDnsOnlyForInboundResolverEndpoint: z.boolean().default(false) }).nullish(),
  PolicyDocument: z.string().optional(),
  RequesterManaged: z.boolean().default(false),
  Tags: nameTag,
});

type RawVpcEndpoint = z.output<typeof RawVpcEndpoint>;

function toVpcEndpoint(raw: RawVpcEndpoint): VpcEndpoint {
  return present({
    id: raw.VpcEndpointId,
    vpcId: raw.VpcId,
    accountId: raw.OwnerId,
    name: raw.Tags,
    type: raw.VpcEndpointType,
    serviceName: raw.ServiceName,
    state: raw.State,
    lastError: lastErrorOf(raw),
    routeTableIds: raw.RouteTableIds,
    subnetIds: raw.SubnetIds,
    interfaceIds: raw.NetworkInterfaceIds,
    groups: raw.Groups.map((group) => group.GroupId),
    privateDnsEnabled: raw.PrivateDnsEnabled,
    privateDnsOnlyForInboundResolver: raw.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? false,
    policyDocument: raw.PolicyDocument,
    requesterManaged: raw.RequesterManaged,
  });
}

function lastErrorOf({ LastError: error }: RawVpcEndpoint): VpcEndpoint['lastError'] {
  return error?.Code === undefined ? undefined : present({ code: error.Code, message: error.Message });
}
