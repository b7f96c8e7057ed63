import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ExpectedError } from '../failure/expected-error.ts';
import { callAws, type Asking } from './call-aws.ts';

/** The account of the SDK's own credentials; `undefined` when AWS would not tell. */
export type ReadOwnAccount = (asking: Asking) => Promise<string | undefined>;

/** Asked once: the answer does not change while the process runs. Who may not know it, or not now, goes on without. */
export function createReadOwnAccount(): ReadOwnAccount {
  let known: string | undefined;
  return async (asking) => {
    try {
      known ??= await readCallerAccount(asking);
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
    }
    return known;
  };
}

export async function readCallerAccount(asking: Asking): Promise<string | undefined> {
  const identity = await callAws(asking, 'GetCallerIdentity', (options) =>
    asking.clients.sts().send(new GetCallerIdentityCommand({}), options),
  );
  return identity.Account;
}

/** AWS names the owner of whatever it lists; a server that tells neither it nor the caller's account is none we can use. */
export function noAccount(): ExpectedError {
  return new ExpectedError({ kind: 'unreachable', service: 'STS', detail: 'no account id' });
}
