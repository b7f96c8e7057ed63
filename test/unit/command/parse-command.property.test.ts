import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseCommand } from '../../../src/command/parse-command.ts';
import { ExpectedError } from '../../../src/failure/expected-error.ts';

const words = fc.constantFrom(
  'why-rejected',
  'path',
  'internet',
  's3',
  'tcp/443',
  '--icmp',
  'eni-0a1b2c3d4e5f60718',
  '--port',
  '--since',
  '443',
  '1h',
  '<!channel>',
  '\u0000',
  '`',
  '10.0.0.1',
  '—from',
);
const text = fc.oneof(
  fc.string({ maxLength: 2_000, unit: 'binary' }),
  fc.array(words, { maxLength: 12 }).map((some) => some.join(' ')),
);

test.prop([text, fc.integer({ min: 0, max: 4_000_000_000 })], { numRuns: 5_000 })(
  'any text is a command or is not understood',
  (input, now) => {
    try {
      expect(['help', 'why-rejected', 'path']).toContain(parseCommand(input, now).kind);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpectedError);
    }
  },
);
