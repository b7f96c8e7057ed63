import { expect, it } from 'vitest';
import { ask, linesOf, RICH_FIELDS } from '../../support/ask-why.ts';
import { buildVpc } from '../../support/build-vpc.ts';

const { accept } = linesOf('nat');

/** A NAT gateway, where everything that comes unasked is noise (T-53). */
const gateway = buildVpc()
  .subnet('public', '10.0.1.0/24')
  .natGateway('nat', { in: 'public', address: '10.0.1.9' })
  .flowLog({ fields: RICH_FIELDS });

const knock = (from: string, port: number, at = '12:00:00') =>
  accept(`${from}:40000 -> 10.0.1.9:${port} tcp`, { flags: 2, at });

const noiseOf = (...lines: readonly string[]) => ask(gateway, { of: 'nat', lines }).noise;

it('is counted by records and sources', () => {
  const noise = noiseOf(
    knock('198.51.100.7', 22),
    knock('198.51.100.7', 23),
    knock('198.51.100.8', 22),
    knock('198.51.100.8', 22, '12:05:00'),
  );

  expect(noise).toMatchObject({ records: 4, sources: 2 });
  expect(noise.groups).toHaveLength(3);
});

it('shows the ports that were tried most first, and equals by number', () => {
  const noise = noiseOf(
    knock('198.51.100.7', 80),
    knock('198.51.100.7', 22),
    knock('198.51.100.7', 443),
    knock('198.51.100.8', 443),
  );

  expect(noise.ports).toEqual([
    { port: 443, records: 2 },
    { port: 22, records: 1 },
    { port: 80, records: 1 },
  ]);
});

it('shows no port where the protocol has none', () => {
  expect(noiseOf(accept('198.51.100.7 -> 10.0.1.9 icmp'))).toMatchObject({ records: 1, sources: 1, ports: [] });
});

it('is nothing where nothing came', () => {
  expect(noiseOf()).toEqual({ records: 0, sources: 0, ports: [], groups: [] });
});
