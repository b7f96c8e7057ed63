import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExecutable, type Ended } from '../support/executable.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let directory: string;

/** The executable as `npm run build` makes it, in a place where nothing else finds it. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vpc-why-bundle-'));
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  await run(process.execPath, ['build.mjs', directory], { cwd: ROOT });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function runBundle(words: readonly string[], program = [join(directory, 'bin/vpc-why.js')]): Promise<Ended> {
  return runExecutable(words, { cwd: directory, program });
}

describe('the bundled executable', () => {
  it.each([['help'], ['iam-policy']])('says to %s what its sources say', async (...words) => {
    expect(await runBundle(words)).toEqual(await runExecutable(words));
  });

  it('knows its own errors, whichever chunk they come from', async () => {
    const { code, stderr } = await runBundle(['start', '--role', 'half']);

    expect(stderr).toContain("I can't use --role half");
    expect(code).toBe(2);
  });

  it('answers the questions of the demo, drawn as well', async () => {
    const { code, stdout, stderr } = await runBundle(['demo', '--pictures', 'pictures']);

    expect(stdout).toContain('Blocked: tcp/5432 from 10.20.4.17 to payments-db');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(join(directory, 'pictures'))).toHaveLength(2);
  });

  it('tells lines of the sources where Node reads source maps', async () => {
    const load = `require('./load-chunk.js').loadChunk(require.resolve('./${startChunk()}'))`;
    const tell = `${load}.runStart(['--role', 'half'], {}).catch(({ stack }) => console.log(stack))`;
    const { stdout } = await runBundle([tell], ['--enable-source-maps', '--eval']);

    expect(stdout).toMatch(/at readRole \(.*bin\/commands\/start\.ts:\d+/);
  });
});

/** What only a module may do, such as to wait at its top, would show here. */
it('every chunk can be loaded', async () => {
  const all = chunks().filter((name) => /-[A-Z0-9]{8}\.js$/.test(name));
  const load = `${JSON.stringify(all)}.map((name) => require('./load-chunk.js').loadChunk(require.resolve('./' + name)))`;
  const { code, stderr } = await runBundle([`${load}; process.exit()`], ['--eval']);

  expect(all.length).toBeGreaterThan(50);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('what a start loads', () => {
  it('is kept compiled, in a few files', () => {
    expect(keptChunks()).toContain(startChunk());
    expect(keptChunks().length).toBeLessThan(80);
  });

  it('is a part of what the packages bring', () => {
    const bytes = keptChunks().reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);

    expect(bytes).toBeLessThan(8_000_000);
    expect(keptChunks().filter((file) => read(file).includes('AcceptVpcPeeringConnectionCommand'))).toEqual([]);
  });
});

function startChunk(): string {
  return chunks().find((name) => /^start-[A-Z0-9]{8}\.js$/.test(name)) ?? 'none';
}

function keptChunks(): readonly string[] {
  const files = new Set(chunks());
  return [...files].filter((name) => name.endsWith('.js') && files.has(`${name}.cache`));
}

function chunks(): readonly string[] {
  return readdirSync(directory);
}

function read(file: string): string {
  return readFileSync(join(directory, file), 'latin1');
}
