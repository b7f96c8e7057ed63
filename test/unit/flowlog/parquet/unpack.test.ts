import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createAllowance } from '../../../../src/flowlog/parquet/allowance.ts';
import { createUnpackers } from '../../../../src/flowlog/parquet/unpack.ts';

const TEXT = Buffer.from('abcabcabc');
/** Nine bytes: the literal `abc`, and six more from three back. */
const SNAPPED = Buffer.from([9, 2 << 2, 0x61, 0x62, 0x63, ((6 - 4) << 2) | 1, 3]);
const MEGABYTES = 2 ** 20;

const unpackers = () =>
  createUnpackers((packed, length) => gunzipSync(packed, { maxOutputLength: length }), createAllowance());

describe('a page', () => {
  it.each([
    { codec: 'UNCOMPRESSED', packed: TEXT },
    { codec: 'SNAPPY', packed: SNAPPED },
    { codec: 'GZIP', packed: gzipSync(TEXT) },
  ])('packed by $codec is unpacked', ({ codec, packed }) => {
    expect(unpackers()(codec)(packed, TEXT.length)).toEqual(TEXT);
  });

  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'])('of nothing is nothing by %s', (codec) => {
    expect(unpackers()(codec)(Buffer.of(0), 0)).toHaveLength(0);
  });

  it.each([
    { what: 'longer than it says', codec: 'UNCOMPRESSED', packed: TEXT, length: 8, why: 'another length' },
    { what: 'shorter than it says', codec: 'GZIP', packed: gzipSync(TEXT), length: 10, why: 'another length' },
    { what: 'shorter than Snappy says', codec: 'SNAPPY', packed: SNAPPED, length: 10, why: 'another length' },
    {
      what: 'more than so many bytes can hold',
      codec: 'SNAPPY',
      packed: Buffer.of(0xff, 0xff, 0xff, 0x3f, 0, 0),
      length: 0x07_ff_ff_ff,
      why: 'another length',
    },
    { what: 'too large', codec: 'GZIP', packed: gzipSync(TEXT), length: 128 * MEGABYTES + 1, why: 'too large' },
    { what: 'of less than nothing', codec: 'SNAPPY', packed: SNAPPED, length: -1, why: 'too large' },
    { what: 'packed by what we do not know', codec: 'LZ4', packed: TEXT, length: 9, why: 'packed by LZ4' },
    { what: 'packed by nobody knows what', codec: undefined, packed: TEXT, length: 9, why: 'packed by unknown' },
  ])('that is $what is refused', ({ codec, packed, length, why }) => {
    expect(() => unpackers()(codec)(packed, length)).toThrow(why);
  });

  it('is refused when all together are more than a file can hold', () => {
    const unpack = unpackers()('SNAPPY');
    const claim = () => unpack(SNAPPED, 128 * MEGABYTES);

    for (let page = 0; page < 16; page += 1) expect(claim).toThrow('another length');
    expect(claim).toThrow('too large');
  });
});
