import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

interface Chunk {
  readonly source: Buffer;
  readonly script: Script;
  readonly module: { readonly exports: unknown };
}

const loaded = new Map<string, Chunk>();

/**
 * A file of the bundle, and those it asks for, with the compiled code that the build kept beside each (ADR 0011). V8
 * refuses what another version of it or other flags have made, and compiles the file as if nothing were kept. Whoever
 * wants traces by source maps gets Node's own loader, which alone reads them.
 */
export function loadChunk(file: string): unknown {
  if (process.sourceMapsEnabled) return createRequire(file)(file);
  const chunk = loaded.get(file);
  return chunk === undefined ? runChunk(file) : chunk.module.exports;
}

function runChunk(file: string): unknown {
  const source = readFileSync(file);
  const script = new Script(wrap(source), { filename: file, cachedData: readKept(file, source) });
  const module = { exports: {} };
  // Known before it has run: chunks may ask for one another.
  loaded.set(file, { source, script, module });
  script.runInThisContext()(module.exports, requireFrom(file), module, file, dirname(file));
  return module.exports;
}

/** As Node does. The bundler writes ASCII, so each byte is a character: half the memory of any other text. */
function wrap(source: Buffer): string {
  return `(function (exports, require, module, __filename, __dirname) { ${source.toString('latin1')}\n})`;
}

function requireFrom(file: string): object {
  const outside = createRequire(file);
  const require = (id: string): unknown => (CHUNK.test(id) ? loadChunk(resolve(dirname(file), id)) : outside(id));
  return Object.assign(require, { resolve: outside.resolve });
}

const CHUNK = /^\..*\.js$/;

/** V8 looks at lengths and versions only: a damaged file would be run as it is. */
function readKept(file: string, source: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(keptBeside(file));
    const code = kept.subarray(0, -CHECKSUM);
    return kept.readUInt32LE(code.length) === checksum(source, code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Once for a build, by the build: all that is loaded so far, with the functions that have run. */
export function keepCompiled(): void {
  for (const [file, { source, script }] of loaded) {
    const code = script.createCachedData();
    const end = Buffer.alloc(CHECKSUM);
    end.writeUInt32LE(checksum(source, code));
    writeFileSync(keptBeside(file), Buffer.concat([code, end]));
  }
}

const CHECKSUM = 4;

function checksum(source: Buffer, code: Buffer): number {
  return crc32(code, crc32(source));
}

function keptBeside(file: string): string {
  return `${file}.cache`;
}
