import type { Target } from '../command/command.ts';
import type { Asking } from './call-aws.ts';
import { describe } from './describe.ts';
import type { DescribeName } from './describes.ts';
import { searchInterfaces } from './search-interfaces.ts';

/** What one account and region tells of the ends of a way, and of what leads on from their VPCs: all in one round. */
export interface Surroundings {
  /** Interfaces of each end, in the order of the ends. */
  readonly ends: readonly (readonly unknown[])[];
  readonly vpcs: readonly unknown[];
  readonly peerings: readonly unknown[];
  readonly attachments: readonly unknown[];
}

/** A few calls that tell which VPCs to read, so that a large account need not be read whole. */
export async function lookAround(asking: Asking, targets: readonly Target[]): Promise<Surroundings> {
  const all = async (call: DescribeName): Promise<readonly unknown[]> => (await describe(asking, call)).items;
  const [vpcs, peerings, attachments, ...ends] = await Promise.all([
    all('DescribeVpcs'),
    all('DescribeVpcPeeringConnections'),
    all('DescribeTransitGatewayVpcAttachments'),
    ...targets.map((target) => searchInterfaces(asking, target)),
  ]);
  return { ends, vpcs, peerings, attachments };
}
