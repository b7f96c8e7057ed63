import type { Scope } from '../command/command.ts';
import { ExpectedError } from '../failure/expected-error.ts';
import type { AwsAccount, AwsSettings } from './aws-settings.ts';

/** An account and region to ask. Without `account`: the SDK's own credentials; without `region`: the SDK's own. */
export interface ScopedPlace {
  readonly account?: AwsAccount;
  readonly region?: string;
}

/** Every account and region the configuration names, narrowed to what the question asks for. */
export function placesInScope(settings: AwsSettings, scope: Scope): readonly ScopedPlace[] {
  return settings.accounts.length === 0 ? ownPlaces(settings, scope) : configuredPlaces(settings, scope);
}

/**
 * Where something is known to be; `undefined` where the bot does not go. `own`: the account of the SDK's own credentials,
 * which count while no account is configured.
 */
export function placeInReach(
  { accounts }: AwsSettings,
  { accountId, region }: KnownPlace,
  own?: string,
): ScopedPlace | undefined {
  if (accounts.length === 0) return accountId === own ? { region } : undefined;
  const account = accounts.find(({ id, regions }) => id === accountId && regions.includes(region));
  return account === undefined ? undefined : { account, region };
}

interface KnownPlace {
  readonly accountId: string;
  readonly region: string;
}

/** With the SDK's own credentials any region may be asked for. */
function ownPlaces({ regions }: AwsSettings, { region }: Scope): readonly ScopedPlace[] {
  if (region !== undefined) return [{ region }];
  return regions.length === 0 ? [{}] : regions.map((each) => ({ region: each }));
}

/** Configured accounts and regions are a promise about where the bot goes: nothing outside them is asked. */
function configuredPlaces({ accounts }: AwsSettings, { accountId, region }: Scope): readonly ScopedPlace[] {
  const chosen = accounts.filter((account) => accountId === undefined || account.id === accountId);
  if (chosen.length === 0)
    throw notConfigured(
      `account ${accountId}`,
      accounts.map((account) => account.id),
    );
  const places = chosen.flatMap((account) => account.regions.map((each) => ({ account, region: each })));
  const wanted = places.filter((place) => region === undefined || place.region === region);
  if (wanted.length === 0)
    throw notConfigured(
      `region ${region}`,
      places.map((place) => place.region),
    );
  return wanted;
}

function notConfigured(input: string, known: readonly string[]): ExpectedError {
  const expected = `one of those configured: ${[...new Set(known)].join(', ')}`;
  return new ExpectedError({ kind: 'not-understood', input, expected });
}
