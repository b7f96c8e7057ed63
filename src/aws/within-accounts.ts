import type { Scope } from '../command/command.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { AwsSettings } from './aws-settings.ts';

/**
 * As if nothing but these accounts were configured: neither found, nor listed as known, nor read for the members of a
 * group. Throws where none is left: without accounts the SDK's own credentials would be used.
 */
export function withinAccounts(settings: AwsSettings, scope: Scope): AwsSettings {
  if (settings.accounts.length === 0) return settings;
  const accounts = settings.accounts.filter(({ id }) => isTold(scope, id));
  if (accounts.length === 0) throw noAccountInReach();
  return { ...settings, accounts };
}

/** Whether the asker may hear of this account. */
export function isTold({ onlyAccounts }: Scope, accountId: string): boolean {
  return onlyAccounts === undefined || onlyAccounts.some((each) => each === accountId);
}

export function noAccountInReach(): ExpectedError {
  return new ExpectedError({ kind: 'no-account-in-reach' });
}
