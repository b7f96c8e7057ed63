import { expect, it } from 'vitest';
import { CredentialsError } from '../../../src/aws/remember-credentials.ts';
import { toFailure, toRefusal } from '../../../src/aws/to-failure.ts';

const PLACE = { accountId: '111122223333', region: 'eu-west-1' };
const READING_GROUPS = { call: 'DescribeSecurityGroups', place: PLACE } as const;

/** An error as the SDK throws it. */
function sdkError(name: string, httpStatusCode?: number, message = 'secret AKIAABCDEFGHIJKLMNOP') {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

it.each([
  ['UnauthorizedOperation', 403, 'missing-permission'],
  ['AccessDenied', 400, 'missing-permission'],
  ['AccessDeniedException', 400, 'missing-permission'],
  ['SomethingNew', 403, 'missing-permission'],
  ['OptInRequired', 401, 'missing-permission'],
  ['RequestLimitExceeded', 503, 'throttled'],
  ['Throttling', 400, 'throttled'],
  ['ThrottlingException', 400, 'throttled'],
  ['SlowDown', 503, 'throttled'],
  ['TooManyRequestsException', 429, 'throttled'],
  ['SomethingNew', 429, 'throttled'],
  ['ExpiredToken', 400, 'no-credentials'],
  ['ExpiredTokenException', 403, 'no-credentials'],
  ['RequestExpired', 400, 'no-credentials'],
  ['InvalidClientTokenId', 403, 'no-credentials'],
  ['UnrecognizedClientException', 400, 'no-credentials'],
  ['AuthFailure', 401, 'no-credentials'],
  ['SignatureDoesNotMatch', 403, 'no-credentials'],
  ['InvalidNetworkInterfaceID.NotFound', 400, 'no-such-resource'],
  ['ResourceNotFoundException', 400, 'no-such-resource'],
  ['NoSuchBucket', 404, 'no-such-resource'],
  ['SomethingNew', 404, 'no-such-resource'],
  ['InternalError', 500, 'unreachable'],
  ['ServiceUnavailable', 503, 'unreachable'],
  ['SyntaxError', 502, 'unreachable'],
  ['TimeoutError', undefined, 'unreachable'],
  ['InvalidParameterValue', 400, 'unreachable'],
  ['AbortError', undefined, 'cancelled'],
])('reads %s with status %s as %s', (name, status, kind) => {
  expect(toFailure(sdkError(name, status), READING_GROUPS)?.kind).toBe(kind);
});

it('names the action and the place of a missing permission', () => {
  expect(toFailure(sdkError('UnauthorizedOperation', 403), READING_GROUPS)).toEqual({
    kind: 'missing-permission',
    action: 'ec2:DescribeSecurityGroups',
    place: PLACE,
  });
});

it.each([
  ['ListObjectsV2', 's3:ListBucket'],
  ['GetObject', 's3:GetObject'],
  ['FilterLogEvents', 'logs:FilterLogEvents'],
] as const)('names %s by the action that allows it, %s', (call, action) => {
  expect(toFailure(sdkError('AccessDenied', 403), { call, place: PLACE })).toMatchObject({ action });
});

it('asks for kms:Decrypt when the refusal is about the key', () => {
  const refused = sdkError('AccessDenied', 403, 'User is not authorized to perform: kms:Decrypt on this resource');

  expect(toFailure(refused, { call: 'GetObject', place: PLACE })).toMatchObject({ action: 'kms:Decrypt' });
});

it.each([
  [Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }), 'ENOTFOUND'],
  [sdkError('InternalError', 500), 'HTTP 500 InternalError'],
])('says in a word why AWS was out of reach: %s', (error, detail) => {
  expect(toFailure(error, READING_GROUPS)).toEqual({ kind: 'unreachable', service: 'EC2', detail });
});

it.each([
  sdkError('UnauthorizedOperation', 403),
  sdkError('ExpiredToken', 400),
  sdkError('InternalError', 500),
  sdkError('Odd <!channel> name AKIAABCDEFGHIJKLMNOP', 500),
])('passes nothing on of what AWS wrote: %s', (error) => {
  expect(JSON.stringify(toFailure(error, READING_GROUPS))).not.toContain('AKIA');
});

it('leaves a fault of ours alone', () => {
  expect(toFailure(new TypeError('undefined is not a function'), READING_GROUPS)).toBeUndefined();
});

it('takes a role that may not be assumed for a permission to give', () => {
  const refused = new CredentialsError('arn:aws:iam::111122223333:role/vpc-why', {
    cause: sdkError('AccessDenied', 403),
  });

  expect(toFailure(refused, READING_GROUPS)).toEqual({
    kind: 'missing-permission',
    action: 'sts:AssumeRole',
    place: PLACE,
  });
});

it.each([
  ['CredentialsProviderError', undefined, sdkError('CredentialsProviderError')],
  ['ExpiredToken', 'arn:aws:iam::111122223333:role/r', sdkError('ExpiredToken', 403)],
])('has no credentials when their provider says %s', (detail, roleArn, cause) => {
  expect(toFailure(new CredentialsError(roleArn, { cause }), READING_GROUPS)).toEqual({
    kind: 'no-credentials',
    detail,
  });
});

it('sees through a role whose own credentials are missing', () => {
  const own = new CredentialsError(undefined, { cause: sdkError('CredentialsProviderError') });
  const role = new CredentialsError('arn:aws:iam::111122223333:role/vpc-why', { cause: own });

  expect(toFailure(role, READING_GROUPS)).toEqual({ kind: 'no-credentials', detail: 'CredentialsProviderError' });
});

it.each([
  ['UnauthorizedOperation', 403, { action: 'ec2:DescribeSecurityGroups', because: 'access-denied', about: 'sg-1' }],
  ['RequestLimitExceeded', 503, { action: 'ec2:DescribeSecurityGroups', because: 'throttled', about: 'sg-1' }],
  ['InternalError', 500, { action: 'ec2:DescribeSecurityGroups', because: 'unreachable', about: 'sg-1' }],
  ['InvalidGroup.NotFound', 400, { action: 'ec2:DescribeSecurityGroups', because: 'not-found', about: 'sg-1' }],
  ['ExpiredToken', 400, undefined],
])('notes %s in the snapshot', (name, status, refusal) => {
  const failure = toFailure(sdkError(name, status), READING_GROUPS)!;

  expect(toRefusal(failure, 'DescribeSecurityGroups', 'sg-1')).toEqual(refusal);
});
