import { describe, expect, it } from 'vitest';
import { addressSet } from '../../../src/engine/address-set.ts';
import {
  addressDistance,
  missedService,
  nearMisses,
  portDistance,
  type Comparison,
} from '../../../src/engine/near-misses.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { parseCidr } from '../../../src/net/cidr.ts';
import { TCP, UDP } from '../../../src/net/protocol.ts';
import { packet } from '../../support/packets.ts';

const differing = (
  rule: string,
  failedOn: Comparison<string>['failedOn'],
  distances: Partial<Comparison<string>> = {},
): Comparison<string> => ({
  rule,
  failedOn,
  addressDistance: undefined,
  portDistance: 0,
  ...distances,
});

const ranked = (...comparisons: readonly Comparison<string>[]): readonly string[] =>
  nearMisses(comparisons).map(({ rule }) => rule);

const at = (rule: string, distance: number) =>
  differing(rule, ['port'], { addressDistance: 0n, portDistance: distance });

describe('the order of near misses (DEC-3)', () => {
  it('one differing field comes before two, more than two not at all', () => {
    expect(
      ranked(
        differing('three', ['port', 'address', 'overridden']),
        differing('two', ['address', 'overridden']),
        differing('one', ['port']),
        differing('none', []),
        differing('another protocol and address', ['protocol', 'address']),
      ),
    ).toEqual(['one', 'two']);
  });

  it('then by the field', () => {
    const fields = ['protocol', 'port', 'icmp-type', 'membership', 'address', 'family', 'stale', 'overridden'] as const;

    expect(ranked(...fields.slice(3).map((field) => differing(field, [field])))).toEqual(fields.slice(3).toReversed());
    expect(ranked(...fields.slice(0, 4).map((field) => differing(field, [field])))).toEqual(
      fields.slice(0, 4).toReversed(),
    );
  });

  it('of two fields the better one counts', () => {
    expect(ranked(differing('port', ['port', 'address']), differing('late', ['port', 'overridden']))).toEqual([
      'late',
      'port',
    ]);
  });

  it('then by how far the address is, one of another family being farthest', () => {
    expect(
      ranked(
        differing('other family', ['port']),
        differing('far', ['port'], { addressDistance: 9n }),
        differing('near', ['port'], { addressDistance: 1n }),
        differing('other family too', ['port']),
      ),
    ).toEqual(['near', 'far', 'other family', 'other family too']);
  });

  it('then by how far the port is', () => {
    expect(ranked(at('far', 300), at('near', 1))).toEqual(['near', 'far']);
  });
});

describe('how far an address is', () => {
  it.each([
    ['below both', '10.0.0.1', 3n],
    ['in the first', '10.0.0.5', 0n],
    ['nearer to the first', '10.0.0.9', 2n],
    ['nearer to the second', '10.0.0.29', 3n],
    ['above both', '10.0.0.40', 5n],
    ['of another family', '::1', undefined],
  ])('%s', (_, address, expected) => {
    const set = addressSet(['10.0.0.4/30', '10.0.0.32/30'].map((cidr) => parseCidr(cidr)!));

    expect(addressDistance(set, parseAddress(address)!)).toBe(expected);
  });
});

describe('in what a service differs', () => {
  const https = { protocol: TCP, ports: { from: 443, to: 445 } };

  it.each([
    ['tcp 10.0.0.1:1 > 10.0.0.2:444', [], 0],
    ['tcp 10.0.0.1:1 > 10.0.0.2:440', ['port'], 3],
    ['tcp 10.0.0.1:1 > 10.0.0.2:450', ['port'], 5],
    ['tcp 10.0.0.1 > 10.0.0.2', [], 0],
    ['udp 10.0.0.1:1 > 10.0.0.2:444', ['protocol'], 0],
    ['udp 10.0.0.1:1 > 10.0.0.2:53', ['protocol', 'port'], 390],
    ['50 10.0.0.1 > 10.0.0.2', ['protocol'], 0],
  ])('%s', (text, missed, distance) => {
    expect(missedService(https, packet(text))).toEqual(missed);
    expect(portDistance(https, packet(text))).toBe(distance);
  });

  it('a rule for all ports is at no distance', () => {
    expect(portDistance({ protocol: UDP }, packet('udp 10.0.0.1:1 > 10.0.0.2:53'))).toBe(0);
  });
});
