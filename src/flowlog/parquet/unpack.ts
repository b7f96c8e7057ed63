import { snappyUncompress } from 'hyparquet';
import { readVarInt } from './cursor.ts';

/** Gives what so many bytes were packed to. */
export type Unpack = (packed: Buffer, length: number) => Buffer;

/** Writers begin a new page after a megabyte or so; some put a whole column of a row group into one. */
export const MOST_PAGE_BYTES = 128 * 2 ** 20;

/** Of one file: thirty times what the largest one that is read has. */
const MOST_FILE_BYTES = 2 ** 31;

/**
 * Unpacks the pages of one file, by the name of what packed them. How long a page will be is only a claim: no memory is
 * taken on it that the packed bytes could not fill, and all pages together stay below what a file can be.
 */
export function createUnpackers(
  gunzip: (packed: Uint8Array, length: number) => Uint8Array,
): (codec: string | undefined) => Unpack {
  let left = MOST_FILE_BYTES;
  return (codec = 'unknown') =>
    (packed, length) => {
      left -= length;
      if (!(length >= 0 && length <= MOST_PAGE_BYTES && left >= 0)) throw new Error('a page too large');
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

/** A copy of 64 bytes takes three: nothing grows faster. */
const SNAPPY_GROWTH = 22;

/** https://github.com/google/snappy/blob/main/format_description.txt */
function unsnap(packed: Buffer, length: number): Buffer {
  const told = readVarInt({ bytes: packed, at: 0 });
  if (told !== length || length > packed.length * SNAPPY_GROWTH)
    throw new Error('a page of another length than it says');
  const bytes = Buffer.alloc(length);
  snappyUncompress(packed, bytes);
  return bytes;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
