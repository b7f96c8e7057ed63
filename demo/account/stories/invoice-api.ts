import { passes } from '../story.ts';
import type { Story } from '../story.ts';

/** Rejected until somebody added the rule, accepted since. */
export const invoiceApi: Story = {
  host: {
    name: 'invoice-api',
    subnet: 'prod-app-b',
    address: '10.20.5.140',
    groups: [
      {
        name: 'invoice-api',
        description: 'Invoices',
        ingress: [{ protocol: 'tcp', ports: 8080, peer: '10.20.4.0/24' }],
      },
    ],
  },
  traffic: [
    passes('10.20.4.31', '10.20.5.140', 8080),
    { minutesAgo: [53, 29], times: 80, client: '10.20.4.17', server: '10.20.5.140', port: 8080, forward: 'REJECT' },
    {
      minutesAgo: [27, 4],
      times: 75,
      client: '10.20.4.17',
      server: '10.20.5.140',
      port: 8080,
      forward: 'ACCEPT',
      reply: 'ACCEPT',
    },
  ],
  changes: [
    {
      minutesAgo: 28,
      event: 'AuthorizeSecurityGroupIngress',
      rule: { protocol: 'tcp', ports: 8080, peer: '10.20.4.0/24' },
      role: 'netops',
    },
  ],
  question: { title: 'Invoices failed an hour ago and work now. What was it?', expectRow: 'T-4' },
};
