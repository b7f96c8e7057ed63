import { passes } from '../story.ts';
import type { Story } from '../story.ts';

/** Group and ACL allow it; the account's Block Public Access does not. */
export const jumpHost: Story = {
  host: {
    name: 'jump-host',
    subnet: 'prod-bastion-a',
    address: '10.20.2.10',
    publicAddress: '198.51.100.23',
    groups: [
      {
        name: 'jump-host',
        description: 'SSH for the office',
        ingress: [
          { protocol: 'tcp', ports: 22, peer: '203.0.113.0/24', description: 'office' },
          { protocol: 'tcp', ports: 22, peer: '10.20.0.0/16' },
        ],
      },
    ],
  },
  traffic: [
    passes('10.20.4.31', '10.20.2.10', 22),
    {
      minutesAgo: [55, 4],
      times: 24,
      client: '203.0.113.9',
      server: '10.20.2.10',
      port: 22,
      forward: 'REJECT',
      rejectReason: 'BPA',
    },
  ],
  question: { title: 'Nobody gets on the jump host from the office any more', expectRow: 'T-7' },
};
