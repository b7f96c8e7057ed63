import { defineConfig } from 'vitest/config';

/** Recorded networks with known verdicts, read from a folder beside the checkout: see test/vectors. */
export default defineConfig({ test: { include: ['test/vectors/**/*.test.ts'], testTimeout: 60_000 } });
