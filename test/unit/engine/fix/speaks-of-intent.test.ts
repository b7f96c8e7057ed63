import { expect, it } from 'vitest';
import { speaksOfIntent } from '../../../../src/engine/fix/speaks-of-intent.ts';

it.each([
  'incident-221 containment',
  'Quarantine',
  'QUARANTINED_HOSTS',
  'block egress until Monday',
  'do not open',
  'Do_Not_Open',
  "don't touch",
  'deny all',
  'PCI compliance',
  'temporary: see INC-123',
  'CHG0-4711 rollout',
  'isolation',
  `${'x '.repeat(100)}deny`,
])('%s speaks of intent', (text) => {
  expect(speaksOfIntent(text)).toBe(true);
});

it.each([
  '',
  'orders, before the move',
  'blocks',
  'blockchain nodes',
  'unblocked',
  'incidental',
  'donot',
  'eu-west-1',
  'sg-0c44 of i-0123',
  'SHA-256 and UTF-8',
  'x-AB-12',
  `${'x'.repeat(300)} deny`,
])('%s does not', (text) => {
  expect(speaksOfIntent(text)).toBe(false);
});
