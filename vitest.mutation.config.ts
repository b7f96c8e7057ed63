import { defineConfig } from 'vitest/config';

/** The tests that hold the engine, without the hundred thousand random networks: those are for `npm test`. */
export default defineConfig({
  test: {
    include: ['test/unit/engine/**/*.test.ts'],
    exclude: ['test/unit/engine/**/*.property.test.ts'],
    testTimeout: 20_000,
  },
});
