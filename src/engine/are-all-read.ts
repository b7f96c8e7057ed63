import type { VpcId } from '../vpc/ids.ts';
import type { Snapshot } from '../vpc/snapshot.ts';

/**
 * Whether a list holds everything that this VPC has of its kind. Owner ids of recorded networks do not always agree, so
 * an account that nobody recorded is judged by its region.
 */
export function areAllRead({ scopes, vpcs }: Snapshot, member: string, vpcId: VpcId): boolean {
  const vpc = vpcs.get(vpcId);
  const inRegion = scopes.filter(({ region }) => vpc === undefined || region === vpc.region);
  const ofOwner = inRegion.filter(({ accountId }) => accountId === vpc?.accountId);
  const scope = ofOwner.length > 0 ? ofOwner : inRegion;
  return scope.some(({ collected, onlyVpcs }) => collected.has(member) && (onlyVpcs?.has(vpcId) ?? true));
}
