import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readFreeText, type FreeTextReading, type Took } from '../../../../src/command/free-text/read-free-text.ts';
import { readThread } from '../../../../src/command/free-text/read-thread.ts';
import { parseCommand } from '../../../../src/command/parse-command.ts';
import { formatAddress } from '../../../../src/net/address.ts';

const NOW = 1_795_444_200;

const piece = fc.constantFrom(
  '10.0.1.5',
  '10.0.2.9:5432',
  '203.0.113.7',
  '2001:db8::9',
  '[2001:db8::9]:443',
  'eni-0a1b2c3d4e5f60718',
  '10.0.0.0/16',
  'i-0123456789abcdef0',
  'ledger.internal:5432',
  'ledger.internal/10.0.2.9:5432',
  'http://10.0.2.9:8080/x',
  '127.0.0.1',
  'from',
  'to',
  'reach',
  "can't",
  'why',
  'could',
  'path',
  'port',
  '443',
  'tcp/443',
  'udp',
  'ping',
  'postgres',
  'nc',
  '-p',
  '->',
  '<->',
  '>',
  '(',
  ')',
  ',',
  ':',
  '=',
  '"',
  '{',
  '}',
  '\n',
  '. ',
  '<@U0BOT>',
  '&gt;',
  '`',
  '--since',
  '2h',
  'and',
  '2',
  '123456789012',
  '49152',
  '6',
  '3',
  '180',
  '1795443000',
  '1795443060',
  'REJECT',
  'OK',
  'srcaddr',
  'interface-id',
  '2026-11-23T14:03:10Z',
  's3',
  'the',
  'internet',
  'between',
  'v10.0.1.5',
  'version',
  '\u2026',
  '\u0000',
  'help',
  'audit',
);
const text = fc.oneof(
  fc.string({ maxLength: 500, unit: 'binary' }),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
);
const now = fc.integer({ min: 0, max: 4_000_000_000 });

test.prop([text, now], { numRuns: 2_000 })('every text is read, and what is asked can be parsed', (input, askedAt) => {
  checkCommands(readFreeText(input, askedAt), askedAt);
});

test.prop([text, text, now], { numRuns: 1_000 })('so is every mention in a thread', (own, parent, askedAt) => {
  checkCommands(readThread(own, parent, askedAt), askedAt);
});

test.prop([text, text], { numRuns: 2_000 })('no address is taken that the text does not hold', (own, parent) => {
  const reading = readThread(own, parent, NOW);
  const said = `${own}\n${parent}`.toLowerCase();
  for (const took of tookOf(reading)) {
    if (took.kind === 'address') expect(said).toContain(formatAddress(took.address));
    if (took.kind === 'network-interface' || took.kind === 'instance') expect(said).toContain(took.id);
  }
});

test.prop([text], { numRuns: 1_000 })('the same text is always read the same way', (input) => {
  expect(readFreeText(input, NOW)).toEqual(readFreeText(input, NOW));
});

/** Of the processor, which a busy machine does not change. What grows with the square takes far longer. */
const MOST_MICROSECONDS = 2_000_000;

describe('a text that was made to take long', () => {
  it.each([
    'a',
    '.',
    ':',
    '/',
    '<',
    '<<a',
    '(',
    '()',
    '[',
    '@',
    '-',
    '->',
    '10.0.0.1 ',
    '10.0.0.1:1 ',
    '1.',
    'a.bb ',
    'a.bb:1 ',
    '::',
    'f:',
    '10.',
    '10.0.0.1/',
    'x://',
    'port 1 ',
    'ports 1 2 ',
    'tcp/1 ',
    'from 10.0.0.1 to 10.0.0.2 ',
    '\n',
    '"a":"b",',
    'srcaddr=10.0.0.1 ',
    '2 123456789012 eni-0a1b2c3d4e5f60718 ',
    '2026-11-23T14:03:10Z ',
    'a_',
    'a=',
    'last last ',
    '*_~',
  ])('of %j takes no time', (unit) => {
    const started = process.cpuUsage();
    readThread(whole(unit), whole(unit), NOW);
    expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS);
  });

  it('is read up to 40,000 characters, and to the end of a word', () => {
    const filler = `${'x '.repeat(19_990)}10.0.1.5`;
    expect(readFreeText(`${filler} `, NOW).kind).toBe('question');
    expect(readFreeText(`${'x '.repeat(19_996)}10.0.1.55 `, NOW).kind).toBe('nothing');
  });
});

function whole(unit: string): string {
  return unit.repeat(Math.ceil(60_000 / unit.length));
}

function checkCommands(reading: FreeTextReading, askedAt: number): void {
  for (const command of commandsOf(reading)) {
    expect(command.length).toBeLessThanOrEqual(1_000);
    expect(() => parseCommand(command, askedAt)).not.toThrow();
  }
  expect(tookOf(reading).length).toBeLessThanOrEqual(8 * Math.max(1, commandsOf(reading).length));
}

function commandsOf(reading: FreeTextReading): readonly string[] {
  if (reading.kind === 'nothing') return [];
  return reading.kind === 'question' ? [reading.command] : reading.choices.map(({ command }) => command);
}

function tookOf(reading: FreeTextReading): readonly Took[] {
  if (reading.kind === 'nothing') return [];
  return reading.kind === 'question' ? reading.took : reading.choices.flatMap(({ took }) => took);
}
