import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackText } from '../../../src/aws/unpack-text.ts';

const PIECE = 256 * 1024;
const never = new AbortController().signal;

/** Text that packs neither well nor badly. */
function textOf(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => 65 + ((index * index + (index >> 7)) % 26)));
}

/** As a network would bring it. */
function packedIn(text: Buffer, size: number): Readable {
  const packed = gzipSync(text);
  const count = Math.ceil(packed.length / size);
  return Readable.from(Array.from({ length: count }, (_, index) => packed.subarray(index * size, (index + 1) * size)));
}

describe('a packed text', () => {
  it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE, 5 * PIECE + 777])(
    'of %i bytes arrives whole',
    async (length) => {
      const text = textOf(length);
      const seen: Buffer[] = [];
      await unpackText(packedIn(text, 10_000), (piece) => seen.push(Buffer.from(piece)) > 0, never);

      expect(Buffer.concat(seen).equals(text)).toBe(true);
    },
  );

  it('gives the memory of a piece back once it was taken', async () => {
    const taken: Uint8Array[] = [];
    await unpackText(packedIn(textOf(4 * PIECE), 10_000), (piece) => taken.push(piece) > 0, never);
    const kept = new Set(taken.map(({ buffer }) => buffer.byteLength));

    expect(taken.length).toBeGreaterThanOrEqual(4);
    expect(kept).toEqual(new Set([0]));
  });

  it('is read no further when no more is wanted', async () => {
    let pieces = 0;
    await unpackText(packedIn(textOf(8 * PIECE), 10_000), () => (pieces += 1) < 2, never);

    expect(pieces).toBe(2);
  });

  it('that is cut off is an error, after what could be read', async () => {
    const packed = gzipSync(textOf(3 * PIECE));
    let length = 0;
    const reading = unpackText(
      Readable.from([packed.subarray(0, packed.length - 100)]),
      (piece) => (length += piece.length) > 0,
      never,
    );

    await expect(reading).rejects.toThrow('unexpected end of file');
    expect(length).toBeGreaterThan(0);
  });
});
