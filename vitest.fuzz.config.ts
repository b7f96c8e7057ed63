import { defineConfig } from 'vitest/config';

/** Readers of what comes from outside, with `FUZZ_RUNS` nearly right inputs each. One after the other: time is measured. */
export default defineConfig({ test: { include: ['test/fuzz/**/*.test.ts'], fileParallelism: false } });
