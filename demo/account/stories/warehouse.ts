import { passes } from '../story.ts';
import type { Group, Host, Story } from '../story.ts';

const etl: Group = { name: 'etl', description: 'Loads the warehouse', ingress: [] };
const scratch: Group = { name: 'scratch', description: 'Default for experiments', ingress: [] };

const etlWorker: Host = { name: 'etl-1', subnet: 'analytics-a', address: '10.60.2.11', groups: [etl] };
const newWorker: Host = { name: 'etl-7', subnet: 'analytics-a', address: '10.60.2.77', groups: [scratch] };

/**
 * The rule names a group, and the new worker was started without it. Both are in one subnet, so no
 * ACL has a say. The records lie in S3.
 */
export const warehouse: Story = {
  host: {
    name: 'warehouse',
    subnet: 'analytics-a',
    address: '10.60.2.40',
    groups: [
      {
        name: 'warehouse',
        description: 'Warehouse',
        ingress: [{ protocol: 'tcp', ports: 5439, peer: 'sg/etl', description: 'loaders' }],
      },
    ],
  },
  neighbours: [etlWorker, newWorker],
  traffic: [
    passes(etlWorker.address, '10.60.2.40', 5439),
    {
      minutesAgo: [57, 11],
      times: 150,
      client: newWorker.address,
      server: '10.60.2.40',
      port: 5439,
      forward: 'REJECT',
    },
  ],
  question: { title: 'The seventh loader cannot reach the warehouse', expectRow: 'T-22' },
};
