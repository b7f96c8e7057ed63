import { textOf } from '../record.ts';
import type { JsonRecord } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import type { StandInLogGroup, StandInLogStream } from '../stand-in-account.ts';
import type { Caller } from '../wire.ts';

/** Exactly one of name and identifier; the identifier may be an ARN without its `:*` (API-38, API-53). */
export function findLogGroup(input: JsonRecord, caller: Caller): StandInLogGroup {
  const name = textOf(input['logGroupName']);
  const identifier = textOf(input['logGroupIdentifier']);
  if ((name === undefined) === (identifier === undefined)) {
    throw new ServiceError(
      'InvalidParameterException',
      'Exactly one of logGroupName and logGroupIdentifier must be given.',
    );
  }
  const wanted = name ?? nameOfArn(identifier ?? '', caller);
  const group = (caller.account.logGroups ?? []).find((each) => each.name === wanted);
  if (group === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return group;
}

function nameOfArn(identifier: string, { identity, region }: Caller): string {
  const prefix = `${logGroupArnPrefix(identity.accountId, region)}:`;
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
}

export function logGroupArnPrefix(accountId: string, region: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group`;
}

/** Only Insights reads groups of the Infrequent Access class (API-47). */
export function refuseInfrequentAccess(group: StandInLogGroup, operation: string): void {
  if (group.class === 'INFREQUENT_ACCESS') {
    throw new ServiceError(
      'InvalidOperationException',
      `${operation} is not supported for log groups of the Infrequent Access class.`,
    );
  }
}

export function findLogStream(group: StandInLogGroup, name: string): StandInLogStream {
  const stream = group.streams.find((each) => each.name === name);
  if (stream === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return stream;
}
