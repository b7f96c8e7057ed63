/** What AWS says instead of an answer. `code` is the service's own word, or a kind that each service words for itself. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;

  /** What AWS adds beside the body: S3 tells a bucket's region so. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, about: number | ErrorAbout = 400) {
    super(message);
    this.code = code;
    this.status = typeof about === 'number' ? about : about.status;
    this.headers = typeof about === 'number' ? {} : about.headers;
  }
}

interface ErrorAbout {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Trouble that every service has, each under a name of its own. */
export type CommonTrouble = 'throttled' | 'denied' | 'internal' | 'unknown-credentials' | 'unknown-operation';

export type TroubleTable = Readonly<Record<CommonTrouble, { readonly code: string; readonly status: number }>>;

export function serviceError(table: TroubleTable, trouble: CommonTrouble, message: string): ServiceError {
  const { code, status } = table[trouble];
  return new ServiceError(code, message, status);
}
