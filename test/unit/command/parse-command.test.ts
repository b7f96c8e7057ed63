import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';
import { formatAddress, type Address } from '../../../src/net/address.ts';
import { formatCidr, type Cidr } from '../../../src/net/cidr.ts';

/** 2026-11-23T14:30:00Z */
const NOW = 1_795_444_200;
const HOUR = 3600;
const ENI = 'eni-0a1b2c3d4e5f60718';

const ask = (text: string) => parseCommand(text, NOW);
const spell = (remote: Address | Cidr) => ('bits' in remote ? formatAddress(remote) : formatCidr(remote));

describe('help', () => {
  it.each(['', '  ', 'help', 'HELP', '?', '--help'])('is what %j asks for', (text) => {
    expect(ask(text)).toEqual({ kind: 'help' });
  });

  it('has a topic behind a verb', () => {
    expect(ask('why-rejected --help')).toEqual({ kind: 'help', topic: 'why-rejected' });
  });
});

describe('the target', () => {
  it.each([
    [`why-rejected ${ENI}`, { kind: 'network-interface', id: ENI }],
    ['why-rejected ENI-0A1B2C3D4E5F60718', { kind: 'network-interface', id: ENI }],
    [`why-rejected \`${ENI}\``, { kind: 'network-interface', id: ENI }],
    [`WHY-REJECTED "${ENI}"`, { kind: 'network-interface', id: ENI }],
    [ENI, { kind: 'network-interface', id: ENI }],
    ['why-rejected i-0123456789abcdef0', { kind: 'instance', id: 'i-0123456789abcdef0' }],
  ])('of %j', (text, target) => {
    expect(ask(text)).toMatchObject({ kind: 'why-rejected', target });
  });

  it.each([
    ['why-rejected 10.0.1.5', '10.0.1.5'],
    ['why-rejected 2001:DB8::1', '2001:db8::1'],
    ['why-rejected <http://10.0.1.5|10.0.1.5>', '10.0.1.5'],
  ])('of %j is an address', (text, address) => {
    const command = ask(text);
    expect(
      command.kind === 'why-rejected' && command.target.kind === 'address' && formatAddress(command.target.address),
    ).toBe(address);
  });
});

describe('options', () => {
  it.each([
    ['--from 10.0.0.5', '10.0.0.5'],
    ['--to 2001:db8::/32', '2001:db8::/32'],
    ['\u2014from 10.0.0.0/24', '10.0.0.0/24'],
    ['--from=10.0.0.5', '10.0.0.5'],
  ])('%j names the other end', (option, remote) => {
    const command = ask(`why-rejected ${ENI} ${option}`);
    expect(command.kind === 'why-rejected' && command.filter.remote && spell(command.filter.remote)).toBe(remote);
  });

  it('stand before or behind the target', () => {
    expect(
      ask(`why-rejected --port 443 ${ENI} --protocol tcp --account 123456789012 --region eu-west-1`),
    ).toMatchObject({
      filter: { port: 443, protocol: 6 },
      scope: { accountId: '123456789012', region: 'eu-west-1' },
    });
  });

  it('are all optional: an hour back from now, everywhere', () => {
    expect(ask(`why-rejected ${ENI}`)).toMatchObject({
      filter: {},
      scope: {},
      window: { start: NOW - HOUR, end: NOW },
    });
  });
});

describe('the window', () => {
  it.each([
    ['--since 90m', NOW - 1.5 * HOUR, NOW],
    ['--since 2h --until 1h', NOW - 2 * HOUR, NOW - HOUR],
    ['--since 13:00 --until 14:00Z', NOW - 1.5 * HOUR, NOW - 0.5 * HOUR],
    ['--since 23:30 --until 23:45', NOW - 15 * HOUR, NOW - 14.75 * HOUR],
    ['--since 2026-11-23T12:30Z --until now', NOW - 2 * HOUR, NOW],
    ['--until 2026-11-23T12:30:00.000Z', NOW - 3 * HOUR, NOW - 2 * HOUR],
  ])('of %j', (options, start, end) => {
    expect(ask(`why-rejected ${ENI} ${options}`)).toMatchObject({ window: { start, end } });
  });
});

describe('what cannot be used is answered with what was expected', () => {
  it.each([
    ['why-blocked eni-0a1b2c3d4e5f60718', /why-rejected, path/],
    ['why-rejected', /a network interface/],
    ['why-rejected eni-xyz', /eni-0123456789abcdef0/],
    ['why-rejected eni-0a1b2c3d4e5f60718 eni-0a1b2c3d4e5f60719', /one target/],
    ['why-rejected 10.0.0.999', /IP address/],
    ['why-rejected 10.0.0.0/24', /IP address/],
    [`why-rejected ${ENI} --prot tcp`, /--protocol/],
    [`why-rejected ${ENI} --port`, /a value behind --port/],
    [`why-rejected ${ENI} --port 70000`, /0 to 65535/],
    [`why-rejected ${ENI} --port 22 --port 23`, /only once/],
    [`why-rejected ${ENI} --protocol tpc`, /tcp, udp/],
    [`why-rejected ${ENI} --from a --to b`, /an IP address or a CIDR/],
    [`why-rejected ${ENI} --from 10.0.0.1 --to 10.0.0.2`, /one of --from and --to/],
    [`why-rejected ${ENI} --account 12`, /12-digit/],
    [`why-rejected ${ENI} --region mars`, /eu-west-1/],
    [`why-rejected ${ENI} --since yesterday`, /90m, 2h or 1d/],
    [`why-rejected ${ENI} --since 2026-02-30T00:00Z`, /UTC time/],
    [`why-rejected ${ENI} --until 2026-11-24T00:00Z`, /not in the future/],
    [`why-rejected ${ENI} --since 2027-01-01T00:00Z`, /not in the future/],
    [`why-rejected ${ENI} --since 1h --until 2h`, /before the end/],
    [`why-rejected ${ENI} --since 8d`, /at most 7 days/],
    [`why-rejected ${ENI} --since 500d --until 499d`, /400 days/],
    ['x'.repeat(1_000_000), /1000 characters/],
  ])('%.60j', (text, expected) => {
    const failure = failureOf(() => ask(text));
    expect(failure).toMatchObject({ kind: 'not-understood', expected: expect.stringMatching(expected) });
    expect(failure?.kind === 'not-understood' && failure.input.length).toBeLessThanOrEqual(80);
  });
});

function failureOf(reading: () => unknown) {
  try {
    reading();
  } catch (error) {
    if (error instanceof ExpectedError) return error.failure;
    throw error;
  }
  return undefined;
}
