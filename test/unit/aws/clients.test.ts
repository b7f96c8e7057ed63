import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/aws/aws-settings.ts';
import { createClients } from '../../../src/aws/clients.ts';

const clients = createClients({ accounts: [], regions: [], limits: DEFAULT_LIMITS });
const place = clients.at({ region: 'eu-central-1' }, 'U024BE7LH');

it.each(['ec2', 'elb', 'cloudTrail', 'logs', 's3', 'sts', 'athena'] as const)(
  'the client %s copies nothing for a log of its own',
  async (service) => {
    const { middlewareStack } = await place[service]();

    const names = middlewareStack.identify().map((entry) => entry.split(' ')[0]);
    expect(names).not.toContain('loggerMiddleware');
    expect(names.length).toBeGreaterThan(3);
  },
);

it('the SDK repeats calls, but none of CloudTrail, for which each attempt has to wait', async () => {
  expect(await place.ec2().config.maxAttempts()).toBe(3);
  expect(await place.cloudTrail().config.maxAttempts()).toBe(1);
});
