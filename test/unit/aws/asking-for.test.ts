import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askingFor, type QuestionContext } from '../../../src/aws/asking-for.ts';
import { DEFAULT_LIMITS } from '../../../src/aws/aws-settings.ts';
import { CallMeter } from '../../../src/aws/call-meter.ts';
import { createClients, type AwsClients } from '../../../src/aws/clients.ts';
import { Slots } from '../../../src/aws/slots.ts';

let clients: AwsClients;
let context: QuestionContext;

beforeEach(() => {
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  const { signal } = new AbortController();
  clients = createClients({ accounts: [], regions: [], limits: DEFAULT_LIMITS });
  context = {
    clients,
    limits: DEFAULT_LIMITS,
    slots: new Slots(1),
    observe: () => undefined,
    meter: new CallMeter(),
    askedBy: 'dana',
    cancelled: signal,
    signal,
    unhurried: signal,
  };
});
afterEach(() => {
  clients.close();
  vi.unstubAllEnvs();
});

it.each([
  ['the one that is asked for', { region: 'us-east-1' }, 'us-east-1'],
  ["otherwise the SDK's own", {}, 'eu-west-1'],
])('asks in a region: %s', async (_, place, region) => {
  vi.stubEnv('AWS_REGION', 'eu-west-1');

  expect(await askingFor(place, context)).toMatchObject({ place: { region } });
});

it('is a failure that says so when nobody names a region', async () => {
  await expect(askingFor({}, context)).rejects.toMatchObject({ failure: { kind: 'no-region' } });
});
