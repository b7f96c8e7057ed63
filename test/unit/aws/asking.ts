import { onTestFinished } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/aws/aws-settings.ts';
import type { Asking } from '../../../src/aws/call-aws.ts';
import { CallMeter } from '../../../src/aws/call-meter.ts';
import { createClients } from '../../../src/aws/clients.ts';
import { Slots } from '../../../src/aws/slots.ts';

/** A question's first round, put to nobody yet. */
export function asking(): Asking {
  const clients = createClients({ accounts: [], regions: [], limits: DEFAULT_LIMITS });
  onTestFinished(clients.close);
  const { signal } = new AbortController();
  return {
    place: { accountId: '123456789012', region: 'eu-west-1' },
    clients: clients.at({ region: 'eu-west-1' }, 'dana'),
    cancelled: signal,
    signal,
    unhurried: signal,
    meter: new CallMeter(),
    slots: new Slots(5),
    observe: () => undefined,
    round: 1,
    pages: 20,
  };
}
