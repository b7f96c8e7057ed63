import { passes } from '../story.ts';
import type { Story } from '../story.ts';

/** The group was opened for port 8080, the ACL was not. The flow log has the default format: fewer fields, less certainty. */
export const stagingApi: Story = {
  host: {
    name: 'staging-api',
    subnet: 'staging-app-a',
    address: '10.40.1.15',
    groups: [
      {
        name: 'staging-api',
        description: 'Staging',
        ingress: [
          { protocol: 'tcp', ports: 8080, peer: '10.40.0.0/16' },
          { protocol: 'tcp', ports: 443, peer: '10.40.0.0/16' },
        ],
      },
    ],
  },
  traffic: [
    passes('10.40.2.8', '10.40.1.15', 443),
    { minutesAgo: [39, 4], times: 130, client: '10.40.2.8', server: '10.40.1.15', port: 8080, forward: 'REJECT' },
  ],
  question: { title: 'Staging answers on 443 but not on 8080', expectRow: 'T-2' },
};
