import { passes } from '../story.ts';
import type { Story } from '../story.ts';
import { ordersApi } from './neighbours.ts';

/** The name resolves to IPv6 now, and the group has a rule for IPv4 only: families never match each other. */
export const searchApi: Story = {
  host: {
    name: 'search-api',
    subnet: 'prod-app-b',
    address: '10.20.5.61',
    ipv6: '2001:db8:20:5::61',
    groups: [
      {
        name: 'search-api',
        description: 'Search',
        ingress: [{ protocol: 'tcp', ports: 9200, peer: '10.20.0.0/16', description: 'everybody inside' }],
      },
    ],
  },
  neighbours: [ordersApi],
  traffic: [
    passes('10.20.4.17', '10.20.5.61', 9200),
    {
      minutesAgo: [47, 4],
      times: 120,
      client: '2001:db8:20:4::17',
      server: '2001:db8:20:5::61',
      port: 9200,
      forward: 'REJECT',
    },
  ],
  question: { title: 'Search is slow for some: half of the connections time out', expectRow: 'T-21' },
};
