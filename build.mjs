import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const OUT = 'dist';

/** Left outside: what brings files of its own that a bundle would lose. */
const OPTIONS = {
  outdir: OUT,
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
};

/**
 * The SDK describes every shape of a service in one file, as lists with keys like `[_xN]`, a constant of that file.
 * A bundler must keep such a list, since to make a key may run code; with the constant's text in its place it sees that
 * nothing asks for the shape. What is left of EC2 is a tenth.
 */
const namedKeys = {
  name: 'named-keys',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const texts = new Map([...source.matchAll(/^const (_\w+) = (".*");$/gm)].map(([, name, text]) => [name, text]));
      return { contents: source.replaceAll(/\[(_\w+)\]:/g, (_key, name) => `${texts.get(name) ?? `[${name}]`}:`) };
    });
  },
};

/** The demo answers to every operation there is, so it has the whole SDK: in a bundle of its own, it keeps it to itself. */
const demoApart = {
  name: 'demo-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/demo\/run-demo\.ts$/ }, () => ({ path: './demo/run-demo.js', external: true }));
  },
};

/**
 * One file for what every start needs and one for each part that is loaded when asked for: a tenth of the files to open
 * and to compile (`docs/performance.md`).
 */
await rm(OUT, { recursive: true, force: true });
await build({ ...OPTIONS, entryPoints: ['bin/vpc-why.ts'], plugins: [namedKeys, demoApart] });
await build({ ...OPTIONS, entryPoints: ['demo/run-demo.ts'] });
