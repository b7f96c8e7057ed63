import { createHash } from 'node:crypto';
import {
  parseFlowLogId,
  parseGatewayId,
  parseInstanceId,
  parseLoadBalancerArn,
  parseNatGatewayId,
  parseNetworkAclId,
  parseNetworkInterfaceId,
  parsePeeringConnectionId,
  parsePrefixListId,
  parseRouteTableId,
  parseSecurityGroupId,
  parseSecurityGroupRuleId,
  parseSubnetId,
  parseTargetGroupArn,
  parseTransitGatewayAttachmentId,
  parseTransitGatewayId,
  parseTransitGatewayRouteTableId,
  parseVpcEndpointId,
  parseVpcId,
  parseVpnConnectionId,
  type FlowLogId,
  type GatewayId,
  type InstanceId,
  type LoadBalancerArn,
  type NatGatewayId,
  type NetworkAclId,
  type NetworkInterfaceId,
  type PeeringConnectionId,
  type PrefixListId,
  type RouteTableId,
  type SecurityGroupId,
  type SecurityGroupRuleId,
  type SubnetId,
  type TargetGroupArn,
  type TransitGatewayAttachmentId,
  type TransitGatewayId,
  type TransitGatewayRouteTableId,
  type VpcEndpointId,
  type VpcId,
  type VpnConnectionId,
} from '../../src/vpc/ids.ts';

/** Ids that follow from a name, so that a test can write the name wherever AWS would have an id. */
export const eni = (name: string): NetworkInterfaceId => parseNetworkInterfaceId(`eni-${hexOf(name)}`)!;
export const sg = (name: string): SecurityGroupId => parseSecurityGroupId(`sg-${hexOf(name)}`)!;
export const acl = (name: string): NetworkAclId => parseNetworkAclId(`acl-${hexOf(name)}`)!;
export const subnet = (name: string): SubnetId => parseSubnetId(`subnet-${hexOf(name)}`)!;
export const vpc = (name: string): VpcId => parseVpcId(`vpc-${hexOf(name)}`)!;
export const instance = (name: string): InstanceId => parseInstanceId(`i-${hexOf(name)}`)!;
export const pl = (name: string): PrefixListId => parsePrefixListId(`pl-${hexOf(name)}`)!;
export const pcx = (name: string): PeeringConnectionId => parsePeeringConnectionId(`pcx-${hexOf(name)}`)!;
export const rtb = (name: string): RouteTableId => parseRouteTableId(`rtb-${hexOf(name)}`)!;
export const igw = (name: string): GatewayId => parseGatewayId(`igw-${hexOf(name)}`)!;
export const eigw = (name: string): GatewayId => parseGatewayId(`eigw-${hexOf(name)}`)!;
export const vgw = (name: string): GatewayId => parseGatewayId(`vgw-${hexOf(name)}`)!;
export const vpn = (name: string): VpnConnectionId => parseVpnConnectionId(`vpn-${hexOf(name)}`)!;
export const nat = (name: string): NatGatewayId => parseNatGatewayId(`nat-${hexOf(name)}`)!;
export const vpce = (name: string): VpcEndpointId => parseVpcEndpointId(`vpce-${hexOf(name)}`)!;
export const tgw = (name: string): TransitGatewayId => parseTransitGatewayId(`tgw-${hexOf(name)}`)!;
export const tgwAttachment = (name: string): TransitGatewayAttachmentId =>
  parseTransitGatewayAttachmentId(`tgw-attach-${hexOf(name)}`)!;
export const tgwTable = (name: string): TransitGatewayRouteTableId =>
  parseTransitGatewayRouteTableId(`tgw-rtb-${hexOf(name)}`)!;
export const balancer = (name: string): LoadBalancerArn =>
  parseLoadBalancerArn(`${BALANCING}:loadbalancer/app/${name}/${hexOf(name)}`)!;
export const targetGroup = (name: string): TargetGroupArn =>
  parseTargetGroupArn(`${BALANCING}:targetgroup/${name}/${hexOf(name)}`)!;
export const flowLog = (name: string): FlowLogId => parseFlowLogId(`fl-${hexOf(name)}`)!;

/** The id of a rule: its group, its direction and its place among the group's rules of that direction, from 0. */
export function sgr(group: string, direction: 'ingress' | 'egress', index: number): SecurityGroupRuleId {
  return parseSecurityGroupRuleId(`sgr-${hexOf(`${group} ${direction} ${index}`)}`)!;
}

/** What every VPC has one of goes by its own name in the VPC `main`, and with the VPC's name elsewhere: `shared default`. */
export function ofVpc({ name }: { readonly name: string }, own: 'default' | 'main'): string {
  return name === 'main' ? own : `${name} ${own}`;
}

const BALANCING = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012';

function hexOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 17);
}
