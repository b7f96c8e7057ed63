import { describe, expect, it } from 'vitest';
import { looksLikeScan } from '../../../src/flowlog/noise.ts';
import { accept, observe, reject, rich } from '../../support/flow-lines.ts';

const SCANNER = '203.0.113.7';
const PORTS = [22, 23, 80, 443, 3389, 5900, 8080];

const probes = PORTS.map((port) => reject(`${SCANNER}:51000 -> 10.0.1.9:${port} tcp`));
const strangers = Array.from({ length: 12 }, (_, index) => reject(`203.0.113.${index + 1}:51000 -> 10.0.1.9:23 tcp`));
const client = Array.from({ length: 4 }, (_, index) =>
  reject(`198.51.100.4:${51000 + index} -> 10.0.1.9:23 tcp`, { packets: 3, at: `12:0${index}:00` }),
);

const groupsOf = (lines: readonly string[], port: number) =>
  observe(lines).groups.filter((group) => group.servicePort === port);

describe('rejects look like a scan (T-11)', () => {
  it('when one source tries many ports, a few packets each', () => {
    expect(observe(probes).groups.map(looksLikeScan)).toEqual(PORTS.map(() => true));
  });

  it('when it comes back later, from another port of its own', () => {
    const later = PORTS.map((port) =>
      reject(`${SCANNER}:52000 -> 10.0.1.9:${port} tcp`, { at: '18:00:00', packets: 2 }),
    );

    expect(observe([...probes, ...later]).groups.every(looksLikeScan)).toBe(true);
  });

  it('when many sources try one port', () => {
    expect(observe(strangers).groups.every(looksLikeScan)).toBe(true);
  });
});

describe('rejects do not look like a scan (T-12)', () => {
  it('when a client goes on trying one port, though strangers try it too', () => {
    const [group] = groupsOf([...strangers, ...client], 23);

    expect(group).toMatchObject({ spread: { portsTriedByRemote: 1, remotesTryingPort: 13 }, conversations: 4 });
    expect(looksLikeScan(group!)).toBe(false);
  });

  it('when few try a port of UDP and many the same of TCP', () => {
    const seen = observe([...strangers, reject(`${SCANNER}:51000 -> 10.0.1.9:23 udp`)]);
    const group = seen.groups.find(({ protocol }) => protocol === 17);

    expect(group?.spread).toEqual({ portsTriedByRemote: 2, remotesTryingPort: 1 });
    expect(looksLikeScan(group!)).toBe(false);
  });

  it('when one source tries one port once', () => {
    expect(groupsOf([reject(`${SCANNER}:51000 -> 10.0.1.9:443 tcp`)], 443).map(looksLikeScan)).toEqual([false]);
  });

  it('when the source sends more than a probe to each port', () => {
    const eager = PORTS.map((port) => reject(`${SCANNER}:51000 -> 10.0.1.9:${port} tcp`, { packets: 7 }));

    expect(observe(eager).groups.some(looksLikeScan)).toBe(false);
  });

  it('when the interface asked and the answers came too late (T-20)', () => {
    const late = Array.from({ length: 20 }, (_, index) => reject(`${SCANNER}:53 -> 10.0.1.9:${40000 + index} udp`));

    expect(observe(late).groups.map((group) => [group.opener.side, looksLikeScan(group)])).toEqual([['local', false]]);
  });

  it('when the flow got through as well', () => {
    const answered = [...probes, accept(`${SCANNER}:51000 -> 10.0.1.9:22 tcp`, { at: '12:00:30' })];

    expect(groupsOf(answered, 22).map(looksLikeScan)).toEqual([false]);
  });

  it('when the packets go out', () => {
    const outgoing = PORTS.map((port) => rich.reject(`10.0.1.9:51000 -> ${SCANNER}:${port} tcp`, { flags: 2 }));

    expect(observe(outgoing).groups.some(looksLikeScan)).toBe(false);
  });
});
