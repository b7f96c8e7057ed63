import { passes } from '../story.ts';
import type { Burst, Story } from '../story.ts';

/** Ports that scanners like. */
const KNOCKED_AT = [22, 23, 25, 80, 445, 1433, 3306, 3389, 5060, 5900, 6379, 8080, 8888, 9200, 27_017];

/** Scanners knock at every port once; among them a partner whose address changed knocks at one port again and again. */
export const partnerApi: Story = {
  host: {
    name: 'partner-api',
    subnet: 'prod-public-a',
    address: '10.20.0.30',
    publicAddress: '198.51.100.30',
    groups: [
      {
        name: 'partner-api',
        description: 'API for partners, by address',
        ingress: [
          { protocol: 'tcp', ports: 443, peer: '0.0.0.0/0', description: 'documentation' },
          { protocol: 'tcp', ports: 8443, peer: '192.0.2.10/32', description: 'first partner' },
        ],
      },
    ],
  },
  traffic: [
    passes('203.0.113.5', '10.20.0.30', 443),
    passes('192.0.2.10', '10.20.0.30', 8443),
    ...scanners(),
    { minutesAgo: [58, 4], times: 160, client: '192.0.2.77', server: '10.20.0.30', port: 8443, forward: 'REJECT' },
  ],
  question: { title: 'A partner says our API is down; the log is full of rejects', expectRow: 'T-12' },
};

/** Addresses of the documentation ranges stand for the internet. */
function scanners(): readonly Burst[] {
  return Array.from({ length: 30 }, (_, scanner) =>
    KNOCKED_AT.filter((_port, index) => (index + scanner) % 3 !== 0).map((port, index): Burst => {
      const minutesAgo = 58 - ((scanner * 7 + index * 3) % 54);
      return {
        minutesAgo: [minutesAgo, minutesAgo],
        times: 1,
        client: `203.0.113.${100 + scanner}`,
        server: '10.20.0.30',
        port,
        forward: 'REJECT',
        packets: 1,
      };
    }),
  ).flat();
}
