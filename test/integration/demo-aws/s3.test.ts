import { gunzipSync, gzipSync } from 'node:zlib';

import {
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';

import { accessKeyOf } from '../../../demo/aws/stand-in-account.ts';
import { ACCOUNT, REGION, connect } from './connect.ts';

const DAY = `AWSLogs/${ACCOUNT}/vpcflowlogs/${REGION}/2026/01/02/`;
const BUCKET = {
  name: 'flow-logs',
  objects: new Map([
    [`${DAY}b.log.gz`, gzipSync('version\n2\n')],
    [`${DAY}a.log.gz`, Buffer.from('0123456789')],
    [`${DAY}odd key + "ü".log.gz`, Buffer.from('odd')],
    ['other/c', Buffer.from('c')],
  ]),
};
const Bucket = BUCKET.name;

it('lists keys of a prefix in order, with sizes', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  const { Contents, KeyCount, IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: DAY }));

  expect(Contents?.map((object) => object.Key)).toEqual([
    `${DAY}a.log.gz`,
    `${DAY}b.log.gz`,
    `${DAY}odd key + "ü".log.gz`,
  ]);
  expect(Contents?.[0]).toMatchObject({ Size: 10, LastModified: expect.any(Date), StorageClass: 'STANDARD' });
  expect([KeyCount, IsTruncated]).toEqual([3, false]);
});

it('continues a listing, starts it after a key, and rolls up at a delimiter', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  const pages = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, MaxKeys: 3 })) {
    pages.push(page.Contents?.length);
  }
  const after = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: `${DAY}a.log.gz` }));
  const folders = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));

  expect(pages).toEqual([3, 1]);
  expect(after.Contents?.[0]?.Key).toBe(`${DAY}b.log.gz`);
  expect(folders.CommonPrefixes).toEqual([{ Prefix: 'AWSLogs/' }, { Prefix: 'other/' }]);
});

it('gives objects, whole or in part', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  const whole = await s3.send(new GetObjectCommand({ Bucket, Key: `${DAY}b.log.gz` }));
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: `${DAY}a.log.gz`, Range: 'bytes=2-4' }));
  const odd = await s3.send(new GetObjectCommand({ Bucket, Key: `${DAY}odd key + "ü".log.gz` }));
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: `${DAY}a.log.gz` }));

  expect(gunzipSync((await whole.Body?.transformToByteArray())!).toString()).toBe('version\n2\n');
  expect([await part.Body?.transformToString(), part.ContentRange]).toEqual(['234', 'bytes 2-4/10']);
  expect(await odd.Body?.transformToString()).toBe('odd');
  expect(head.ContentLength).toBe(10);
});

it('tells where a bucket is', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: REGION });
  expect(await s3.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: REGION });
});

it('takes the bucket from the host as well', async () => {
  const { aws } = await connect({ buckets: [BUCKET] });
  const s3 = new S3Client({
    endpoint: aws.url.replace('127.0.0.1', 'localhost'),
    region: REGION,
    credentials: { accessKeyId: accessKeyOf(ACCOUNT), secretAccessKey: 'secret' },
  });
  s3.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { hostname: string; headers: Record<string, string> };
      request.headers['host'] = `${request.hostname}:${new URL(aws.url).port}`;
      request.hostname = '127.0.0.1';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );

  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'other/' }));

  expect(aws.calls[0]?.input).toMatchObject({ bucket: Bucket });
  expect(Contents?.map((object) => object.Key)).toEqual(['other/c']);
});

it('says what is missing', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'gone' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'gone' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'gone' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  });
});

it('refuses what the account may not do, and hides what is missing from who may not list', async () => {
  const { s3 } = await connect({ buckets: [BUCKET], denied: ['s3:ListBucket'] });

  const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };
  await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'gone' }))).rejects.toMatchObject(denied);
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'other/c' }))).ContentLength).toBe(1);
});

const sharing = (readers: string[]) => ({
  snapshot: { accountId: '210987654321', region: REGION },
  buckets: [{ ...BUCKET, readers }],
});

it('opens the bucket of another account only to its readers', async () => {
  const shared = await connect({}, sharing([ACCOUNT]));
  const closed = await connect({}, sharing([]));

  expect((await shared.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(4);
  await expect(closed.s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'AccessDenied' });
});

it('sends who asks the wrong region to the right one', async () => {
  const { s3 } = await connect({}, { snapshot: { accountId: ACCOUNT, region: 'us-east-1' }, buckets: [BUCKET] });

  await expect(s3.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
    name: 'PermanentRedirect',
    $metadata: { httpStatusCode: 301 },
  });
});

it('writes nothing', async () => {
  const { s3 } = await connect({ buckets: [BUCKET] });

  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'b' }))).rejects.toMatchObject({
    name: 'MethodNotAllowed',
  });
});
