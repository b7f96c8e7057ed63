import { passes } from '../story.ts';
import type { Burst, Story } from '../story.ts';

/** Packets of connections that were closed already: no rule is to blame. */
export const sessionCache: Story = {
  host: {
    name: 'session-cache',
    subnet: 'prod-data-a',
    address: '10.20.9.70',
    groups: [
      {
        name: 'session-cache',
        description: 'Redis',
        ingress: [{ protocol: 'tcp', ports: 6379, peer: '10.20.0.0/16' }],
      },
    ],
  },
  traffic: [
    passes('10.20.5.44', '10.20.9.70', 6379),
    ...[41_222, 41_388, 42_006, 43_750].flatMap((clientPort): readonly Burst[] => {
      const connection = { client: '10.20.4.17', clientPort, server: '10.20.9.70', port: 6379, times: 1 };
      return [
        { ...connection, minutesAgo: [44, 44], forward: 'ACCEPT', reply: 'ACCEPT', packets: 40 },
        { ...connection, minutesAgo: [31, 31], forward: 'REJECT', flags: { forward: 4 }, packets: 1 },
      ];
    }),
  ],
  question: { title: 'Stray rejects at the session cache', expectRow: 'T-5' },
};
