import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { parseQuestionLine, questionIdIn } from '../../../src/command/parse-question-line.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';

const CASE = {
  id: 'two-vpcs/web-to-db',
  from: { eni: 'eni-0a1b2c3d4e5f60718' },
  to: { instance: 'i-0123456789abcdef0' },
  protocol: 'tcp',
  srcPort: 49_152,
  dstPort: 5432,
};
const line = (change: object): string => JSON.stringify({ ...CASE, ...change });

it('is a case as recorded networks have them, whatever else it holds', () => {
  expect(parseQuestionLine(line({ expected: { reachable: true }, note: 'why' }))).toEqual({
    from: { kind: 'interface', id: CASE.from.eni },
    to: { kind: 'instance', id: CASE.to.instance },
    protocol: 6,
    sourcePort: 49_152,
    destinationPort: 5432,
  });
});

const icmp = { protocol: 'icmp', srcPort: undefined, dstPort: undefined };

it.each([
  [
    'an address behind a gateway',
    { from: { ip: '192.168.1.9', via: 'vgw-1a2b3c4d' } },
    { from: { via: 'vgw-1a2b3c4d' } },
  ],
  ['an end as it is typed', { to: 'internet' }, { to: { kind: 'internet' } }],
  ['a service', { to: 's3' }, { to: { kind: 'named-service', name: 's3' } }],
  ['a protocol number', { protocol: '47', srcPort: undefined, dstPort: undefined }, { protocol: 47 }],
  ['an ICMP type', { ...icmp, icmpType: 3, icmpCode: 4 }, { icmp: { type: 3, code: 4 } }],
  ['an ICMP type without a code', { ...icmp, icmpType: 8 }, { icmp: { type: 8, code: 0 } }],
])('may have %s', (_, change, asked) => {
  expect(parseQuestionLine(line(change))).toMatchObject(asked);
});

it.each([
  ['from', line({ from: undefined }), 'from', '{"eni": …}'],
  ['an end that is none', line({ to: { vpc: 'vpc-1' } }), 'to', '{"eni": …}'],
  ['an id that is none', line({ from: { eni: 'eni-xyz' } }), 'from', '{"eni": …}'],
  ['a protocol as a number', line({ protocol: 6 }), 'protocol', '"tcp", "udp"'],
  ['a port that is none', line({ dstPort: 70_000 }), 'dstPort', 'a port from 0 to 65535'],
  ['a port as a text', line({ srcPort: '443' }), 'srcPort', 'a port from 0 to 65535'],
  ['an ICMP type that is none', line({ ...icmp, icmpType: 300 }), 'icmpType', 'a number from 0 to 255'],
  ['ports with ICMP', line({ protocol: 'icmp' }), 'port 5432', 'no port with icmp'],
  ['equal ends', line({ to: CASE.from }), CASE.from.eni, 'two different ends'],
  ['no object', '"eni-1"', '', 'a JSON object'],
  ['no JSON', 'eni-1 to eni-2', 'eni-1 to eni-2', 'a JSON object'],
  ['a line without end', 'x'.repeat(20_000), 'x'.repeat(80), 'at most 10000 characters'],
])('with %s is refused by name', (...[, text, input, expected]) => {
  expect(failureOf(text)).toEqual({ kind: 'not-understood', input, expected: expect.stringContaining(expected) });
});

it('keeps its id even where all else is wrong', () => {
  expect(questionIdIn('{"id": "seven", "from": 1}')).toBe('seven');
  expect(['{"id": 7}', 'rubbish', 'null', JSON.stringify({ id: 'x'.repeat(300) })].map(questionIdIn)).toEqual(
    Array.from({ length: 4 }),
  );
});

test.prop([
  fc.oneof(
    fc.string(),
    fc.json(),
    fc.object().map((value) => JSON.stringify({ ...CASE, ...value })),
  ),
])('is a question or is not understood', (text) => {
  expect(failureOf(text)).toSatisfy((found: unknown) => found === undefined || typeof found === 'object');
});

function failureOf(text: string): unknown {
  try {
    parseQuestionLine(text);
    return undefined;
  } catch (error) {
    return error instanceof ExpectedError ? error.failure : String(error);
  }
}
