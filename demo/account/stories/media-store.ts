import type { Burst, Group, Host, Story } from '../story.ts';
import { ordersApi } from './neighbours.ts';

const store: Group = {
  name: 'media-store',
  description: 'Media files for the applications',
  ingress: [{ protocol: 'tcp', ports: 2049, peer: '10.20.4.0/23' }],
};

const host: Host = { name: 'media-store', subnet: 'prod-app-b', address: '10.20.5.70', groups: [store] };

/** The system's default route leaves by this one, whoever asked at which address. */
const backupNetwork: Host = {
  name: 'media-store-backup',
  subnet: 'prod-app-a',
  address: '10.20.4.70',
  groups: [store],
  besides: host,
};

const mounts = { minutesAgo: [45, 6], times: 40, client: ordersApi.address, server: host.address, port: 2049 } as const;
const asked: Burst = { ...mounts, forward: 'ACCEPT', flags: { forward: 2 }, packets: 4 };
const answered: Burst = { ...mounts, forward: 'silent', reply: 'ACCEPT', flags: { reply: 18 }, packets: 4 };

/** The requests arrive at one interface of the instance and the answers leave by the other. */
export const mediaStore: Story = {
  host,
  neighbours: [ordersApi, backupNetwork],
  traffic: [asked],
  seenElsewhere: { host: backupNetwork, traffic: [answered] },
  question: {
    title: 'Mounts of the media store hang since it got a second interface',
    options: ` --from ${ordersApi.address} --port 2049`,
    expectRow: 'T-39',
  },
};
