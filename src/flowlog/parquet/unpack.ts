import type { Allow } from './allowance.ts';
import { unsnap } from './snappy.ts';

/** Gives what so many bytes were packed to. */
export type Unpack = (packed: Buffer, length: number) => Buffer;

/** Unpacks the pages of one file, by the name of what packed them. How long a page will be is only a claim. */
export function createUnpackers(
  gunzip: (packed: Uint8Array, length: number) => Uint8Array,
  allow: Allow,
): (codec: string | undefined) => Unpack {
  return (codec = 'unknown') =>
    (packed, length) => {
      allow(length);
      // A page of nulls only unpacks to nothing, which zlib won't take for a limit.
      const bytes = length === 0 ? Buffer.alloc(0) : unpackBy(codec, packed, length);
      if (bytes.length !== length) throw new Error('a page of another length than it says');
      return bytes;
    };

  function unpackBy(codec: string, packed: Buffer, length: number): Buffer {
    switch (codec) {
      case 'UNCOMPRESSED':
        return packed;
      case 'SNAPPY':
        return unsnap(packed, length);
      case 'GZIP':
        return viewOf(gunzip(packed, length));
      default:
        throw new Error(`packed by ${codec}`);
    }
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
