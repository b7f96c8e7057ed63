import { serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import type { Call, WireRequest } from '../wire.ts';

/** Method, path and query to an operation. Buckets come in the path or as the first label of the host. */
export function readS3Call(request: WireRequest, trouble: TroubleTable): Call {
  const { bucket, key } = readPlace(request);
  const operation = operationOf(request, key);
  const action = ACTIONS.get(operation);
  if (bucket === '' || action === undefined) {
    throw serviceError(trouble, 'unknown-operation', `No stand-in for ${request.method} ${request.url.pathname}`);
  }
  const query = Object.fromEntries(request.url.searchParams);
  return { operation, action, input: { ...query, bucket, key, range: request.headers.range } };
}

/** Operation to the IAM action that permits it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html */
const ACTIONS = new Map([
  ['ListObjectsV2', 's3:ListBucket'],
  ['HeadBucket', 's3:ListBucket'],
  ['GetBucketLocation', 's3:GetBucketLocation'],
  ['GetObject', 's3:GetObject'],
  ['HeadObject', 's3:GetObject'],
]);

function operationOf({ method, url }: WireRequest, key: string): string {
  if (key !== '') {
    return method === 'HEAD' ? 'HeadObject' : `${capitalised(method)}Object`;
  }
  if (method === 'HEAD') {
    return 'HeadBucket';
  }
  if (method !== 'GET') {
    return `${capitalised(method)}Bucket`;
  }
  return url.searchParams.has('location') ? 'GetBucketLocation' : 'ListObjectsV2';
}

function capitalised(method: string): string {
  return method.charAt(0) + method.slice(1).toLowerCase();
}

const VIRTUAL_HOST = /^(.+)\.(?:localhost|127\.0\.0\.1)(?::\d+)?$/;

function readPlace({ headers, url }: WireRequest): { readonly bucket: string; readonly key: string } {
  const path = url.pathname.slice(1);
  const [, host] = VIRTUAL_HOST.exec(headers.host ?? '') ?? [];
  if (host !== undefined) {
    return { bucket: host, key: decodeURIComponent(path) };
  }
  const slash = path.indexOf('/');
  return slash === -1
    ? { bucket: path, key: '' }
    : { bucket: path.slice(0, slash), key: decodeURIComponent(path.slice(slash + 1)) };
}
