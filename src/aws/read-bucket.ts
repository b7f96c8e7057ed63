import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ExpectedError } from '../failure/expected-error.ts';
import type { Failure } from '../failure/failure.ts';
import { asExpected, callAws, type Asking } from './call-aws.ts';
import { readPages, type Listing } from './read-pages.ts';
import { unpackText, type TakeChunk } from './unpack-text.ts';

export interface ObjectSource {
  readonly bucket: string;
  readonly key: string;
  readonly asking: Asking;
}

export interface ListedObject {
  readonly key: string;
  readonly size: number;
}

interface ListRequest {
  readonly bucket: string;
  readonly prefixes: readonly string[];
  /** The end of the first key of each prefix that is of interest. */
  readonly from: string;
}

/** All objects under these prefixes, listed side by side. */
export async function listObjects(asking: Asking, request: ListRequest): Promise<Listing<ListedObject>> {
  const listings = await Promise.all(request.prefixes.map((prefix) => listPrefix(asking, request, prefix)));
  return {
    items: listings.flatMap((listing) => listing.items),
    complete: listings.every((listing) => listing.complete),
  };
}

function listPrefix(asking: Asking, { bucket, from }: ListRequest, prefix: string): Promise<Listing<ListedObject>> {
  return readPages(asking, async (page, token) => {
    const input = { Bucket: bucket, Prefix: prefix, StartAfter: `${prefix}${from}`, ContinuationToken: token };
    const { Contents = [], NextContinuationToken } = await callAws(page, 'ListObjectsV2', (options) =>
      page.clients.s3().send(new ListObjectsV2Command(input), options),
    );
    const items = Contents.flatMap(({ Key, Size = 0 }) => (Key === undefined ? [] : [{ key: Key, size: Size }]));
    return { items, nextToken: NextContinuationToken };
  });
}

/** A text file of any size: when no more is wanted the rest is not fetched. */
export async function readTextObject(source: ObjectSource, take: TakeChunk): Promise<void> {
  const { asking } = source;
  const body = await openObject(source);
  try {
    await unpackText(body, take, asking.signal);
  } catch (error) {
    throw asExpected(error, asking, 'GetObject');
  } finally {
    body.destroy();
  }
}

/** For formats that cannot be read from front to back. */
export async function readWholeObject(source: ObjectSource, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const { asking } = source;
  const body = await openObject(source);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    await pipeline(
      body,
      async (pieces: AsyncIterable<Uint8Array>) => {
        for await (const piece of pieces) {
          length += piece.length;
          if (length > limit) throw new ExpectedError(tooLarge(limit));
          chunks.push(piece);
        }
      },
      { signal: asking.signal },
    );
  } catch (error) {
    throw asExpected(error, asking, 'GetObject');
  } finally {
    body.destroy();
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(limit: number): Failure {
  return { kind: 'unreachable', service: 'S3', detail: `file larger than ${limit} bytes` };
}

async function openObject({ asking, bucket, key }: ObjectSource): Promise<Readable> {
  const { Body } = await callAws(asking, 'GetObject', (options) =>
    asking.clients.s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }), options),
  );
  if (Body instanceof Readable) return Body;
  throw new ExpectedError({ kind: 'unreachable', service: 'S3', detail: 'empty answer' });
}
