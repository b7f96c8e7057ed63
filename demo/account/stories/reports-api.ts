import type { Story } from '../story.ts';
import { reportViewer } from './neighbours.ts';

/** Requests come in, answers cannot leave: the subnet's ACL lets nothing out to the clients' ports. */
export const reportsApi: Story = {
  host: {
    name: 'reports-api',
    subnet: 'prod-reports-a',
    address: '10.20.7.25',
    groups: [
      {
        name: 'reports-api',
        description: 'Reports over HTTPS',
        ingress: [{ protocol: 'tcp', ports: 443, peer: '10.20.0.0/16' }],
      },
    ],
  },
  neighbours: [reportViewer],
  traffic: [
    {
      minutesAgo: [52, 4],
      times: 188,
      client: reportViewer.address,
      server: '10.20.7.25',
      port: 443,
      forward: 'ACCEPT',
      reply: 'REJECT',
      flags: { forward: 2 },
    },
  ],
  question: { title: 'Reports load for ever, though the server is up', expectRow: 'T-29' },
};
