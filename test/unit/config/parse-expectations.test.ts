import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/config/configuration-error.ts';
import { parseExpectations } from '../../../src/config/parse-expectations.ts';
import { eni, pl, sg, subnet } from '../../support/ids.ts';

const parse = (text: string) => parseExpectations(text, 'expectations.yaml');

it('reads lines of both kinds', () => {
  const text = [
    'must reach:',
    '  - name: the shop can take orders',
    '    from: web',
    '    to: orders',
    '    port: 5432',
    'must not reach:',
    '  - { from: internet, to: tag:Tier=data, protocol: icmp }',
  ].join('\n');

  expect(parse(text)).toEqual([
    {
      must: 'reach',
      name: 'the shop can take orders',
      from: { written: 'web', meant: { kind: 'name', name: 'web' } },
      to: { written: 'orders', meant: { kind: 'name', name: 'orders' } },
      protocol: 6,
      port: 5432,
    },
    {
      must: 'not-reach',
      from: { written: 'internet', meant: { kind: 'path-end', end: { kind: 'internet' } } },
      to: { written: 'tag:Tier=data', meant: { kind: 'tag', key: 'Tier', value: 'data' } },
      protocol: 1,
    },
  ]);
});

it.each([
  { written: eni('web'), meant: { kind: 'path-end', end: { kind: 'interface', id: eni('web') } } },
  { written: '10.0.1.10', meant: { kind: 'path-end', end: { kind: 'address' } } },
  { written: pl('s3'), meant: { kind: 'path-end', end: { kind: 'service', prefixListId: pl('s3') } } },
  { written: 's3', meant: { kind: 'named-service', name: 's3' } },
  { written: subnet('db'), meant: { kind: 'subnet', id: subnet('db') } },
  { written: sg('db'), meant: { kind: 'security-group', id: sg('db') } },
  {
    written: 'tag:aws:autoscaling:groupName=web=1',
    meant: { kind: 'tag', key: 'aws:autoscaling:groupName', value: 'web=1' },
  },
  { written: 'Orders DB', meant: { kind: 'name', name: 'Orders DB' } },
])('takes $written for what it is', ({ written, meant }) => {
  expect(parse(`must reach: [{ from: web, to: '${written}' }]`)[0]?.to).toMatchObject({ written, meant });
});

it.each(['{}', 'must reach: []\n'])('%j expects nothing', (text) => {
  expect(parse(text)).toEqual([]);
});

describe('a mistake is named with its line and what was expected', () => {
  it.each([
    ['an unknown key', 'should reach: []', /^expectations.yaml:1: .*should reach/],
    ['no end', 'must reach:\n  - from: web\n', /^expectations.yaml:2: must reach.0.to: expected a network interface/],
    [
      'an unknown protocol',
      'must reach:\n  - from: a\n    to: b\n    protocol: tpc',
      /^expectations.yaml:4: .*expected a protocol/,
    ],
    ['a port that is none', 'must reach:\n  - { from: a, to: b, port: 70000 }', /must reach.0.port/],
    ['a port where there are none', 'must reach:\n  - { from: a, to: b, protocol: icmp, port: 8 }', /only tcp and udp/],
    ['a key that is none', 'must reach:\n  - { from: a, to: b, ports: 1 }', /:2: must reach.0: unknown: ports$/m],
    ['no line', 'must reach:\n  - web', /:2: must reach.0: expected keys with values$/m],
    ['no list', 'must not reach: 7', /:1: must not reach: expected a list$/m],
    ['one end twice', 'must reach:\n  - { from: a, to: a }', /expected another end/],
    [
      'an end without end',
      `must reach:\n  - { from: ${'x'.repeat(300)}, to: a }`,
      /must reach.0.from: expected at most 256 characters/,
    ],
    ['a service that opens connections', 'must reach:\n  - { from: s3, to: a }', /services do not/],
  ])('%s', (_, text, problem) => {
    expect(() => parse(text)).toThrow(ConfigurationError);
    expect(() => parse(text)).toThrow(problem);
  });
});
