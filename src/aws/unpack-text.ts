import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { giveBack } from './give-back.ts';

/** Takes the next piece of a file, which is gone after the call; answers whether more is wanted. */
export type TakeChunk = (chunk: Uint8Array) => boolean;

/** Each piece is a trip to another thread: at zlib's own 16 KB the trips cost more than half of the unpacking. */
const PIECE_BYTES = 256 * 1024;

/** Unpacks a text file on the way, so that one of any size passes through little memory; ends early when told to. */
export async function unpackText(packed: Readable, take: TakeChunk, signal: AbortSignal): Promise<void> {
  const unpacked = packed.pipe(createGunzip({ chunkSize: PIECE_BYTES }));
  packed.once('error', (error) => unpacked.destroy(error));
  await pipeline(
    unpacked,
    async (pieces: AsyncIterable<Uint8Array<ArrayBuffer>>) => {
      for await (const piece of pieces) {
        if (!take(piece)) return;
        if (endsItsMemory(piece)) giveBack(piece.buffer);
      }
    },
    { signal },
  );
}

/** zlib goes on writing where a piece ended, until the memory it took for that is full. */
function endsItsMemory({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  return buffer.byteLength === PIECE_BYTES && byteOffset + byteLength === PIECE_BYTES;
}
