import { describe, expect, it } from 'vitest';
import { checkExpectations } from '../../../../src/audit/expectations/check-expectations.ts';
import type { Expectation, MeantEnd } from '../../../../src/audit/expectations/expectation.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { TCP } from '../../../../src/net/protocol.ts';
import { auditOf } from '../../../support/audits.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { acl, eni, instance, sg, subnet } from '../../../support/ids.ts';
import { allow, egress, group, ingress, tcp } from '../../../support/rules.ts';

/** Two web hosts and a database that lets only them in. */
const network = (): VpcBuilder =>
  buildVpc()
    .paths()
    .subnet('app', '10.0.1.0/24')
    .subnet('db', '10.0.2.0/24')
    .securityGroup('web')
    .securityGroup('orders', { ingress: [allow(tcp(5432), group('web'))] })
    .interface('web-1', { subnet: 'app', address: '10.0.1.10', groups: ['web'] })
    .interface('web-2', { subnet: 'app', address: '10.0.1.11', groups: ['web'] })
    .interface('orders', { subnet: 'db', address: '10.0.2.10', groups: ['orders'] });

const named = (name: string): MeantEnd => ({ kind: 'name', name });
const address = (text: string): MeantEnd => ({
  kind: 'path-end',
  end: { kind: 'address', address: parseAddress(text)! },
});
const INTERNET: MeantEnd = { kind: 'path-end', end: { kind: 'internet' } };

const line =
  (must: Expectation['must']) =>
  (from: MeantEnd, to: MeantEnd, port = 5432): Expectation => ({
    must,
    from: { written: writtenOf(from), meant: from },
    to: { written: writtenOf(to), meant: to },
    protocol: TCP,
    port,
  });

const mustReach = line('reach');
const mustNotReach = line('not-reach');

function writtenOf(end: MeantEnd): string {
  return 'name' in end ? end.name : end.kind;
}

const check = (builder: VpcBuilder, ...expectations: readonly Expectation[]) =>
  checkExpectations(auditOf(builder, { expectations }));

describe('what must be reachable', () => {
  it('is silent while it is', () => {
    expect(check(network(), mustReach(named('web-1'), named('orders')))).toEqual([]);
  });

  it('is reported with the first obstacle when it is not', () => {
    expect(check(network(), mustReach(named('web-1'), named('orders'), 5433))).toMatchObject([
      {
        id: 'must-reach-broken:reach:web-1>orders:tcp/5433',
        severity: 'high',
        fault: {
          kind: 'must-reach-broken',
          example: { verdict: 'blocked', obstacles: [{ kind: 'security-group', id: sg('orders') }] },
          failing: 1,
          paths: 1,
        },
        objects: [{ id: instance('web-1'), name: 'web-1' }, { id: instance('orders') }],
      },
    ]);
  });

  it('is broken by the way back as well', () => {
    const world = network().acl('db', [
      ingress(100).allow(tcp(5432), '10.0.0.0/16'),
      egress(100).allow(tcp(443), '0.0.0.0/0'),
    ]);

    expect(check(world, mustReach(named('web-1'), named('orders')))).toMatchObject([
      { fault: { example: { obstacles: [{ kind: 'network-acl', id: acl('db'), leg: 'return' }] } } },
    ]);
  });

  it('counts every host that a group or subnet names', () => {
    const world = network().acl('app', []);
    const hosts: MeantEnd = { kind: 'security-group', id: sg('web') };

    expect(check(world, mustReach(hosts, { kind: 'subnet', id: subnet('db') }))).toMatchObject([
      { fault: { kind: 'must-reach-broken', failing: 2, paths: 2 }, objects: [{ id: eni('web-1') }, {}], measure: 2 },
    ]);
  });
});

describe('what must not be reachable', () => {
  it('is silent while it is not', () => {
    expect(check(network(), mustNotReach(named('orders'), named('web-1')))).toEqual([]);
  });

  it('is reported when it is', () => {
    expect(check(network(), mustNotReach(named('web-1'), named('orders')))).toMatchObject([
      { id: 'must-not-reach-broken:not-reach:web-1>orders:tcp/5432', severity: 'high', fault: { failing: 1 } },
    ]);
  });

  it('holds against the internet', () => {
    expect(check(network(), mustNotReach(INTERNET, named('orders')))).toEqual([]);
  });
});

describe('what cannot be told', () => {
  it('is undetermined, not broken', () => {
    const world = network().interface('odd', { subnet: 'db', address: '10.0.2.11', groups: ['unread'] });

    expect(check(world, mustReach(named('web-1'), named('odd')))).toMatchObject([
      {
        id: 'expectation-undetermined:reach:web-1>odd:tcp/5432',
        severity: 'medium',
        fault: { kind: 'expectation-undetermined' },
        gaps: [{ fact: 'security-group', about: sg('unread') }],
      },
    ]);
  });

  it.each([
    { side: 'from', from: named('wbe'), to: named('orders') },
    { side: 'to', from: named('web-1'), to: named('order') },
  ])('is a name that nothing bears: $side', ({ side, from, to }) => {
    expect(check(network(), mustReach(from, to))).toMatchObject([
      {
        severity: 'medium',
        fault: { kind: 'expectation-names-nothing', side, end: { meant: side === 'from' ? from : to } },
      },
    ]);
  });

  it('is a name that everything bears', () => {
    const many = Array.from({ length: 101 }, (_, index) => index);
    const world = many.reduce(
      (builder, index) =>
        builder.interface(`host-${index}`, { subnet: 'app', address: `10.0.1.${100 + index}`, groups: ['crowd'] }),
      network().securityGroup('crowd'),
    );

    expect(check(world, mustReach({ kind: 'security-group', id: sg('crowd') }, named('orders')))).toMatchObject([
      { fault: { kind: 'expectation-names-too-much', paths: 101, most: 100 } },
    ]);
  });

  it('is a path between two families of addresses', () => {
    expect(check(network(), mustReach(named('web-1'), address('2001:db8::1')))).toMatchObject([
      { fault: { kind: 'expectation-not-checkable', failure: { kind: 'not-understood' } } },
    ]);
  });
});

const tagged = (): VpcBuilder => {
  const { raw } = network().build();
  const interfaces = raw['NetworkInterfaces'] as readonly { readonly TagSet: readonly object[] }[];
  const tag = { Key: 'Tier', Value: 'front' };
  const [first, ...others] = interfaces;
  return network().raw({ NetworkInterfaces: [{ ...first, TagSet: [...first!.TagSet, tag] }, ...others] });
};

const tier = (value: string): MeantEnd => ({ kind: 'tag', key: 'Tier', value });

describe('tags', () => {
  it('name their bearers', () => {
    expect(check(tagged(), mustNotReach(tier('front'), named('orders')))).toMatchObject([
      { fault: { paths: 1 }, objects: [{ id: eni('web-1') }, {}] },
    ]);
  });

  it('with another value name nobody', () => {
    expect(check(tagged(), mustReach(tier('back'), named('orders')))).toMatchObject([
      { fault: { kind: 'expectation-names-nothing' } },
    ]);
  });
});

it('checks nothing where nobody expects anything', () => {
  expect(checkExpectations(auditOf(network()))).toEqual([]);
});
