import { passes } from '../story.ts';
import type { Story } from '../story.ts';

/** The prefix list holds the new runners today; when they were rejected it did not. */
export const buildCache: Story = {
  host: {
    name: 'build-cache',
    subnet: 'prod-app-b',
    address: '10.20.5.120',
    groups: [
      {
        name: 'build-cache',
        description: 'Build cache of the CI runners',
        ingress: [{ protocol: 'tcp', ports: 3128, peer: 'pl/ci-runners' }],
      },
    ],
  },
  traffic: [
    passes('10.20.5.66', '10.20.5.120', 3128),
    { minutesAgo: [50, 36], times: 44, client: '10.20.4.99', server: '10.20.5.120', port: 3128, forward: 'REJECT' },
  ],
  question: { title: 'New CI runners could not use the build cache this morning', expectRow: 'T-6' },
};
