import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT, parseLogFormat } from '../../../src/flowlog/format.ts';
import { parseRecord } from '../../../src/flowlog/parse-record.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { clock, ENI, nodata, reject, rich, RICH_FORMAT, skipdata } from '../../support/flow-lines.ts';

const address = (text: string) => parseAddress(text)!;

describe('a line in the default format', () => {
  it('is read field by field', () => {
    const line =
      '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK';

    expect(parseRecord(line, DEFAULT_FORMAT)).toEqual({
      kind: 'record',
      record: {
        interfaceId: 'eni-1235b8ca123456789',
        source: address('172.31.16.139'),
        destination: address('172.31.16.21'),
        sourcePort: 20641,
        destinationPort: 22,
        protocol: 6,
        packets: 20,
        bytes: 4249,
        start: 1418530010,
        end: 1418530070,
        action: 'ACCEPT',
      },
    });
  });

  it.each([
    ['doubled spaces (FLOW-51)', (line: string) => line.replaceAll(' ', '  ')],
    ['tabs', (line: string) => line.replaceAll(' ', '\t')],
    ['a carriage return', (line: string) => `${line}\r`],
    ['blanks around it', (line: string) => `  ${line} `],
  ])('is read with %s', (_, spoil) => {
    const line = reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp');

    expect(parseRecord(spoil(line), DEFAULT_FORMAT)).toEqual(parseRecord(line, DEFAULT_FORMAT));
  });
});

describe('a line in a custom format', () => {
  it('tells flags, direction, packet addresses, services, path and reason', () => {
    const line = rich.reject('10.0.9.9:49152 -> 10.0.1.9:443 tcp', {
      flags: 2,
      direction: 'ingress',
      packetSource: '10.0.0.5',
      packetDestination: '52.1.2.3',
      reason: 'BPA',
      bytes: '-',
      fields: { 'pkt-src-aws-service': 'EC2', 'pkt-dst-aws-service': 'S3', 'traffic-path': 8 },
    });

    expect(parseRecord(line, RICH_FORMAT)).toMatchObject({
      kind: 'record',
      record: {
        tcpFlags: 2,
        direction: 'ingress',
        packetSource: address('10.0.0.5'),
        packetDestination: address('52.1.2.3'),
        rejectReason: 'BPA',
        sourceService: 'EC2',
        destinationService: 'S3',
        trafficPath: 8,
      },
    });
    expect(parseRecord(line, RICH_FORMAT)).not.toHaveProperty('record.bytes');
  });

  it('is read in any order of fields, with IPv6 and unknown fields in between', () => {
    const format = parseLogFormat(
      '${action} ${moon-phase} ${dstaddr} ${srcaddr} ${protocol} ${end} ${start} ${interface-id}',
    );

    expect(parseRecord(`REJECT full 2001:db8::9 2001:DB8::5 58 20 10 ${ENI}`, format)).toEqual({
      kind: 'record',
      record: {
        interfaceId: ENI,
        source: address('2001:db8::5'),
        destination: address('2001:db8::9'),
        protocol: 58,
        start: 10,
        end: 20,
        action: 'REJECT',
      },
    });
  });

  it.each([
    {
      left: 'no interface',
      template: '${srcaddr} ${dstaddr} ${protocol} ${start} ${end} ${action}',
      line: '10.0.0.5 10.0.1.9 6 10 20 ACCEPT',
      is: { interfaceId: '-' },
    },
    {
      left: 'the end',
      template: '${srcaddr} ${dstaddr} ${protocol} ${start} ${action}',
      line: '10.0.0.5 10.0.1.9 6 10 ACCEPT',
      is: { start: 10, end: 10 },
    },
    {
      left: 'the start',
      template: '${srcaddr} ${dstaddr} ${protocol} ${end} ${action}',
      line: '10.0.0.5 10.0.1.9 6 20 ACCEPT',
      is: { start: 20, end: 20 },
    },
    {
      left: 'all times',
      template: '${srcaddr} ${dstaddr} ${protocol} ${action}',
      line: '10.0.0.5 10.0.1.9 6 ACCEPT',
      is: { start: 99, end: 99 },
    },
    {
      left: 'the action',
      template: '${srcaddr} ${dstaddr} ${protocol} ${start}',
      line: '10.0.0.5 10.0.1.9 6 10',
      is: { action: 'REJECT' },
    },
    {
      left: 'the logged addresses',
      template: '${pkt-srcaddr} ${pkt-dstaddr} ${protocol} ${start} ${action}',
      line: '10.0.0.5 10.0.1.9 6 10 ACCEPT',
      is: { source: address('10.0.0.5'), destination: address('10.0.1.9') },
    },
  ])('that leaves out $left is read as far as it goes', ({ template, line, is }) => {
    const parsed = parseRecord(line, parseLogFormat(template), { at: 99, action: 'REJECT' });

    expect(parsed).toMatchObject({ kind: 'record', record: is });
  });
});

describe('a line without packets', () => {
  const interval = { start: clock('13:00:00'), end: clock('13:00:58') };
  const between = { from: '13:00:00', until: '13:00:58' };

  it.each([
    { kind: 'nodata', line: nodata(between), format: DEFAULT_FORMAT },
    { kind: 'skipdata', line: skipdata(between), format: DEFAULT_FORMAT },
    { kind: 'nodata', line: rich.nodata(between), format: RICH_FORMAT },
    { kind: 'skipdata', line: rich.skipdata(between), format: RICH_FORMAT },
  ])('is $kind with its interval (FLOW-48)', ({ kind, line, format }) => {
    expect(parseRecord(line, format)).toEqual({ kind, interfaceId: ENI, interval });
  });

  it('in a format without log-status proves neither silence nor loss', () => {
    const format = parseLogFormat('${interface-id} ${srcaddr} ${dstaddr} ${protocol} ${start} ${end} ${action}');

    expect(parseRecord(`${ENI} - - - 10 20 -`, format)).toEqual({
      kind: 'unstated',
      interfaceId: ENI,
      interval: { start: 10, end: 20 },
    });
  });
});

describe('a malformed line', () => {
  const good = rich.reject('10.0.0.5:49152 -> 10.0.1.9:5432 tcp', { flags: 2, direction: 'ingress' });
  const withField = (field: string, value: string) => {
    const words = good.split(' ');
    words[RICH_FORMAT.fields.indexOf(field)] = value;
    return words.join(' ');
  };

  it.each([
    ['srcaddr', '10.0.0.256'],
    ['srcaddr', '2001:db8::5'],
    ['dstaddr', 'web'],
    ['pkt-srcaddr', '10.0.0'],
    ['pkt-dstaddr', '2001:db8::9'],
    ['srcport', '65536'],
    ['dstport', '-1'],
    ['dstport', '0x50'],
    ['protocol', '256'],
    ['protocol', '-'],
    ['packets', '1e3'],
    ['bytes', '1234567890123456'],
    ['start', '1795176001'],
    ['end', '99999999999'],
    ['end', '1.5'],
    ['action', '-'],
    ['action', 'accept'],
    ['log-status', 'OKAY'],
    ['tcp-flags', '256'],
    ['traffic-path', '128'],
    ['flow-direction', 'in'],
    ['reject-reason', '<!channel>'],
    ['pkt-src-aws-service', '`S3`'],
  ])('has %s = %s', (field, value) => {
    expect(parseRecord(good, RICH_FORMAT).kind).toBe('record');
    expect(parseRecord(withField(field, value), RICH_FORMAT).kind).toBe('malformed');
  });

  it.each([
    ['a field too few', good.split(' ').slice(1).join(' ')],
    ['a field too many', `${good} x`],
    ['nothing', ''],
    ['something else', 'START RequestId: 1 Version: $LATEST'],
  ])('has %s', (_, line) => {
    expect(parseRecord(line, RICH_FORMAT)).toEqual({ kind: 'malformed' });
  });

  it('has no time at all', () => {
    const format = parseLogFormat('${srcaddr} ${dstaddr} ${protocol} ${action}');

    expect(parseRecord('10.0.0.5 10.0.1.9 6 ACCEPT', format)).toEqual({ kind: 'malformed' });
  });
});
