import * as sts from '@aws-sdk/client-sts';
import { textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError, serviceError } from '../service-error.ts';
import { QUERY_TROUBLE, serveQuery } from '../serve-query.ts';
import type { ServiceContext } from '../wire.ts';

/** STS: who am I, and let me be somebody in another account. */
export const stsService = serveQuery({
  prefix: 'sts',
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  version: '2011-06-15',
  sdk: sts,
  operations: {
    GetCallerIdentity: (_input, { caller: { identity } }) => ({
      UserId: identity.userId,
      Account: identity.accountId,
      Arn: identity.arn,
    }),
    AssumeRole: assumeRole,
  },
});

/** A role opens to whoever brings the external id that its trust policy asks for (API-68). */
function assumeRole(input: JsonRecord, { caller, directory }: ServiceContext): JsonRecord {
  const roleArn = textOf(input['RoleArn']) ?? '';
  const sessionName = textOf(input['RoleSessionName']) ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new ServiceError('ValidationError', `'${sessionName}' at 'roleSessionName' failed to satisfy constraint`);
  }
  const role = directory.findRole(roleArn);
  if (role === undefined || (role.externalId !== undefined && role.externalId !== input['ExternalId'])) {
    const message = `User: ${caller.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    throw serviceError(QUERY_TROUBLE, 'denied', message);
  }
  const session = directory.openSession(roleArn, sessionName);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: 'checked-by-nobody-on-loopback',
      SessionToken: session.sessionToken,
      Expiration: new Date(Date.now() + ONE_HOUR_MS),
    },
    AssumedRoleUser: { AssumedRoleId: session.identity.userId, Arn: session.identity.arn },
  };
}

const ONE_HOUR_MS = 3_600_000;
