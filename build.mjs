import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const OUT = process.argv[2] ?? 'dist';

const OPTIONS = {
  outdir: OUT,
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  sourcemap: true,
  logLevel: 'warning',
};

const BUNDLE = {
  ...OPTIONS,
  bundle: true,
  format: 'esm',
  splitting: true,
  metafile: true,
  // The browser's builds of some packages are the only ones in ES modules.
  mainFields: ['module', 'main'],
  // Left outside: what brings files of its own that a bundle would lose.
  external: ['@electric-sql/pglite', '@resvg/resvg-js', 'dejavu-fonts-ttf', 'emulate'],
};

const MODULE = {
  splitting: false,
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** Scripts can be kept compiled, modules cannot (ADR 0011); and only modules can be cut into chunks. So both, in turn. */
const COMMON_JS = {
  ...OPTIONS,
  outbase: OUT,
  format: 'cjs',
  allowOverwrite: true,
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__url' },
  banner: { js: "'use strict'; const __url = require('node:url').pathToFileURL(__filename).href;" },
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

/**
 * The demo answers to every operation there is, so it has the whole SDK: in a bundle of its own, it keeps it to itself.
 * That one stays a module, for the sake of a package that nothing but a module can load; so there is a door to it.
 */
const DEMO = './demo.cjs';
const demoApart = {
  name: 'demo-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/demo\/run-demo\.ts$/ }, () => ({ path: DEMO, external: true }));
  },
};

/**
 * One file for what every start needs and one for each part that is loaded when asked for: a tenth of the files to open
 * and to compile (`docs/performance.md`).
 */
if (OUT === 'dist') await rm(OUT, { recursive: true, force: true });
const launcher = await build({
  ...BUNDLE,
  entryPoints: { 'bin/vpc-why': 'bin/launch.ts', 'load-chunk': 'bin/load-chunk.ts' },
});
const executable = await build({ ...BUNDLE, entryPoints: { main: 'bin/vpc-why.ts' }, plugins: [namedKeys, demoApart] });
await build({ ...BUNDLE, ...MODULE, entryPoints: { demo: 'demo/run-demo.ts' } });

const chunks = Object.entries({ ...launcher.metafile.outputs, ...executable.metafile.outputs }).filter(([file]) =>
  file.endsWith('.js'),
);
await build({ ...COMMON_JS, entryPoints: chunks.map(([file]) => file) });
await writeFile(`${OUT}/package.json`, JSON.stringify({ type: 'commonjs' }));
await writeFile(`${OUT}/${DEMO}`, "exports.runDemo = async (parts) => (await import('./demo.mjs')).runDemo(parts);\n");

const { loadChunk, keepCompiled } = createRequire(import.meta.url)(resolve(OUT, 'load-chunk.js'));
for (const [file, { entryPoint }] of chunks) if (entryPoint?.startsWith('bin/commands/')) loadChunk(resolve(file));
keepCompiled();
