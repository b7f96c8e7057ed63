import type { Group, Host } from '../story.ts';

const appServer: Group = {
  name: 'app-server',
  description: 'Application servers: called by the load balancer, call everybody',
  ingress: [{ protocol: 'tcp', ports: 8080, peer: '10.20.0.0/24' }],
};

/** Machines that are clients in several stories. */
export const ordersApi: Host = {
  name: 'orders-api',
  subnet: 'prod-app-a',
  address: '10.20.4.17',
  ipv6: '2001:db8:20:4::17',
  groups: [appServer],
};

/** Its name is what somebody typed into the console: everything that reaches Slack must be escaped. */
export const checkoutWorker: Host = {
  name: 'checkout-worker',
  tag: 'checkout <!channel> `worker` *v2*',
  subnet: 'prod-app-a',
  address: '10.20.4.200',
  groups: [appServer],
};

export const reportViewer: Host = {
  name: 'report-viewer',
  subnet: 'prod-app-a',
  address: '10.20.4.31',
  groups: [appServer],
};
