import { passes } from '../story.ts';
import type { Story } from '../story.ts';
import { ordersApi } from './neighbours.ts';

/** Two obstacles in a row: an ACL entry that denies before the one that allows, and a group that would not allow either. */
export const paymentsDb: Story = {
  host: {
    name: 'payments-db',
    subnet: 'prod-data-a',
    address: '10.20.9.40',
    behind: 'rds',
    groups: [
      {
        name: 'payments-db',
        description: 'PostgreSQL of payments',
        ingress: [
          { protocol: 'tcp', ports: 5432, peer: '10.20.0.0/22', description: 'billing and back office' },
          { protocol: 'tcp', ports: 5432, peer: '10.20.5.0/24', description: 'ledger' },
        ],
      },
    ],
  },
  neighbours: [ordersApi],
  traffic: [
    passes('10.20.1.20', '10.20.9.40', 5432),
    passes('10.20.5.30', '10.20.9.40', 5432),
    { minutesAgo: [28, 4], times: 214, client: ordersApi.address, server: '10.20.9.40', port: 5432, forward: 'REJECT' },
  ],
  question: { title: 'Orders cannot reach the payments database', expectRow: 'T-3' },
};
