import { ServiceError } from './service-error.ts';

/** The credential scope of Signature Version 4: who signs, for which region and service. The signature isn't checked. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
export function readAuthorization(header: string | undefined): CredentialScope {
  const [, accessKeyId, region, service] = CREDENTIAL.exec(header ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) {
    throw new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  return { accessKeyId, region, service };
}
