import { createHash } from 'node:crypto';
import {
  parseFlowLogId,
  parseInstanceId,
  parseNetworkAclId,
  parseNetworkInterfaceId,
  parsePeeringConnectionId,
  parsePrefixListId,
  parseSecurityGroupId,
  parseSecurityGroupRuleId,
  parseSubnetId,
  parseVpcId,
  type FlowLogId,
  type InstanceId,
  type NetworkAclId,
  type NetworkInterfaceId,
  type PeeringConnectionId,
  type PrefixListId,
  type SecurityGroupId,
  type SecurityGroupRuleId,
  type SubnetId,
  type VpcId,
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
export const flowLog = (name: string): FlowLogId => parseFlowLogId(`fl-${hexOf(name)}`)!;

/** The id of a rule: its group, its direction and its place among the group's rules of that direction, from 0. */
export function sgr(group: string, direction: 'ingress' | 'egress', index: number): SecurityGroupRuleId {
  return parseSecurityGroupRuleId(`sgr-${hexOf(`${group} ${direction} ${index}`)}`)!;
}

function hexOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 17);
}
