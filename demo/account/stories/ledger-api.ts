import { passes } from '../story.ts';
import type { Story } from '../story.ts';
import { checkoutWorker } from './neighbours.ts';

/** Somebody took the rule of this client away, and a minute later it was turned away: the nearest ends one block before. */
export const ledgerApi: Story = {
  host: {
    name: 'ledger-api',
    subnet: 'prod-app-b',
    address: '10.20.5.30',
    groups: [
      {
        name: 'ledger-api',
        description: 'Ledger, internal HTTPS',
        ingress: [
          { protocol: 'tcp', ports: 8443, peer: '10.20.4.0/25', description: '<!channel> ask `@dana` before removing' },
        ],
      },
    ],
  },
  neighbours: [checkoutWorker],
  traffic: [
    passes('10.20.4.17', '10.20.5.30', 8443),
    passes('10.20.5.30', '10.20.9.40', 5432),
    {
      minutesAgo: [41, 4],
      times: 96,
      client: checkoutWorker.address,
      server: '10.20.5.30',
      port: 8443,
      forward: 'REJECT',
    },
  ],
  changes: [
    {
      minutesAgo: 42,
      event: 'RevokeSecurityGroupIngress',
      rule: { protocol: 'tcp', ports: 8443, peer: '10.20.4.128/25' },
      role: 'deploy',
    },
  ],
  question: { title: 'The new checkout worker times out at the ledger', expectRow: 'T-1' },
};
