import { createHash } from 'node:crypto';

export const ACCOUNT_ID = '123456789012';
export const REGION = 'eu-west-1';

/** An id as AWS writes them, the same for the same name: stories and records meet by names. */
export function resourceId(prefix: string, name: string): string {
  const digest = createHash('sha256').update(`${prefix}/${name}`).digest('hex').slice(0, 16);
  return WELL_KNOWN[name]?.[prefix] ?? `${prefix}-0${digest}`;
}

/** Ids that the README and the messages' mock-ups show. */
const WELL_KNOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'payments-db': { eni: 'eni-0a1b2c3d4e5f60718' },
};
