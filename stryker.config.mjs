/** Mutation tests of the engine: every change of a rule must break a test. https://stryker-mutator.io */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  mutate: ['src/engine/**/*.ts', '!src/engine/**/{finding,decision,diagnosis,question,step,fix}.ts'],
  // Types and words change nothing that a packet would notice.
  mutator: { excludedMutations: ['StringLiteral'] },
  thresholds: { high: 90, low: 85, break: 85 },
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'reports/mutation.json' },
  clearTextReporter: { logTests: false, allowColor: false },
  coverageAnalysis: 'perTest',
  // Tables of constants are made once for all tests: which test covers them cannot be told, and all would run for each.
  ignoreStatic: true,
  // TypeScript 7 has no compiler API for Stryker's rewriting of a tsconfig; a file that is not there leaves it out.
  tsconfigFile: 'none.json',
  concurrency: 2,
  timeoutMS: 10_000,
  tempDirName: '.stryker-tmp',
};
