import { defineConfig } from 'vitest/config';

/**
 * The tests that hold the engine, without the hundred thousand random networks: those are for `npm test`. Only paths
 * keep their comparison with the naive evaluator, at a size that takes about a second.
 */
export default defineConfig({
  test: {
    include: ['test/unit/engine/**/*.test.ts'],
    exclude: ['test/unit/engine/**/!(analyse-path).property.test.ts'],
    env: { PATH_NETWORKS: '40' },
    testTimeout: 20_000,
  },
});
