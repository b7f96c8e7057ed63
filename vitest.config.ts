import { defineConfig } from 'vitest/config';

const test = (name: string, timeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeout, hookTimeout: timeout },
});

export default defineConfig({
  test: {
    projects: [
      test('unit', 20_000),
      { test: { ...test('fuzz', 60_000).test, fileParallelism: false } },
      { test: { ...test('integration', 60_000).test, fileParallelism: false } },
      { test: { ...test('e2e', 120_000).test, fileParallelism: false } },
    ],
  },
});
