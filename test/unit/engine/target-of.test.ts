import { describe, expect, it } from 'vitest';
import { setScene } from '../../../src/engine/scene.ts';
import { targetOf } from '../../../src/engine/target-of.ts';
import { inputOf } from '../../support/ask-why.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../support/build-vpc.ts';
import { ACCOUNT, PEER_ACCOUNT, type InterfacePlan } from '../../support/vpc-plan.ts';

const app = (plan: Partial<InterfacePlan> = {}): VpcBuilder =>
  buildVpc()
    .subnet('app', '10.0.1.0/24')
    .interface('app', { subnet: 'app', address: '10.0.1.5', ...plan });

const targetIn = (world: VpcBuilder | BuiltWorld) => targetOf(setScene(inputOf(world, { of: 'app' })));

/** The same world where its interface has no Name tag, and whatever else is told. */
function unnamed(built: BuiltWorld, changes: object = {}): BuiltWorld {
  const { snapshot, raws } = built;
  const { name: _, ...own } = built.interface('app');
  const interfaces = new Map([...snapshot.interfaces, [own.id, own]]);
  return Object.assign(Object.create(built), { raws, snapshot: { ...snapshot, interfaces, ...changes } });
}

describe('the name of an interface', () => {
  it('is its own', () => {
    expect(targetIn(app({ instance: 'server' })).name).toBe('app');
  });

  it("else its instance's", () => {
    expect(targetIn(unnamed(app({ instance: 'server' }).build())).name).toBe('server');
  });

  it('else that of the service behind it', () => {
    const balancer = app({ instance: false, requesterManaged: true, description: 'ELB app/shop/50dc6c495c0c9188' });

    expect(targetIn(unnamed(balancer.build())).name).toBe('app/shop/50dc6c495c0c9188');
  });

  it('else none', () => {
    expect(targetIn(unnamed(app({ instance: false }).build()))).not.toHaveProperty('name');
  });

  it('stands beside those of its subnet and VPC', () => {
    expect(targetIn(app())).toMatchObject({ vpcName: 'main', subnetName: 'app' });
  });

  it('stands alone where subnet and VPC were not read', () => {
    const blind = app().build();
    const target = targetIn(unnamed(blind, { subnets: new Map(), vpcs: new Map(), instances: new Map() }));

    expect(target).not.toHaveProperty('vpcName');
    expect(target).not.toHaveProperty('subnetName');
  });
});

const elsewhere = (account: string, region: string) =>
  buildVpc('other', { account, region }).subnet('other', '10.9.0.0/24');

describe('where an interface is', () => {
  it.each([
    ['another account', elsewhere(PEER_ACCOUNT, 'eu-west-1')],
    ['another Region', elsewhere(ACCOUNT, 'us-east-1')],
  ])('is not confused with %s that was read before', (_, other) => {
    expect(targetIn(buildWorld(other, app()))).toMatchObject({ accountId: ACCOUNT, region: 'eu-west-1' });
  });

  it('is where the first of all was read, while its VPC is not known', () => {
    const built = buildWorld(elsewhere(PEER_ACCOUNT, 'us-east-1'), app());

    expect(targetIn(unnamed(built, { vpcs: new Map() })).region).toBe('us-east-1');
  });

  it('is nowhere while nothing was read', () => {
    expect(() => targetIn(unnamed(app().build(), { scopes: [] }))).toThrow('no-such-resource');
  });
});
