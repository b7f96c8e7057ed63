import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';

type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;
export type ProvideCredentials = () => Promise<Credentials>;

/** Who could not give credentials, so that a refused role is told from a refused call. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  /** The role that could not be assumed; absent for the SDK's own chain. */
  readonly roleArn: string | undefined;

  constructor(roleArn: string | undefined, options: ErrorOptions) {
    super('no credentials', options);
    this.roleArn = roleArn;
  }
}

const REFRESH_MILLISECONDS = 5 * 60_000;

/**
 * Asks once and keeps the answer until shortly before it expires. The SDK remembers credentials for each client; with
 * four services and several regions that would be a dozen `AssumeRole` calls for one question.
 */
export function rememberCredentials(provide: ProvideCredentials, roleArn?: string): ProvideCredentials {
  let asked: Promise<Credentials> | undefined;
  let refreshAt = Number.POSITIVE_INFINITY;

  const ask = async (): Promise<Credentials> => {
    try {
      const credentials = await provide();
      refreshAt = (credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - REFRESH_MILLISECONDS;
      return credentials;
    } catch (error) {
      asked = undefined;
      throw new CredentialsError(roleArn, { cause: error });
    }
  };

  return () => {
    if (asked === undefined || Date.now() >= refreshAt) {
      refreshAt = Number.POSITIVE_INFINITY;
      asked = ask();
    }
    return asked;
  };
}
