import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../../../src/failure/expected-error.ts';
import type { PathEnd } from '../../../../src/engine/path/path.ts';
import { pathWorld } from '../../../../src/engine/path/path-world.ts';
import { isNowhere, resolveEnds, type Ends } from '../../../../src/engine/path/resolve-ends.ts';
import { formatAddress, parseAddress } from '../../../../src/net/address.ts';
import { TCP } from '../../../../src/net/protocol.ts';
import { buildVpc, buildWorld, type BuiltWorld, type VpcBuilder } from '../../../support/build-vpc.ts';
import { eni, instance, pl, vgw } from '../../../support/ids.ts';
import type { InterfacePlan } from '../../../support/vpc-plan.ts';

const SIX = '2001:db8:1:1::5';

function network(plans: Readonly<Record<string, Partial<InterfacePlan>>> = {}): VpcBuilder {
  const empty = buildVpc()
    .cidr('10.0.0.0/16', '2001:db8:1::/56')
    .subnet('app', '10.0.1.0/24', '2001:db8:1:1::/64')
    .internetGateway()
    .prefixList('s3', '52.218.0.0/17', '3.5.0.0/16')
    .interface('app', { subnet: 'app', address: '10.0.1.5', publicAddress: '198.51.100.5', secondary: ['10.0.1.55'] })
    .interface('dual', { subnet: 'app', address: '10.0.1.6', ipv6: SIX });
  return Object.entries(plans).reduce((vpc, [name, plan]) => vpc.interface(name, { subnet: 'app', ...plan }), empty);
}

const onlySix = network({ six: { ipv6: '2001:db8:1:1::6' } });
const INTERNET: PathEnd = { kind: 'internet' };
const named = (name: string): PathEnd => ({ kind: 'interface', id: eni(name) });
const machine = (name: string): PathEnd => ({ kind: 'instance', id: instance(name) });
const service = (name: string): PathEnd => ({ kind: 'service', prefixListId: pl(name) });

function host(address: string, via?: string): PathEnd {
  return { kind: 'address', address: parseAddress(address)!, ...(via !== undefined && { via }) };
}

function ends(from: PathEnd, to: PathEnd, built: BuiltWorld = network().build()): Ends {
  return resolveEnds({ from, to, protocol: TCP }, pathWorld(built.snapshot));
}

/** `10.0.1.5 to 203.0.113.9`. */
function addresses(...asked: Parameters<typeof ends>): string {
  const { source, destination } = ends(...asked);
  return `${formatAddress(source)} to ${formatAddress(destination)}`;
}

describe('the packet goes', () => {
  it.each([
    ['between private addresses inside', named('app'), named('dual'), '10.0.1.5 to 10.0.1.6'],
    ['to the public address from outside', INTERNET, named('app'), '192.0.2.1 to 198.51.100.5'],
    ['to the public address from a host outside', host('203.0.113.9'), named('app'), '203.0.113.9 to 198.51.100.5'],
    ['to the private one from premises', host('192.168.7.7', vgw('main')), named('app'), '192.168.7.7 to 10.0.1.5'],
    ['to the private one, for want of a public one', INTERNET, named('dual'), '192.0.2.1 to 10.0.1.6'],
    ['to any host on the internet', named('app'), INTERNET, '10.0.1.5 to 192.0.2.1'],
    ['to the address that was named', named('app'), host('198.51.100.5'), '10.0.1.5 to 198.51.100.5'],
    ['from the private address of a public one', host('198.51.100.5'), INTERNET, '10.0.1.5 to 192.0.2.1'],
    ['from the private address that was named', host('10.0.1.55'), named('dual'), '10.0.1.55 to 10.0.1.6'],
    ['over IPv6 towards an IPv6 address', named('dual'), host('2600:1f00::9'), `${SIX} to 2600:1f00::9`],
    ['over IPv6 from an IPv6 address', host('2600:1f00::9'), named('dual'), `2600:1f00::9 to ${SIX}`],
    ['over IPv4 where both have it', named('dual'), INTERNET, '10.0.1.6 to 192.0.2.1'],
    ['to an address of the service', named('app'), service('s3'), '10.0.1.5 to 52.218.0.1'],
  ] as const)('%s', (...[, from, to, words]) => {
    expect(addresses(from, to)).toBe(words);
  });

  it.each([
    ['to the internet', named('six'), INTERNET, '2001:db8:1:1::6 to 2001:db8::1'],
    ['from the internet', INTERNET, named('six'), '2001:db8::1 to 2001:db8:1:1::6'],
    ['to a neighbour that has both', named('six'), named('dual'), `2001:db8:1:1::6 to ${SIX}`],
    ['from a neighbour that has both', named('dual'), named('six'), `${SIX} to 2001:db8:1:1::6`],
  ] as const)('over IPv6 %s, where one end has nothing else', (...[, from, to, words]) => {
    expect(addresses(from, to, onlySix.build())).toBe(words);
  });

  it('from and to further addresses of an interface, where they are named', () => {
    const further: PathEnd = { kind: 'interface', id: eni('app'), address: parseAddress('10.0.1.55')! };

    expect(addresses(further, named('dual'))).toBe('10.0.1.55 to 10.0.1.6');
    expect(addresses(named('dual'), further)).toBe('10.0.1.6 to 10.0.1.55');
    expect(addresses(INTERNET, further)).toBe('192.0.2.1 to 10.0.1.55');
  });
});

describe('it sets out', () => {
  it.each([
    ['at the interface that was named', named('app'), { kind: 'leaving', at: { id: eni('app') } }],
    ['at the interface that has the address', host('10.0.1.5'), { kind: 'leaving', at: { id: eni('app') } }],
    ['on the internet', INTERNET, { kind: 'from-internet' }],
    ['on the internet, at a host', host('203.0.113.9'), { kind: 'from-internet' }],
    ['on premises', host('192.168.7.7', vgw('main')), { kind: 'from-premises', gatewayId: vgw('main') }],
    ['on premises, whoever has the address here', host('10.0.1.5', vgw('main')), { kind: 'from-premises' }],
  ] as const)('%s', (...[, from, start]) => {
    expect(ends(from, named('dual')).start).toMatchObject(start);
  });
});

describe('an end', () => {
  it.each([
    ['its private address', host('10.0.1.5')],
    ['its public address', host('198.51.100.5')],
    ['its instance', machine('app')],
  ] as const)('is found by %s', (...[, end]) => {
    expect(ends(end, host('10.0.1.6')).origin?.id).toBe(eni('app'));
    expect(ends(named('dual'), end).goal?.id).toBe(eni('app'));
  });

  it('outside has no interface', () => {
    const outside = ends(host('203.0.113.9'), service('s3'));

    expect(Object.keys(outside).toSorted()).toEqual(['destination', 'source', 'start']);
  });

  it('that is an instance is its interface with device index 0', () => {
    const box = network({
      second: { address: '10.0.1.7', instance: 'box', deviceIndex: 1 },
      first: { address: '10.0.1.8', instance: 'box', deviceIndex: 0 },
    });

    expect(ends(machine('box'), named('dual'), box.build()).origin?.id).toBe(eni('first'));
  });

  it('that is an instance without device indexes is the first interface it has', () => {
    expect(
      ends(machine('box'), named('dual'), network({ only: { address: '10.0.1.7', instance: 'box' } }).build()).origin
        ?.id,
    ).toBe(eni('only'));
  });

  it.each([
    ['interface', named('ghost'), eni('ghost')],
    ['instance', machine('ghost'), instance('ghost')],
    ['service', service('ghost'), pl('ghost')],
  ] as const)('must exist: %s', (...[, end, id]) => {
    expect(failureOf(() => ends(named('app'), end))).toMatchObject({ kind: 'no-such-resource', id, lookedIn: [] });
  });

  it('must have an address of the other end’s family', () => {
    expect(failureOf(() => ends(named('app'), host('2600:1f00::9')))).toMatchObject({
      kind: 'not-understood',
      input: eni('app'),
      expected: 'an interface with an IPv6 address',
    });
    expect(failureOf(() => ends(named('six'), host('203.0.113.9'), onlySix.build()))).toMatchObject({
      expected: 'an interface with an IPv4 address',
    });
    expect(failureOf(() => ends(named('app'), named('six'), onlySix.build()))).toMatchObject({
      input: eni('six'),
      expected: 'an interface with an IPv4 address',
    });
  });
});

function failureOf(deed: () => unknown): unknown {
  try {
    deed();
  } catch (error) {
    return error instanceof ExpectedError ? error.failure : error;
  }
  return undefined;
}

const twin = (name: string): VpcBuilder =>
  buildVpc(name)
    .cidr('10.1.0.0/16')
    .subnet(name, '10.1.1.0/24')
    .interface(name, { subnet: name, address: '10.1.1.9' })
    .interface(`${name}-peer`, { subnet: name, address: '10.1.1.10' });

describe('of several that have an address', () => {
  const twins = buildWorld(network(), twin('one'), twin('two'));

  it.each([
    ['two-peer', 'two'],
    ['one-peer', 'one'],
  ])('the one in the VPC of the other end is meant: of %s', (near, meant) => {
    expect(ends(named(near), host('10.1.1.9'), twins).goal?.id).toBe(eni(meant));
    expect(ends(host('10.1.1.9'), named(near), twins).origin?.id).toBe(eni(meant));
  });

  it('none is chosen where neither is nearer', () => {
    expect(ends(named('app'), host('10.1.1.9'), twins).goal).toBeUndefined();
    expect(ends(host('10.1.1.9'), named('app'), twins).origin).toBeUndefined();
  });
});

describe('nobody sends', () => {
  const { snapshot } = network().build();
  const world = pathWorld(snapshot);
  const sendsNobody = (from: PathEnd): boolean => {
    const question = { from, to: named('dual'), protocol: TCP };
    return isNowhere(question, world, resolveEnds(question, world));
  };

  it('from a private address that no interface has', () => {
    expect(sendsNobody(host('10.0.1.77'))).toBe(true);
    expect(sendsNobody(host('192.168.7.7'))).toBe(true);
  });

  it.each([
    ['an interface', host('10.0.1.5')],
    ['a host on the internet', host('203.0.113.9')],
    ['a host on premises', host('192.168.7.7', vgw('main'))],
    ['the internet', INTERNET],
  ] as const)('but %s may', (...[, from]) => {
    expect(sendsNobody(from)).toBe(false);
  });
});
