import { describe, expect, it } from 'vitest';
import type { AskedPath } from '../../../src/command/command.ts';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { formatPathEnd, parsePathEnd } from '../../../src/command/path-end.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';

const NOW = 1_795_444_200;
const ENI = 'eni-0a1b2c3d4e5f60718';

function ask(text: string): AskedPath {
  const command = parseCommand(text, NOW);
  if (command.kind !== 'path') throw new Error(`not a path: ${command.kind}`);
  return command.asked;
}

describe('an end of a path', () => {
  it.each([
    [ENI, 'interface'],
    ['ENI-0A1B2C3D4E5F60718', 'interface'],
    ['i-0123456789abcdef0', 'instance'],
    ['10.20.9.40', 'address'],
    ['2001:db8::1', 'address'],
    ['192.168.1.9@vgw-070087240d6fa2989', 'address'],
    ['192.168.1.9@8384da05-13ce-4a91-aada-5a1baec8ca1c', 'address'],
    ['internet', 'internet'],
    ['S3', 'named-service'],
    ['dynamodb', 'named-service'],
    ['pl-0123456789abcdef0', 'service'],
  ])('%s is of kind %s, and written as it was typed', (text, kind) => {
    const end = parsePathEnd(text);

    expect(end).toMatchObject({ kind });
    expect(end && formatPathEnd(end)).toBe(text.toLowerCase());
  });

  it.each([
    '',
    'web',
    'eni-',
    '10.0.0',
    '10.0.0.5@',
    '10.0.0.5@a@b',
    '10.0.0.5@vgw_1',
    '10.0.0.0/16',
    'vpc-0123456789abcdef0',
  ])('%j is none', (text) => {
    expect(parsePathEnd(text)).toBeUndefined();
  });
});

describe('what is sent', () => {
  it.each([
    ['', { protocol: 6 }],
    ['tcp/443', { protocol: 6, destinationPort: 443 }],
    ['udp/53', { protocol: 17, destinationPort: 53 }],
    ['tcp', { protocol: 6 }],
    ['47', { protocol: 47 }],
    ['icmp', { protocol: 1 }],
    ['icmp/8', { protocol: 1, icmp: { type: 8, code: 0 } }],
    ['icmp/3/4', { protocol: 1, icmp: { type: 3, code: 4 } }],
    ['--protocol udp --port 53', { protocol: 17, destinationPort: 53 }],
    ['--port 443', { protocol: 6, destinationPort: 443 }],
    ['tcp/443 --src-port 40000', { protocol: 6, destinationPort: 443, sourcePort: 40_000 }],
    ['--icmp 8', { protocol: 1, icmp: { type: 8, code: 0 } }],
    ['--icmp 3/4', { protocol: 1, icmp: { type: 3, code: 4 } }],
    ['--protocol icmpv6 --icmp 128', { protocol: 58, icmp: { type: 128, code: 0 } }],
  ])('of %j', (words, sent) => {
    const { from: _, to: __, ...rest } = ask(`path ${ENI} i-0123456789abcdef0 ${words}`);

    expect(rest).toEqual(sent);
  });
});

it.each([`path ${ENI} to s3`, `path ${ENI} -> s3`, `PATH ${ENI} S3`, `path from ${ENI} to s3`, `path \`${ENI}\` s3`])(
  '%j names two ends',
  (text) => {
    expect(ask(text)).toMatchObject({
      from: { kind: 'interface', id: ENI },
      to: { kind: 'named-service', name: 's3' },
    });
  },
);

it.each([
  [`path to s3 from ${ENI}`],
  [`path S3 from ${ENI} tcp/443`],
  [`path to s3 FROM ${ENI} --port 443`],
  [`path -> s3 from ${ENI}`],
])('%j names the destination first', (text) => {
  expect(ask(text)).toMatchObject({
    from: { kind: 'interface', id: ENI },
    to: { kind: 'named-service', name: 's3' },
  });
});

it('says where to look', () => {
  expect(parseCommand(`path ${ENI} s3 --account 123456789012 --region eu-west-1`, NOW)).toMatchObject({
    scope: { accountId: '123456789012', region: 'eu-west-1' },
  });
});

it.each([
  ['path', /two ends of the path/],
  [`path ${ENI}`, /a second end/],
  [`path web ${ENI}`, /a network interface/],
  [`path ${ENI} ${ENI}`, /two different ends/],
  ['path internet internet', /two different ends/],
  [`path to s3 ${ENI}`, /the source behind "from", the destination behind "to"/],
  [`path to s3 to ${ENI}`, /the source behind "from"/],
  [`path from ${ENI} from s3`, /the source behind "from"/],
  ['path internet s3', /one end at least inside a VPC/],
  [`path s3 ${ENI}`, /only as the end that is asked/],
  ['path 10.0.0.5 2001:db8::1', /two IPv4 addresses or two IPv6/],
  [`path ${ENI} s3 tcp/443 more`, /two ends, a service/],
  [`path ${ENI} s3 tcp/99999`, /a service such as tcp/],
  [`path ${ENI} s3 http`, /a service such as tcp/],
  [`path ${ENI} s3 tcp/443 --port 80`, /either so or by --protocol/],
  [`path ${ENI} s3 --port 99999`, /a port from 0 to 65535/],
  [`path ${ENI} s3 --protocol icmp --port 80`, /no port with icmp/],
  [`path ${ENI} s3 47 --src-port 80`, /no port with gre/],
  [`path ${ENI} s3 --icmp 256`, /an ICMP type from 0 to 255/],
  [`path ${ENI} s3 --protocol tcp --icmp 8`, /no ICMP type with tcp/],
  [`path ${ENI} 2001:db8::1 icmp`, /icmpv6 between IPv6/],
  [`path ${ENI} 10.0.0.5 icmpv6`, /icmp between IPv4/],
  [`path ${ENI} s3 --since 1h`, /one of --protocol/],
  [`path ${ENI} s3 --snapshot x.json`, /one of --protocol/],
])('%j is answered with what was expected, and an example of a path', (text, expected) => {
  expect(failureOf(text)).toMatchObject({
    kind: 'not-understood',
    verb: 'path',
    expected: expect.stringMatching(expected),
  });
});

it.each([
  ['help path', 'path'],
  ['path help', 'path'],
  [`path ${ENI} --help`, 'path'],
  ['help why-rejected', 'why-rejected'],
])('%j asks for help about %s', (text, topic) => {
  expect(parseCommand(text, NOW)).toEqual({ kind: 'help', topic });
});

function failureOf(text: string): unknown {
  try {
    return parseCommand(text, NOW);
  } catch (error) {
    return error instanceof ExpectedError ? error.failure : error;
  }
}
