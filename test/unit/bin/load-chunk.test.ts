import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Loading from '../../../bin/load-chunk.ts';

type Loader = typeof Loading;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-chunk-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** As a process of its own would have it: nothing is loaded yet. */
async function freshLoader(): Promise<Loader> {
  vi.resetModules();
  return import('../../../bin/load-chunk.ts');
}

async function write(name: string, source: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, source);
  return file;
}

const TELLS = { one: 'exports.answer = () => "one";', two: 'exports.answer = () => "two";' };

/** A chunk that says `one`, loaded and run, with what is kept of it. */
async function keptChunk(): Promise<string> {
  const file = await write('chunk.js', `${TELLS.one}exports.answer();`);
  const { loadChunk, keepCompiled } = await freshLoader();
  loadChunk(file);
  keepCompiled();
  return file;
}

async function answerOf(file: string): Promise<unknown> {
  const { loadChunk } = await freshLoader();
  return (loadChunk(file) as { readonly answer: () => unknown }).answer();
}

/** What is kept, put beside another source of the same length as if it had been made of it. */
async function passOff(code: Buffer, file: string): Promise<void> {
  const end = Buffer.alloc(4);
  end.writeUInt32LE(crc32(code, crc32(await readFile(file))));
  await writeFile(`${file}.cache`, Buffer.concat([code, end]));
}

async function codeKept(file: string): Promise<Buffer> {
  return (await readFile(`${file}.cache`)).subarray(0, -4);
}

describe('a chunk of the bundle', () => {
  it('is run once, whoever asks for it', async () => {
    await write('inner.js', 'exports.runs = (globalThis.innerRuns = (globalThis.innerRuns ?? 0) + 1);');
    const file = await write('outer.js', "exports.runs = [require('./inner.js').runs, require('./inner.js').runs];");
    const { loadChunk } = await freshLoader();

    expect(loadChunk(file)).toEqual({ runs: [1, 1] });
    expect(loadChunk(file)).toBe(loadChunk(file));
  });

  it('may ask for one that asks for it', async () => {
    await write('b.js', "const a = require('./a.js'); exports.later = () => a.name;");
    const file = await write('a.js', "exports.name = 'a'; exports.later = require('./b.js').later;");
    const { loadChunk } = await freshLoader();

    expect((loadChunk(file) as { readonly later: () => string }).later()).toBe('a');
  });

  it('finds packages and built-in modules as any file does', async () => {
    const file = await write(
      'chunk.js',
      "exports.sep = require('node:path').sep; exports.found = require.resolve('fs');",
    );
    const { loadChunk } = await freshLoader();

    expect(loadChunk(file)).toEqual({ sep: '/', found: 'fs' });
  });
});

describe('the code that is kept beside it', () => {
  it('is what runs: nothing is compiled again', async () => {
    const file = await keptChunk();
    const code = await codeKept(file);
    await writeFile(file, `${TELLS.two}exports.answer();`);
    await passOff(code, file);

    expect(await answerOf(file)).toBe('one');
  });

  it.each<readonly [string, (file: string) => Promise<void>]>([
    ['the chunk has changed', () => Promise.resolve()],
    ['it is lost', (file) => rm(`${file}.cache`)],
    ['it is empty', (file) => writeFile(`${file}.cache`, '')],
    ['it is cut off', async (file) => writeFile(`${file}.cache`, (await readFile(`${file}.cache`)).subarray(0, 100))],
    ['another V8 made it', async (file) => passOff(Buffer.from((await codeKept(file)).map((byte) => byte ^ 1)), file)],
  ])('is left alone where %s', async (_why, spoil) => {
    const file = await keptChunk();
    await writeFile(file, `${TELLS.two}exports.answer();`);
    await spoil(file);

    expect(await answerOf(file)).toBe('two');
  });
});
