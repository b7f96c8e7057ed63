import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** Takes the next piece of a file; answers whether more is wanted. */
export type TakeChunk = (chunk: Uint8Array) => boolean;

/** Each piece is a trip to another thread: at zlib's own 16 KB the trips cost more than half of the unpacking. */
const PIECE_BYTES = 256 * 1024;

/** Unpacks a text file on the way, so that one of any size passes through little memory; ends early when told to. */
export async function unpackText(packed: Readable, take: TakeChunk, signal: AbortSignal): Promise<void> {
  const unpacked = packed.pipe(createGunzip({ chunkSize: PIECE_BYTES }));
  packed.once('error', (error) => unpacked.destroy(error));
  await pipeline(
    unpacked,
    async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) if (!take(chunk)) return;
    },
    { signal },
  );
}
