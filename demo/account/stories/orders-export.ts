import { resourceId } from '../ids.ts';
import type { Group, Host, Story } from '../story.ts';
import { NAT_ADDRESS, NAT_PUBLIC_ADDRESS } from '../ways.ts';

const exporter: Group = { name: 'exporter', description: 'Nightly exports', ingress: [] };
const lake: Group = {
  name: 'lake',
  description: 'The lake takes exports from the shop',
  ingress: [{ protocol: 'tcp', ports: 9000, peer: '10.20.0.0/16' }],
};

const lakeApi: Host = { name: 'lake-api', subnet: 'analytics-a', address: '10.60.2.90', groups: [lake] };
const natGateway: Host = {
  name: 'nat-prod',
  subnet: 'prod-public-a',
  address: NAT_ADDRESS,
  publicAddress: NAT_PUBLIC_ADDRESS,
  groups: [],
  behind: 'nat-gateway',
};

/** The requests leave and nothing comes back: the peer VPC has no route to answer by. No REJECT anywhere. */
export const ordersExport: Story = {
  host: { name: 'orders-export', subnet: 'prod-app-a', address: '10.20.4.60', groups: [exporter] },
  neighbours: [lakeApi, natGateway],
  traffic: [
    {
      minutesAgo: [40, 5],
      times: 36,
      client: '10.20.4.60',
      server: lakeApi.address,
      port: 9000,
      forward: 'ACCEPT',
      flags: { forward: 2 },
      packets: 4,
    },
  ],
  question: {
    title: 'The nightly export never hears back from the lake in the other VPC',
    options: ` --from ${lakeApi.address}`,
    expectRow: 'T-47',
  },
};

/** The same question without records: would it get there, and the answer back? */
export const EXPORT_PATH = { from: resourceId('eni', 'orders-export'), to: lakeApi.address };
