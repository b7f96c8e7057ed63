import type { SubnetId, VpcId } from '../vpc/ids.ts';
import type { InternetGatewayBlockMode, Snapshot } from '../vpc/snapshot.ts';

/**
 * The mode of VPC Block Public Access in force at a place: the subnet's own counts before the VPC's, the VPC's before
 * the Region's. `undefined`: nobody told.
 * RT-34. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html
 */
export function blockModeAt(
  { scopes, subnets, vpcs }: Snapshot,
  { vpcId, subnetId }: { readonly vpcId: VpcId; readonly subnetId?: SubnetId },
): InternetGatewayBlockMode | undefined {
  const subnet = subnetId === undefined ? undefined : subnets.get(subnetId);
  const vpc = vpcs.get(vpcId);
  const scope = scopes.find(({ region }) => region === vpc?.region);
  return subnet?.blockPublicAccess ?? vpc?.blockPublicAccess ?? scope?.blockPublicAccess?.mode;
}
