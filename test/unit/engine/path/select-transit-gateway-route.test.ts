import { describe, expect, it } from 'vitest';
import { pathWorld } from '../../../../src/engine/path/path-world.ts';
import {
  selectTransitGatewayRoute,
  type TransitGatewaySelection,
} from '../../../../src/engine/path/select-transit-gateway-route.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { tgwAttachment, tgwTable } from '../../../support/ids.ts';
import type { TransitGatewayPlan } from '../../../support/vpc-plan.ts';

const HOST = '10.1.1.9';
const SHARED = '10.1.0.0/16';

type HubRoute = TransitGatewayPlan['routes'][number];

function hub(routes: readonly HubRoute[]): VpcBuilder {
  const attachments = ['main', 'shared', 'twin'].map((name) => ({ name }));
  return buildVpc().prefixList('shared', '172.16.0.0/12', '10.1.1.0/24').transitGateway('hub', { attachments, routes });
}

const shared = buildVpc('shared').cidr(SHARED, '100.64.0.0/16');
const around = (main: VpcBuilder): BuiltWorld => buildWorld(main, shared, buildVpc('twin').cidr('10.2.0.0/16'));

function select({ snapshot }: BuiltWorld, destination = HOST, table = 'hub'): TransitGatewaySelection {
  return selectTransitGatewayRoute(pathWorld(snapshot), tgwTable(table), parseAddress(destination)!);
}

const leadsTo = (name: string): object => ({ kind: 'attachment', attachment: { id: tgwAttachment(name) } });

describe('the route of a transit gateway', () => {
  it.each([
    [
      'RT-44 the longer prefix',
      [
        { destination: SHARED, to: 'twin' },
        { destination: '10.1.1.0/24', to: 'shared' },
      ],
    ],
    [
      'RT-44 the longer prefix, though propagated',
      [
        { destination: SHARED, to: 'twin' },
        { destination: '10.1.1.0/24', to: 'shared', type: 'propagated' },
      ],
    ],
    [
      'RT-44 a static one before a propagated one',
      [
        { destination: SHARED, to: 'twin', type: 'propagated' },
        { destination: SHARED, to: 'shared' },
      ],
    ],
    [
      'that of a prefix list',
      [
        { destination: SHARED, to: 'twin' },
        { destination: { prefixList: 'shared' }, to: 'shared' },
      ],
    ],
  ] as const)('is %s', (...[, routes]) => {
    expect(select(around(hub(routes)))).toMatchObject(leadsTo('shared'));
    expect(select(around(hub(routes.toReversed())))).toMatchObject(leadsTo('shared'));
  });

  it('RT-45 drops by the longest prefix too', () => {
    const network = around(hub([{ destination: SHARED, to: 'shared' }, { destination: '10.1.1.0/24' }]));

    expect(select(network)).toEqual({ kind: 'blackhole' });
    expect(select(network, '10.1.2.9')).toMatchObject(leadsTo('shared'));
  });

  it('is none where no prefix holds the address', () => {
    expect(select(around(hub([{ destination: SHARED, to: 'shared' }])), '10.7.7.7')).toEqual({ kind: 'no-route' });
    expect(select(around(hub([])), '10.7.7.7')).toEqual({ kind: 'no-route' });
  });
});

const routed = (...routes: readonly object[]): VpcBuilder =>
  hub([]).raw({ TransitGatewayRoutes: [{ TransitGatewayRouteTableId: tgwTable('hub'), Routes: routes }] });

const told = (state: string, ...to: readonly string[]): object => ({
  DestinationCidrBlock: SHARED,
  Type: 'static',
  State: state,
  TransitGatewayAttachments: to.map((name) => ({ TransitGatewayAttachmentId: tgwAttachment(name) })),
});

describe('a route as AWS tells it', () => {
  it('counts only while it is in force', () => {
    expect(select(around(routed(told('deleting', 'shared'))))).toEqual({ kind: 'no-route' });
    expect(select(around(routed(told('active', 'shared'))))).toMatchObject(leadsTo('shared'));
    expect(select(around(routed(told('blackhole', 'shared'))))).toEqual({ kind: 'blackhole' });
  });

  it('that leads to nothing drops', () => {
    expect(select(around(routed(told('active'))))).toEqual({ kind: 'blackhole' });
  });

  it('over paths of equal cost may leave by any of them', () => {
    expect(select(around(routed(told('active', 'shared', 'twin'))))).toMatchObject({
      kind: 'undetermined',
      gaps: [
        { fact: 'transit-gateway', about: tgwAttachment('shared') },
        { fact: 'transit-gateway', about: tgwAttachment('twin') },
      ],
    });
  });

  it('to an attachment that was not read leads where nobody sees', () => {
    expect(select(around(routed(told('active', 'ghost'))))).toMatchObject({
      kind: 'undetermined',
      gaps: [{ fact: 'transit-gateway', about: tgwAttachment('ghost') }],
    });
  });
});

const propagating = (names: readonly string[], routes: readonly HubRoute[] = []): BuiltWorld =>
  around(
    hub(routes).raw({
      TransitGatewayPropagations: [
        {
          TransitGatewayRouteTableId: tgwTable('hub'),
          TransitGatewayRouteTablePropagations: names.map((name) => ({
            TransitGatewayAttachmentId: tgwAttachment(name),
            State: 'enabled',
          })),
        },
      ],
    }),
  );

describe('what propagates (RT-43)', () => {
  it('announces every block of its VPC, where the routes themselves were not listed', () => {
    expect(select(propagating(['twin', 'shared']))).toMatchObject(leadsTo('shared'));
    expect(select(propagating(['twin', 'shared']), '100.64.3.3')).toMatchObject(leadsTo('shared'));
    expect(select(propagating(['shared']), '10.2.1.1')).toEqual({ kind: 'no-route' });
    expect(select(propagating(['shared'], [{ destination: '10.9.0.0/16', to: 'main' }]))).toMatchObject(
      leadsTo('shared'),
    );
  });

  it('comes after a static route to the same block', () => {
    expect(select(propagating(['shared'], [{ destination: SHARED, to: 'twin' }]))).toMatchObject(leadsTo('twin'));
    expect(select(propagating(['shared'], [{ destination: SHARED }]))).toEqual({ kind: 'blackhole' });
  });

  it('announces no more than the listed routes say, once they are listed', () => {
    const listed = { destination: '10.2.0.0/16', to: 'twin', type: 'propagated' } as const;

    expect(select(propagating(['shared', 'twin'], [{ destination: '10.9.0.0/16', to: 'main' }, listed]))).toEqual({
      kind: 'no-route',
    });
  });
});

const open = (table: string): object => ({
  kind: 'undetermined',
  gaps: [{ fact: 'transit-gateway', about: tgwTable(table) }],
});

describe('nobody can tell', () => {
  it('what a table that was not read holds', () => {
    expect(select(around(hub([])), HOST, 'ghost')).toMatchObject(open('ghost'));
  });

  it('what routes that were not asked for say', () => {
    const main = hub([]).raw({ TransitGatewayRoutes: undefined }).build();

    expect(select(main)).toMatchObject(open('hub'));
  });
});
