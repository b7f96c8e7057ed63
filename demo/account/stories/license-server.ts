import type { Burst, Story } from '../story.ts';

/**
 * A server that speaks after a long silence: the connection is forgotten, and its own group lets it start nothing.
 * The instance type belongs to a family that forgets after 350 seconds (CT-12).
 */
export const licenseServer: Story = {
  host: {
    name: 'license-server',
    subnet: 'prod-app-b',
    address: '10.20.5.90',
    instanceType: 'm8a.large',
    groups: [
      {
        name: 'license-server',
        description: 'Answers only',
        ingress: [{ protocol: 'tcp', ports: 27000, peer: '10.20.0.0/16' }],
        egress: [],
      },
    ],
  },
  traffic: [50_144, 50_901, 52_377].flatMap((clientPort): readonly Burst[] => {
    const connection = { client: '10.20.4.17', clientPort, server: '10.20.5.90', port: 27_000, times: 1 };
    return [
      {
        ...connection,
        minutesAgo: [50, 50],
        forward: 'ACCEPT',
        reply: 'ACCEPT',
        flags: { forward: 2, reply: 18 },
        packets: 6,
      },
      { ...connection, minutesAgo: [35, 35], forward: 'silent', reply: 'REJECT', flags: { reply: 0 }, packets: 1 },
      { ...connection, minutesAgo: [20, 20], forward: 'silent', reply: 'REJECT', flags: { reply: 0 }, packets: 1 },
    ];
  }),
  question: { title: 'Licences are lost after a quiet quarter of an hour', expectRow: 'T-31' },
};
