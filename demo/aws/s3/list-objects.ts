import { createHash } from 'node:crypto';

import * as s3 from '@aws-sdk/client-s3';

import type { OwnedBucket } from '../directory.ts';
import { cutPage, fingerprint } from '../page.ts';
import { textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { findOperation } from '../shape.ts';
import { textAnswer } from '../wire.ts';
import type { Answer, ServiceContext } from '../wire.ts';
import { writeContent, xmlDocument } from '../write-xml.ts';

export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

const LARGEST_PAGE = 1000;

/** Keys in UTF-8 order, cut at the delimiter if there is one. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects({ bucket }: OwnedBucket, input: JsonRecord, { paging }: ServiceContext): Answer {
  const prefix = textOf(input['prefix']) ?? '';
  const after = textOf(input['start-after']) ?? '';
  const maxKeys = Math.min(Number(input['max-keys'] ?? LARGEST_PAGE), LARGEST_PAGE);
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort(byBytes);
  const entries = rollUp(keys, prefix, textOf(input['delimiter']));
  const page = cutPage(entries, {
    of: fingerprint('ListObjectsV2', { bucket: bucket.name, prefix, after }),
    token: textOf(input['continuation-token']),
    size: Math.min(maxKeys, paging.pageSize ?? maxKeys),
    invalidToken: 'InvalidArgument',
  });
  const output = findOperation(s3, 'ListObjectsV2')?.output ?? { kind: 'other' };
  const written = writeContent(output, {
    Name: bucket.name,
    Prefix: prefix,
    MaxKeys: maxKeys,
    KeyCount: page.items.length,
    IsTruncated: page.nextToken !== undefined,
    NextContinuationToken: page.nextToken,
    Contents: page.items.filter((entry) => !entry.rolledUp).map(({ text }) => describeObject(bucket.objects, text)),
    CommonPrefixes: page.items.filter((entry) => entry.rolledUp).map(({ text }) => ({ Prefix: text })),
  });
  return textAnswer(200, 'application/xml', xmlDocument('ListBucketResult', S3_NAMESPACE, written));
}

interface Entry {
  readonly text: string;
  readonly rolledUp: boolean;
}

function rollUp(keys: readonly string[], prefix: string, delimiter: string | undefined): readonly Entry[] {
  if (delimiter === undefined || delimiter === '') {
    return keys.map((text) => ({ text, rolledUp: false }));
  }
  const entries = new Map<string, Entry>();
  for (const key of keys) {
    const cut = key.indexOf(delimiter, prefix.length);
    const text = cut === -1 ? key : key.slice(0, cut + delimiter.length);
    entries.set(text, { text, rolledUp: cut !== -1 });
  }
  return [...entries.values()];
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function describeObject(objects: ReadonlyMap<string, Buffer>, key: string): JsonRecord {
  const object = objects.get(key) ?? Buffer.alloc(0);
  return {
    Key: key,
    // The same for all: who picks objects by it reads the wrong ones (FLOW-99).
    LastModified: '2026-01-01T00:00:00.000Z',
    ETag: `"${createHash('md5').update(object).digest('hex')}"`,
    Size: object.length,
    StorageClass: 'STANDARD',
  };
}
