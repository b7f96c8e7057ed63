import type { Brand } from '../lang/brand.ts';

export type NetworkInterfaceId = Brand<string, 'NetworkInterfaceId'>;
export type InstanceId = Brand<string, 'InstanceId'>;
export type SecurityGroupId = Brand<string, 'SecurityGroupId'>;
export type SecurityGroupRuleId = Brand<string, 'SecurityGroupRuleId'>;
export type NetworkAclId = Brand<string, 'NetworkAclId'>;
export type SubnetId = Brand<string, 'SubnetId'>;
export type VpcId = Brand<string, 'VpcId'>;
export type PrefixListId = Brand<string, 'PrefixListId'>;
export type PeeringConnectionId = Brand<string, 'PeeringConnectionId'>;
export type FlowLogId = Brand<string, 'FlowLogId'>;
export type RouteTableId = Brand<string, 'RouteTableId'>;
/** Internet, egress-only internet and virtual private gateways: what a gateway route table may be for. */
export type GatewayId = Brand<string, 'GatewayId'>;
export type NatGatewayId = Brand<string, 'NatGatewayId'>;
export type VpcEndpointId = Brand<string, 'VpcEndpointId'>;
export type VpnConnectionId = Brand<string, 'VpnConnectionId'>;
export type TransitGatewayId = Brand<string, 'TransitGatewayId'>;
export type TransitGatewayAttachmentId = Brand<string, 'TransitGatewayAttachmentId'>;
export type TransitGatewayRouteTableId = Brand<string, 'TransitGatewayRouteTableId'>;
export type LoadBalancerArn = Brand<string, 'LoadBalancerArn'>;
export type TargetGroupArn = Brand<string, 'TargetGroupArn'>;
export type AccountId = Brand<string, 'AccountId'>;
export type Region = Brand<string, 'Region'>;

/** AWS writes 8 or 17 hexadecimal digits; recorded networks whose ids were altered hold others, so 8 to 32 are taken. */
const RESOURCE_ID = /^([a-z]{1,8}(?:-[a-z]{1,8})?)-[0-9a-f]{8,32}$/;

function resourceId<Name extends string>(
  ...prefixes: readonly string[]
): (text: string) => Brand<string, Name> | undefined {
  return matching<Name>((text) => prefixes.includes(RESOURCE_ID.exec(text)?.[1] ?? ''));
}

function matching<Name extends string>(
  matches: (text: string) => boolean,
): (text: string) => Brand<string, Name> | undefined {
  const isValid = (text: string): text is Brand<string, Name> => matches(text);
  return (text) => (isValid(text) ? text : undefined);
}

export const parseNetworkInterfaceId = resourceId<'NetworkInterfaceId'>('eni');
export const parseInstanceId = resourceId<'InstanceId'>('i');
export const parseSecurityGroupId = resourceId<'SecurityGroupId'>('sg');
export const parseSecurityGroupRuleId = resourceId<'SecurityGroupRuleId'>('sgr');
export const parseNetworkAclId = resourceId<'NetworkAclId'>('acl');
export const parseSubnetId = resourceId<'SubnetId'>('subnet');
export const parseVpcId = resourceId<'VpcId'>('vpc');
export const parsePrefixListId = resourceId<'PrefixListId'>('pl');
export const parsePeeringConnectionId = resourceId<'PeeringConnectionId'>('pcx');
export const parseFlowLogId = resourceId<'FlowLogId'>('fl');
export const parseRouteTableId = resourceId<'RouteTableId'>('rtb');
export const parseGatewayId = resourceId<'GatewayId'>('igw', 'eigw', 'vgw');
export const parseNatGatewayId = resourceId<'NatGatewayId'>('nat');
export const parseVpcEndpointId = resourceId<'VpcEndpointId'>('vpce');
export const parseVpnConnectionId = resourceId<'VpnConnectionId'>('vpn');
export const parseTransitGatewayId = resourceId<'TransitGatewayId'>('tgw');
export const parseTransitGatewayAttachmentId = resourceId<'TransitGatewayAttachmentId'>('tgw-attach');
export const parseTransitGatewayRouteTableId = resourceId<'TransitGatewayRouteTableId'>('tgw-rtb');

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
const BALANCING_ARN =
  /^arn:[a-z-]{1,16}:elasticloadbalancing:[a-z0-9-]{1,32}:\d{1,12}:(loadbalancer|targetgroup)\/[\w./-]{1,100}$/;

export const parseLoadBalancerArn = matching<'LoadBalancerArn'>(
  (text) => BALANCING_ARN.exec(text)?.[1] === 'loadbalancer',
);
export const parseTargetGroupArn = matching<'TargetGroupArn'>(
  (text) => BALANCING_ARN.exec(text)?.[1] === 'targetgroup',
);

export const parseAccountId = matching<'AccountId'>((text) => /^\d{12}$/.test(text));
export const parseRegion = matching<'Region'>((text) => /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text));

/** Recorded networks whose account ids were altered hold shorter ones; a person who types one is held to twelve digits. */
export const parseRecordedAccountId = matching<'AccountId'>((text) => /^\d{1,12}$/.test(text));
