import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/aws/aws-settings.ts';
import { placesInScope } from '../../../src/aws/places-in-scope.ts';
import { parseAccountId, parseRegion } from '../../../src/vpc/ids.ts';

const account = (id: string, ...regions: string[]) => ({
  id,
  roleArn: `arn:aws:iam::${id}:role/vpc-why`,
  externalId: 'e-1',
  regions,
});
const TWO_ACCOUNTS = {
  accounts: [account('111122223333', 'eu-west-1', 'eu-central-1'), account('444455556666', 'eu-west-1')],
  regions: [],
  limits: DEFAULT_LIMITS,
};
const OWN = { accounts: [], regions: [], limits: DEFAULT_LIMITS };

const scope = (accountId?: string, region?: string) => ({
  ...(accountId === undefined ? {} : { accountId: parseAccountId(accountId)! }),
  ...(region === undefined ? {} : { region: parseRegion(region)! }),
});

it.each([
  ['everywhere', scope(), ['111122223333 eu-west-1', '111122223333 eu-central-1', '444455556666 eu-west-1']],
  ['one account', scope('111122223333'), ['111122223333 eu-west-1', '111122223333 eu-central-1']],
  ['one region', scope(undefined, 'eu-west-1'), ['111122223333 eu-west-1', '444455556666 eu-west-1']],
])('looks in %s', (_where, narrowed, places) => {
  expect(placesInScope(TWO_ACCOUNTS, narrowed).map((place) => `${place.account?.id} ${place.region}`)).toEqual(places);
});

it.each([
  [scope('999999999999'), { input: 'account 999999999999', expected: /111122223333, 444455556666$/ }],
  [scope(undefined, 'us-east-1'), { input: 'region us-east-1', expected: /eu-west-1, eu-central-1$/ }],
])('goes nowhere the configuration does not name', (narrowed, { input, expected }) => {
  expect(() => placesInScope(TWO_ACCOUNTS, narrowed)).toThrow(
    expect.objectContaining({
      failure: { kind: 'not-understood', input, expected: expect.stringMatching(expected) },
    }),
  );
});

it.each([
  { where: "the SDK's own region", settings: OWN, narrowed: scope(), places: [{}] },
  {
    where: 'the regions configured',
    settings: { ...OWN, regions: ['eu-west-1', 'eu-west-2'] },
    narrowed: scope(),
    places: [{ region: 'eu-west-1' }, { region: 'eu-west-2' }],
  },
  {
    where: 'the region asked for',
    settings: { ...OWN, regions: ['eu-west-1'] },
    narrowed: scope(undefined, 'us-east-1'),
    places: [{ region: 'us-east-1' }],
  },
])('without accounts looks in $where', ({ settings, narrowed, places }) => {
  expect(placesInScope(settings, narrowed)).toEqual(places);
});
