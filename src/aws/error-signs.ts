/** What can be told from an error of the SDK, of Node's sockets or of a stand-in. */
export interface ErrorSigns {
  readonly name: string;
  /** `ECONNREFUSED`, `ENOTFOUND`. */
  readonly code?: string;
  readonly status?: number;
  /** The refusal is about decrypting: AWS says so in the message only. */
  readonly mentionsKey: boolean;
}

/**
 * Whether the error came from outside: the SDK marks what a service or the network did with `$metadata`, sockets have
 * a `code`, and providers of credentials and abort signals are known by name.
 */
export function isForeignError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return '$metadata' in error || '$fault' in error || 'code' in error || KNOWN_NAMES.test(error.name);
}

const KNOWN_NAMES = /^(AbortError|TimeoutError|CredentialsProviderError|TokenProviderError|ProviderError|SyntaxError)$/;

export function readErrorSigns(error: Error): ErrorSigns {
  const code = wordOf(Reflect.get(error, 'code'));
  const status = statusOf(error);
  return {
    name: wordOf(error.name) ?? 'Error',
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    mentionsKey: /\bkms:Decrypt\b/i.test(error.message),
  };
}

/** Names and codes come from outside as well: only what looks like one is kept. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value) ? value : undefined;
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, '$metadata');
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}
