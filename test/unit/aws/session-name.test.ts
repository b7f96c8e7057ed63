import { expect, it } from 'vitest';
import { sessionName } from '../../../src/aws/session-name.ts';

it.each([
  ['U024BE7LH', 'vpc-why-U024BE7LH'],
  ['ana@example.com', 'vpc-why-ana@example.com'],
  ['Ana María / <!channel>', 'vpc-why-Ana-Mar-a-----channel-'],
  ['', 'vpc-why-'],
  ['x'.repeat(1_000_000), `vpc-why-${'x'.repeat(56)}`],
])('names the session of %.20s so that STS takes it', (askedBy, name) => {
  expect(sessionName(askedBy)).toBe(name);
  expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
});
