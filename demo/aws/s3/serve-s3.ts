import { textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import type { TroubleTable } from '../service-error.ts';
import { REQUEST_ID, textAnswer } from '../wire.ts';
import type { Answer, ServiceContext, StandInService } from '../wire.ts';
import type { OwnedBucket } from '../directory.ts';
import { element, escapeXml, xmlDocument } from '../write-xml.ts';
import { S3_NAMESPACE, listObjects } from './list-objects.ts';
import { readS3Call } from './read-s3-call.ts';

const TROUBLE: TroubleTable = {
  throttled: { code: 'SlowDown', status: 503 },
  denied: { code: 'AccessDenied', status: 403 },
  internal: { code: 'InternalError', status: 500 },
  'unknown-credentials': { code: 'InvalidAccessKeyId', status: 403 },
  'unknown-operation': { code: 'MethodNotAllowed', status: 405 },
};

/** S3's REST protocol, as far as reading flow logs needs it. */
export const s3Service: StandInService = {
  trouble: TROUBLE,
  readCall: (request) => readS3Call(request, TROUBLE),
  answer(call, context) {
    const owned = openBucket(textOf(call.input['bucket']) ?? '', context);
    const answer = OPERATIONS[call.operation];
    return answer === undefined ? textAnswer(501, 'text/plain', '') : answer(owned, call.input, context);
  },
  answerError(error, request) {
    const fault = element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
    const body = element('Error', fault + element('RequestId', REQUEST_ID));
    const answer = textAnswer(error.status, 'application/xml', request.method === 'HEAD' ? '' : body);
    return { ...answer, headers: { ...answer.headers, ...error.headers } };
  },
};

type Operation = (owned: OwnedBucket, input: JsonRecord, context: ServiceContext) => Answer;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  ListObjectsV2: listObjects,
  HeadBucket: ({ owner }) => {
    const answer = textAnswer(200, 'application/xml', '');
    return { ...answer, headers: { ...answer.headers, 'x-amz-bucket-region': owner.snapshot.region } };
  },
  GetBucketLocation: ({ owner: { snapshot } }) =>
    textAnswer(200, 'application/xml', xmlDocument('LocationConstraint', S3_NAMESPACE, snapshot.region)),
  GetObject: readObject,
  HeadObject: readObject,
};

function openBucket(name: string, { caller, directory }: ServiceContext): OwnedBucket {
  const owned = directory.findBucket(name);
  if (owned === undefined) {
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
  }
  const { accountId, region } = owned.owner.snapshot;
  const readers = [accountId, ...(owned.bucket.readers ?? [])];
  if (!readers.includes(caller.identity.accountId)) {
    throw serviceError(TROUBLE, 'denied', 'Access Denied');
  }
  if (region !== caller.region) {
    const message = 'The bucket you are attempting to access must be addressed using the specified endpoint.';
    throw new ServiceError('PermanentRedirect', message, { status: 301, headers: { 'x-amz-bucket-region': region } });
  }
  return owned;
}

/** Who may not list a bucket is not told that a key is missing. */
function readObject({ bucket }: OwnedBucket, input: JsonRecord, { caller }: ServiceContext): Answer {
  const object = bucket.objects.get(textOf(input['key']) ?? '');
  if (object === undefined) {
    throw caller.account.denied?.includes('s3:ListBucket') === true
      ? serviceError(TROUBLE, 'denied', 'Access Denied')
      : new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(textOf(input['range']) ?? '') ?? [];
  const headers = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' };
  if (from === undefined) {
    return { status: 200, headers, body: object };
  }
  const end = to === undefined || to === '' ? object.length : Math.min(object.length, Number(to) + 1);
  const range = `bytes ${from}-${end - 1}/${object.length}`;
  return { status: 206, headers: { ...headers, 'content-range': range }, body: object.subarray(Number(from), end) };
}
