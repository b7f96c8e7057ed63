import { expect, it } from 'vitest';
import { flowOfGroup, packetOfFlow } from '../../../src/engine/packet-of-flow.ts';
import { parseAddress } from '../../../src/net/address.ts';
import { observe, rich } from '../../support/flow-lines.ts';

const IN = { direction: 'ingress', leg: 'forward' } as const;
const OUT = { direction: 'egress', leg: 'return' } as const;
const remote = parseAddress('10.0.2.5')!;
const local = parseAddress('10.0.1.9')!;

const groupOf = (...flows: readonly string[]) =>
  observe(flows.map((flow) => rich.reject(flow, { flags: flow.endsWith('tcp') ? 2 : 0 }))).groups[0]!;
const oneClient = groupOf('10.0.2.5:40000 -> 10.0.1.9:443 tcp');

it('goes from the remote side to the interface on the way in, and back on the way out', () => {
  expect(packetOfFlow(oneClient, 'ingress', 40000)).toEqual({
    protocol: 6,
    source: remote,
    sourcePort: 40000,
    destination: local,
    destinationPort: 443,
  });
  expect(packetOfFlow(oneClient, 'egress', 40000)).toEqual({
    protocol: 6,
    source: local,
    sourcePort: 443,
    destination: remote,
    destinationPort: 40000,
  });
});

it("shows the client's port where all connections had the same", () => {
  expect(flowOfGroup(oneClient, IN)).toMatchObject({ sourcePort: 40000, destinationPort: 443 });
  expect(flowOfGroup(oneClient, OUT)).toMatchObject({ sourcePort: 443, destinationPort: 40000 });
});

it('shows none where they had several', () => {
  const flow = flowOfGroup(groupOf('10.0.2.5:40000 -> 10.0.1.9:443 tcp', '10.0.2.5:40001 -> 10.0.1.9:443 tcp'), IN);

  expect(flow).not.toHaveProperty('sourcePort');
  expect(flow.destinationPort).toBe(443);
});

it('has no ports where the protocol has none, though a record shows zeros', () => {
  expect(flowOfGroup(groupOf('10.0.2.5 -> 10.0.1.9 icmp'), IN)).toEqual({
    ...IN,
    protocol: 1,
    source: remote,
    destination: local,
  });
  expect(packetOfFlow(groupOf('10.0.2.5 -> 10.0.1.9 icmp'), 'egress', 0)).toEqual({
    protocol: 1,
    source: local,
    destination: remote,
  });
});

it.each([
  ['the remote side', 50000, 50001],
  ['the interface', 50001, 50000],
])('leaves each side its port where nobody knows who opened: the lower one at %s', (_, theirs, ours) => {
  const [group] = observe([
    rich.reject(`10.0.2.5:${theirs} -> 10.0.1.9:${ours} tcp`),
    rich.accept(`10.0.1.9:${ours} -> 10.0.2.5:${theirs} tcp`),
  ]).groups;

  expect(group!.opener.side).toBe('unknown');
  for (const leg of ['forward', 'return'] as const) {
    const flow = flowOfGroup(group!, { direction: 'ingress', leg });
    expect(flow).toMatchObject({ sourcePort: theirs, destinationPort: ours });
  }
});
