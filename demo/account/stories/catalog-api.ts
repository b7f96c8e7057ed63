import { passes } from '../story.ts';
import type { Host, Story } from '../story.ts';

const storefront: Host = {
  name: 'storefront',
  subnet: 'prod-public-a',
  address: '10.20.0.80',
  publicAddress: '198.51.100.80',
  behind: 'application-load-balancer',
  groups: [
    {
      name: 'storefront-alb',
      description: 'The shop',
      ingress: [{ protocol: 'tcp', ports: 443, peer: '0.0.0.0/0' }],
    },
  ],
};

/** The load balancer may send requests, and its health checks go to another port. */
export const catalogApi: Story = {
  host: {
    name: 'catalog-api',
    subnet: 'prod-app-a',
    address: '10.20.4.52',
    groups: [
      {
        name: 'catalog-api',
        description: 'Catalogue, behind the storefront',
        ingress: [{ protocol: 'tcp', ports: 8080, peer: 'sg/storefront-alb', description: 'requests' }],
      },
    ],
  },
  neighbours: [storefront],
  traffic: [
    passes(storefront.address, '10.20.4.52', 8080),
    {
      minutesAgo: [59, 4],
      times: 110,
      client: storefront.address,
      server: '10.20.4.52',
      port: 8081,
      forward: 'REJECT',
    },
  ],
  question: { title: 'The load balancer calls the catalogue unhealthy', expectRow: 'T-13' },
};
