import { expect, it } from 'vitest';
import { blockModeAt } from '../../../src/engine/block-mode.ts';
import { buildVpc, buildWorld } from '../../support/build-vpc.ts';
import { subnet, vpc } from '../../support/ids.ts';
import type { Snapshot } from '../../../src/vpc/snapshot.ts';

const off = buildVpc('far', { region: 'us-east-1' }).subnet('far', '10.9.0.0/24').blockPublicAccess('off');
const guarded = buildVpc().subnet('app', '10.0.1.0/24').blockPublicAccess('block-bidirectional');
const at = { vpcId: vpc('main'), subnetId: subnet('app') };

/** What AWS says of the subnet and the VPC themselves, which exclusions make differ from the Region. */
function excluded(mode: { readonly vpc?: 'off' | 'block-ingress'; readonly subnet?: 'off' }): Snapshot {
  const { snapshot } = guarded.build();
  const ownVpc = { ...snapshot.vpcs.get(at.vpcId)!, ...(mode.vpc && { blockPublicAccess: mode.vpc }) };
  const ownSubnet = { ...snapshot.subnets.get(at.subnetId)!, ...(mode.subnet && { blockPublicAccess: mode.subnet }) };
  return {
    ...snapshot,
    vpcs: new Map([[at.vpcId, ownVpc]]),
    subnets: new Map([[at.subnetId, ownSubnet]]),
  };
}

it.each([
  ["the Region's", guarded.build().snapshot, at, 'block-bidirectional'],
  ["that of its own Region, not another's", buildWorld(off, guarded).snapshot, at, 'block-bidirectional'],
  ["the VPC's before the Region's", excluded({ vpc: 'block-ingress' }), at, 'block-ingress'],
  ["the subnet's before the VPC's", excluded({ vpc: 'block-ingress', subnet: 'off' }), at, 'off'],
  [
    "the VPC's for what is in no subnet",
    excluded({ vpc: 'block-ingress', subnet: 'off' }),
    { vpcId: at.vpcId },
    'block-ingress',
  ],
  [
    'unknown where the setting was not read',
    guarded.raw({ VpcBlockPublicAccessOptions: undefined }).build().snapshot,
    at,
    undefined,
  ],
  ['unknown for a VPC that was not read', { ...guarded.build().snapshot, vpcs: new Map(), scopes: [] }, at, undefined],
] as const)('RT-34: the mode is %s', (...[, snapshot, place, mode]) => {
  expect(blockModeAt(snapshot, place)).toBe(mode);
});
