import { describe, expect, it } from 'vitest';
import type { PathChange } from '../../../../src/engine/fix/fix.ts';
import { alsoOpens } from '../../../../src/engine/path/also-opens.ts';
import { parseCidr } from '../../../../src/net/cidr.ts';
import { TCP } from '../../../../src/net/protocol.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { acl, eni, pcx, rtb, sg, subnet } from '../../../support/ids.ts';

const cidr = parseCidr('10.1.1.0/24')!;
const passing = { direction: 'ingress', protocol: TCP, ports: { from: 443, to: 443 }, cidr } as const;
const rule = (group: string): PathChange => ({ kind: 'add-security-group-rule', groupId: sg(group), ...passing });
const entry = (name: string): PathChange => ({
  kind: 'add-network-acl-entry',
  aclId: acl(name),
  ruleNumber: 90,
  ...passing,
});
const way = (table: string): PathChange => ({
  kind: 'add-route',
  tableId: rtb(table),
  cidr,
  target: { kind: 'peering', id: pcx('shared') },
});

const network = buildVpc()
  .subnet('app', '10.0.1.0/24')
  .subnet('db', '10.0.2.0/24')
  .subnet('ops', '10.0.3.0/24')
  .acl('ops', [])
  .routeTable('ops')
  .securityGroup('both')
  .interface('app', { subnet: 'app', address: '10.0.1.5', groups: ['both'] })
  .interface('db', { subnet: 'db', address: '10.0.2.5', groups: ['both'] })
  .interface('ops', { subnet: 'ops', address: '10.0.3.5' });

/** AWS lists no association of the default ACL, and of the other one a subnet that was not read. */
function untold(builder: VpcBuilder): VpcBuilder {
  const acls = builder.build().raw['NetworkAcls'] as readonly { NetworkAclId: string; IsDefault: boolean }[];
  const ghost = { SubnetId: subnet('ghost'), NetworkAclAssociationId: 'aclassoc-0a1b2c3d', NetworkAclId: acl('ops') };
  return builder.raw({
    NetworkAcls: acls.map((each) =>
      Object.assign({}, each, {
        Associations: each.IsDefault ? [] : [{ ...ghost, SubnetId: subnet('ops') }, ghost],
      }),
    ),
  });
}

describe('a change is in force for', () => {
  it.each<[string, VpcBuilder, PathChange, readonly string[]]>([
    ['every interface that carries the group', network, rule('both'), [eni('app'), eni('db')]],
    ['NACL-6 every subnet that names the ACL', network, entry('ops'), [subnet('ops')]],
    [
      'NACL-7 every subnet that names no other than the default one',
      untold(network),
      entry('default'),
      [subnet('app'), subnet('db')],
    ],
    ['NACL-6 a subnet too that was not read', untold(network), entry('ops'), [subnet('ops'), subnet('ghost')]],
    ['RT-1 every subnet that names the table', network, way('ops'), [subnet('ops')]],
    ['RT-1 every subnet that names no other than the main one', network, way('main'), [subnet('app'), subnet('db')]],
    ['none that is known, where no table was read', network.raw({ RouteTables: undefined }), way('main'), []],
  ])('%s', (...[, builder, change, ids]) => {
    expect(alsoOpens(change, builder.build().snapshot)).toEqual({
      kind: change.kind === 'add-security-group-rule' ? 'interfaces' : 'subnets',
      change,
      ids,
    });
  });
});
