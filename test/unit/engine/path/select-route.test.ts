import { describe, expect, it } from 'vitest';
import { selectRoute, type RouteSelection } from '../../../../src/engine/path/select-route.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { buildVpc } from '../../../support/build-vpc.ts';
import { pcx, pl, rtb, vgw } from '../../../support/ids.ts';
import {
  blackhole,
  propagated,
  route,
  viaEndpoint,
  viaPeering,
  viaVpnGateway,
  type RoutePlan,
} from '../../../support/routes.ts';

const HOST = '192.168.1.7';
const WIDE = '192.168.0.0/16';
const NARROW = '192.168.1.0/24';
const one = viaPeering('one');
const two = viaPeering('two');

type Lists = Readonly<Record<string, readonly string[]>>;

const LISTS: Lists = { wide: [WIDE], narrow: ['172.16.0.0/12', NARROW], same: [WIDE] };
const toList = (prefixList: string, target = one): RoutePlan => route({ prefixList }, target);
const advertised = (plan: RoutePlan): RoutePlan => ({ ...plan, origin: 'Advertisement' });
const filtered = (plan: RoutePlan): RoutePlan => ({ ...plan, state: 'filtered' });

function select(routes: readonly RoutePlan[], destination = HOST, lists = LISTS): RouteSelection {
  const empty = buildVpc().subnet('app', '10.0.1.0/24').routeTable('app', routes);
  const network = Object.entries(lists)
    .reduce((vpc, [name, cidrs]) => vpc.prefixList(name, ...cidrs), empty)
    .build();
  return selectRoute(network.routeTable('app'), parseAddress(destination)!, network.snapshot);
}

/** Whatever the order in which AWS lists the routes. */
function selectEitherWay(routes: readonly RoutePlan[]): readonly RouteSelection[] {
  return [select(routes), select(routes.toReversed())];
}

describe('the route of a packet', () => {
  it.each([
    ['RT-3 the longer prefix', [route(WIDE, one), route(NARROW, two)], { kind: 'peering', id: pcx('two') }],
    ['RT-3 the longer prefix in a list', [route(WIDE, one), toList('narrow', two)], { id: pcx('two') }],
    [
      'RT-3 the longer prefix, though propagated',
      [route(WIDE, one), propagated(route(NARROW, viaVpnGateway()))],
      { id: vgw('main') },
    ],
    [
      'RT-4 a static one before a propagated one',
      [propagated(route(WIDE, viaVpnGateway())), route(WIDE, one)],
      { id: pcx('one') },
    ],
    ['RT-4 a static one before a list', [toList('wide', one), route(WIDE, two)], { id: pcx('two') }],
    [
      'RT-4 a list before a propagated one',
      [propagated(route(WIDE, viaVpnGateway())), toList('wide')],
      { id: pcx('one') },
    ],
    ['RT-7 either of two lists that lead to the same', [toList('wide'), toList('same')], { id: pcx('one') }],
  ] as const)('is %s', (...[, routes, target]) => {
    for (const selection of selectEitherWay(routes)) {
      expect(selection).toMatchObject({ kind: 'route', route: { target } });
    }
  });

  it('RT-12 is a blackhole too, where that has the longest prefix', () => {
    expect(select([route(WIDE, one), blackhole(route(NARROW, two))])).toMatchObject({
      kind: 'route',
      route: { state: 'blackhole', target: { id: pcx('two') } },
    });
  });

  it('RT-8 is the local one for every address of the VPC', () => {
    expect(select([route('0.0.0.0/0', one)], '10.0.77.7')).toMatchObject({
      kind: 'route',
      route: { origin: 'local', target: { kind: 'local' } },
    });
  });

  it('is none where no prefix holds the address, or AWS left the route out', () => {
    expect(select([route('172.16.0.0/12', one), toList('narrow')], '192.168.2.2')).toEqual({ kind: 'no-route' });
    expect(select([filtered(route(WIDE, one))])).toEqual({ kind: 'no-route' });
    expect(select([])).toEqual({ kind: 'no-route' });
  });
});

describe('nobody can tell', () => {
  const BOTH = [route(WIDE, viaVpnGateway()), route(WIDE, viaVpnGateway('other'))].map(propagated);

  it.each([
    ['RT-7 between lists that overlap and lead elsewhere', [toList('wide', one), toList('same', two)], 'not-modelled'],
    ['RT-6 between propagated routes to one block', BOTH, 'not-found'],
    [
      'between a propagated route and an advertised one',
      [BOTH[0]!, advertised(route(WIDE, viaEndpoint('fw')))],
      'not-found',
    ],
    ['between advertised routes', BOTH.map(advertised), 'not-found'],
  ] as const)('%s', (...[, routes, because]) => {
    for (const selection of selectEitherWay(routes)) {
      expect(selection).toEqual({ kind: 'undetermined', gaps: [{ fact: 'path', about: rtb('app'), because }] });
    }
  });

  it('RT-13 what a list that could not be read holds: maybe a longer prefix than any other', () => {
    expect(select([route('192.168.1.7/32', one), toList('unread')])).toMatchObject({
      kind: 'undetermined',
      gaps: [{ fact: 'prefix-list', about: pl('unread') }],
    });
    expect(select([toList('unread')], HOST, {})).toMatchObject({ kind: 'undetermined' });
  });

  it('but an unread list takes nothing from the local route, and a filtered one nothing at all', () => {
    expect(select([toList('unread')], '10.0.1.9')).toMatchObject({ kind: 'route', route: { origin: 'local' } });
    expect(select([route(WIDE, one), filtered(toList('unread', two))])).toMatchObject({
      kind: 'route',
      route: { target: { id: pcx('one') } },
    });
  });
});
