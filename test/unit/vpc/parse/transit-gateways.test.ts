import { describe, expect, it } from 'vitest';
import { formatCidr } from '../../../../src/net/cidr.ts';
import { pl, subnet, tgw, tgwAttachment, tgwTable, vpc } from '../../../support/ids.ts';
import { parseMembers } from '../../../support/parse-members.ts';

it('reads a gateway and whether groups may be referenced across it', () => {
  const raw = {
    TransitGatewayId: tgw('hub'),
    OwnerId: '123456789012',
    State: 'available',
    Options: { SecurityGroupReferencingSupport: 'enable' },
  };
  const { transitGateways } = parseMembers({
    TransitGateways: [raw, { ...raw, TransitGatewayId: tgw('old'), Options: {} }],
  });

  expect([...transitGateways.values()]).toEqual([
    { id: tgw('hub'), accountId: '123456789012', state: 'available', securityGroupReferencing: true },
    { id: tgw('old'), accountId: '123456789012', state: 'available', securityGroupReferencing: false },
  ]);
});

const attachmentOf = (members: object) =>
  parseMembers({ ...members }).transitGatewayAttachments.get(tgwAttachment('main'));

describe('an attachment', () => {
  const identity = {
    TransitGatewayAttachmentId: tgwAttachment('main'),
    TransitGatewayId: tgw('hub'),
    State: 'available',
  };
  const told = { ...identity, ResourceType: 'vpc', ResourceId: vpc('main'), ResourceOwnerId: '123456789012' };
  const toVpc = { ...identity, VpcId: vpc('main'), VpcOwnerId: '123456789012', SubnetIds: [subnet('app')] };

  it('is joined from what two calls tell of it (RT-46, RT-48)', () => {
    const options = {
      ApplianceModeSupport: 'enable',
      Ipv6Support: 'disable',
      SecurityGroupReferencingSupport: 'enable',
    };

    expect(
      attachmentOf({
        TransitGatewayAttachments: [
          { ...told, Association: { TransitGatewayRouteTableId: tgwTable('hub'), State: 'associated' } },
        ],
        TransitGatewayVpcAttachments: [{ ...toVpc, Options: options }],
      }),
    ).toEqual({
      id: tgwAttachment('main'),
      transitGatewayId: tgw('hub'),
      resourceType: 'vpc',
      resourceId: vpc('main'),
      resourceOwnerId: '123456789012',
      state: 'available',
      routeTableId: tgwTable('hub'),
      vpc: { subnetIds: [subnet('app')], applianceMode: true, ipv6: false, securityGroupReferencing: true },
    });
  });

  it('is known from either call alone', () => {
    expect(attachmentOf({ TransitGatewayAttachments: [told] })).not.toHaveProperty('vpc');
    expect(attachmentOf({ TransitGatewayVpcAttachments: [toVpc] })).toMatchObject({
      resourceType: 'vpc',
      resourceId: vpc('main'),
      vpc: { subnetIds: [subnet('app')] },
    });
  });

  /** RT-43. */
  it.each([
    ['associated', tgwTable('hub')],
    ['associating', undefined],
    ['disassociated', undefined],
  ])('uses a table that is %s: %s', (state, table) => {
    const association = { TransitGatewayRouteTableId: tgwTable('hub'), State: state };
    const ofTable = {
      TransitGatewayRouteTableId: tgwTable('hub'),
      Associations: [{ TransitGatewayAttachmentId: tgwAttachment('main'), State: state }],
    };

    expect(attachmentOf({ TransitGatewayAttachments: [{ ...told, Association: association }] })?.routeTableId).toBe(
      table,
    );
    expect(
      attachmentOf({ TransitGatewayAttachments: [told], TransitGatewayAssociations: [ofTable] })?.routeTableId,
    ).toBe(table);
  });

  it('stands when only its subnets are odd', () => {
    const { transitGatewayAttachments, gaps } = parseMembers({
      TransitGatewayAttachments: [told],
      TransitGatewayVpcAttachments: [{ ...toVpc, SubnetIds: ['app'] }],
    });

    expect(transitGatewayAttachments.get(tgwAttachment('main'))).not.toHaveProperty('vpc');
    expect(gaps).toMatchObject([{ fact: 'transit-gateway', about: tgwAttachment('main'), because: 'malformed' }]);
  });
});

describe('a route table', () => {
  const id = { TransitGatewayRouteTableId: tgwTable('hub') };
  const attachment = { TransitGatewayAttachmentId: tgwAttachment('main'), ResourceType: 'vpc' };
  const toMain = { Type: 'propagated', State: 'active', TransitGatewayAttachments: [attachment] };
  const parse = (members: object) =>
    parseMembers({ TransitGatewayRouteTables: [{ ...id, TransitGatewayId: tgw('hub') }], ...members });
  const tableOf = (members: object) => parse(members).transitGatewayRouteTables.get(tgwTable('hub'))!;

  it('knows neither routes nor propagations when nobody asked', () => {
    expect(tableOf({})).toEqual({ id: tgwTable('hub'), transitGatewayId: tgw('hub') });
  });

  it('has the routes that were found in it', () => {
    const routes = [
      { ...toMain, DestinationCidrBlock: '10.0.0.0/16' },
      { Type: 'static', State: 'blackhole', DestinationCidrBlock: '10.66.0.0/16' },
      { ...toMain, Type: 'static', PrefixListId: pl('offices') },
      { ...toMain, Type: 'static', PrefixListId: pl('offices'), DestinationCidrBlock: '192.168.0.0/16' },
    ];
    const read = tableOf({ TransitGatewayRoutes: [{ ...id, Routes: routes }] }).routes!;

    expect(
      read.map(({ destination, type, state, attachmentIds }) => [
        destination.kind === 'cidr' ? formatCidr(destination.cidr) : destination.id,
        type,
        state,
        attachmentIds,
      ]),
    ).toEqual([
      ['10.0.0.0/16', 'propagated', 'active', [tgwAttachment('main')]],
      ['10.66.0.0/16', 'static', 'blackhole', []],
      [pl('offices'), 'static', 'active', [tgwAttachment('main')]],
      ['192.168.0.0/16', 'static', 'active', [tgwAttachment('main')]],
    ]);
    expect(read[0]).toMatchObject({ tableId: tgwTable('hub'), resourceType: 'vpc' });
  });

  it('has the static ones where only those were asked for, and the propagations beside', () => {
    const fixed = { Type: 'static', State: 'active', DestinationCidrBlock: '0.0.0.0/0' };
    const propagations = [
      { TransitGatewayAttachmentId: tgwAttachment('main'), State: 'enabled' },
      { TransitGatewayAttachmentId: tgwAttachment('gone'), State: 'disabled' },
    ];

    expect(
      tableOf({
        TransitGatewayStaticRoutes: [{ ...id, Routes: [fixed] }],
        TransitGatewayPropagations: [{ ...id, TransitGatewayRouteTablePropagations: propagations }],
      }),
    ).toMatchObject({ routes: [{ type: 'static' }], propagations: [tgwAttachment('main')] });
  });

  it('prefers all routes to the static ones', () => {
    const all = [{ ...id, Routes: [{ ...toMain, DestinationCidrBlock: '10.0.0.0/16' }] }];

    expect(
      tableOf({ TransitGatewayStaticRoutes: [{ ...id, Routes: [] }], TransitGatewayRoutes: all }).routes,
    ).toHaveLength(1);
  });

  it.each([{ DestinationCidrBlock: undefined }, { DestinationCidrBlock: '10.0' }, { Type: 'guessed' }])(
    'knows no routes when one is %o',
    (odd) => {
      const route = { ...toMain, DestinationCidrBlock: '10.0.0.0/16' };
      const members = { TransitGatewayRoutes: [{ ...id, Routes: [route, { ...route, ...odd }] }] };

      expect(tableOf(members)).not.toHaveProperty('routes');
      expect(parse(members).gaps).toMatchObject([{ fact: 'transit-gateway', about: tgwTable('hub') }]);
    },
  );
});
