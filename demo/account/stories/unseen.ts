import type { Group, Story } from '../story.ts';

const webOnly: Group = {
  name: 'sandbox-web',
  description: 'Sandbox',
  ingress: [{ protocol: 'tcp', ports: 443, peer: '10.99.0.0/16' }],
};

const partnerTls: Group = {
  name: 'partner-gateway',
  description: 'Partners',
  ingress: [{ protocol: 'tcp', ports: 443, peer: '10.70.0.0/16' }],
};

/** No flow log covers it: only the configuration can answer. */
export const sandboxRunner: Story = {
  host: { name: 'sandbox-runner', subnet: 'sandbox-a', address: '10.99.1.12', groups: [webOnly] },
  traffic: [],
  question: { title: 'Something is wrong in the sandbox', expectRow: 'T-58' },
};

/** There is a flow log, and it fails to deliver. */
export const partnerGateway: Story = {
  host: { name: 'partner-gateway', subnet: 'partners-a', address: '10.70.1.9', groups: [partnerTls] },
  traffic: [],
  question: { title: 'The partner gateway is silent', expectRow: 'T-61' },
};
