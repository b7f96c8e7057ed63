import { build } from 'esbuild';

/**
 * One file for what every start needs and one for each part that is loaded when asked for: a tenth of the files to open
 * and to compile (`docs/performance.md`). Left outside: what brings files of its own that a bundle would lose.
 */
await build({
  entryPoints: ['bin/vpc-why.ts'],
  outdir: 'dist',
  outbase: '.',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  sourcemap: true,
  logLevel: 'warning',
  // The browser's builds of some packages are the only ones in ES modules.
  mainFields: ['module', 'main'],
  external: ['@electric-sql/pglite', '@resvg/resvg-js', 'dejavu-fonts-ttf', 'emulate'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
