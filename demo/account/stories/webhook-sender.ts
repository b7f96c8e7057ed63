import { passes } from '../story.ts';
import type { Story } from '../story.ts';

/** Its own group lets it call port 443 and nothing else; the partner moved to 8443. */
export const webhookSender: Story = {
  host: {
    name: 'webhook-sender',
    subnet: 'prod-app-b',
    address: '10.20.5.44',
    groups: [
      {
        name: 'webhook-sender',
        description: 'Calls the partners back',
        ingress: [],
        egress: [
          { protocol: 'tcp', ports: 443, peer: '0.0.0.0/0', description: 'partners' },
          { protocol: 'tcp', ports: 6379, peer: '10.20.9.0/24', description: 'queue' },
        ],
      },
    ],
  },
  traffic: [
    passes('10.20.5.44', '203.0.113.20', 443),
    { minutesAgo: [33, 4], times: 60, client: '10.20.5.44', server: '203.0.113.40', port: 8443, forward: 'REJECT' },
  ],
  question: { title: 'Webhooks to one partner fail since their move', expectRow: 'T-25' },
};
