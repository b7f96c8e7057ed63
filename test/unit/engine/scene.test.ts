import { describe, expect, it } from 'vitest';
import { setScene } from '../../../src/engine/scene.ts';
import { change, inputOf } from '../../support/ask-why.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../support/build-vpc.ts';
import { acl, eni, instance, pl, sg, subnet, vpc } from '../../support/ids.ts';
import { allow, egress, group, prefixList, tcp } from '../../support/rules.ts';

/** A database whose group names another group on the way in and a prefix list on the way out. */
const database: VpcBuilder = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .subnet('db', '10.0.2.0/24')
  .acl('db', [egress(100).allow(tcp(), '0.0.0.0/0')])
  .securityGroup('app')
  .securityGroup('db', {
    ingress: [allow(tcp(5432), group('app')), allow(tcp(22), '10.0.9.0/24')],
    egress: [allow(tcp(443), prefixList('s3'))],
  })
  .prefixList('s3', '203.0.113.0/24')
  .interface('db', { subnet: 'db', address: '10.0.2.9', groups: ['db'] });

const sceneOf = (world: VpcBuilder | BuiltWorld, changes?: Parameters<typeof change>[]) =>
  setScene(inputOf(world, { of: 'db', ...(changes && { changes: changes.map((each) => change(...each)) }) }));

describe('the changes that concern an interface', () => {
  it.each([
    ['the interface', eni('db')],
    ['its VPC', vpc('main')],
    ['its subnet', subnet('db')],
    ['the ACL of its subnet', acl('db')],
    ['its group', sg('db')],
    ['a group that a rule of its group names', sg('app')],
    ['a prefix list that a rule of its group names', pl('s3')],
  ])('are those of %s', (_, object) => {
    expect(sceneOf(database, [['ModifyIt', '12:00:00', object]]).changes).toHaveLength(1);
  });

  it.each([
    ['another subnet', subnet('app')],
    ['another group', sg('another')],
    ['the ACL of other subnets', acl('default')],
  ])('are not those of %s', (_, object) => {
    expect(sceneOf(database, [['ModifyIt', '12:00:00', object]]).changes).toEqual([]);
  });

  it('take one thing in common', () => {
    const attached = ['AttachIt', '12:00:00', instance('other'), sg('db')] as const;

    expect(sceneOf(database, [[...attached]]).changes).toHaveLength(1);
  });

  it('are told oldest first', () => {
    const { changes } = sceneOf(database, [
      ['Second', '12:05:00', sg('db')],
      ['Third', '12:09:00', sg('db')],
      ['First', '12:01:00', sg('db')],
    ]);

    expect(changes.map(({ event }) => event)).toEqual(['First', 'Second', 'Third']);
  });

  it('are unknown where nobody looked', () => {
    expect(sceneOf(database)).not.toHaveProperty('history');
  });
});

describe('whose address it is', () => {
  const client = { subnet: 'app', address: '10.0.1.5', publicAddress: '203.0.113.5' };
  /** Another VPC that uses the same block. */
  const twin = (name: string) =>
    buildVpc('twin')
      .subnet('app-twin', '10.0.1.0/24')
      .interface(name, { ...client, subnet: 'app-twin', publicAddress: '203.0.113.77' });

  it('an interface is found by its own address and by its public one', () => {
    const { neighbours } = sceneOf(database.interface('client', client));

    expect(neighbours.byAddress.get('10.0.1.5')?.id).toBe(eni('client'));
    expect(neighbours.byPublicAddress.get('203.0.113.5')?.id).toBe(eni('client'));
    expect(neighbours.byPublicAddress.size).toBe(1);
  });

  it('the interface itself is nobody else', () => {
    expect(sceneOf(database).neighbours.byAddress.has('10.0.2.9')).toBe(false);
  });

  it('the one of the same VPC, where another VPC has the address too, in whatever order they are listed', () => {
    const home = database.interface('client', client);

    for (const world of [buildWorld(home, twin('stranger')), buildWorld(twin('stranger'), home)]) {
      expect(sceneOf(world).neighbours.byAddress.get('10.0.1.5')?.id).toBe(eni('client'));
      expect(sceneOf(world).neighbours.byPublicAddress.get('203.0.113.77')?.id).toBe(eni('stranger'));
    }
  });
});
