import { CLIENT_PORTS, type PortRange } from '../../net/port-range.ts';

/**
 * Where clients open their ports, the narrowest first. Two systems share their upper part, so ports from there alone
 * do not tell which it was.
 * NACL-17, NACL-18. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
 */
const SENSIBLE: readonly { readonly seenIn: PortRange; readonly open: PortRange }[] = [
  { seenIn: { from: 49152, to: 61000 }, open: { from: 32768, to: 65535 } },
  { seenIn: { from: 49152, to: 65535 }, open: { from: 49152, to: 65535 } },
  { seenIn: { from: 32768, to: 61000 }, open: { from: 32768, to: 61000 } },
  { seenIn: { from: 32768, to: 65535 }, open: { from: 32768, to: 65535 } },
];

/** A client takes another port each time, so the answer is a range that its system takes them from. */
export function clientPortRange(observed: readonly number[]): PortRange {
  if (observed.length === 0) return CLIENT_PORTS;
  const [lowest, highest] = [Math.min(...observed), Math.max(...observed)];
  const known = SENSIBLE.find(({ seenIn }) => lowest >= seenIn.from && highest <= seenIn.to);
  return known?.open ?? { from: Math.min(lowest, CLIENT_PORTS.from), to: CLIENT_PORTS.to };
}
