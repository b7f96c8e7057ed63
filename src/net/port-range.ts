/** Ports `from` to `to`, both included, 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export const ALL_PORTS: PortRange = { from: 0, to: 65535 };

/** Where replies go when nobody told the client's port (NACL-17, NACL-19). */
export const CLIENT_PORTS: PortRange = { from: 1024, to: 65535 };

export function rangeContains(range: PortRange, port: number): boolean {
  return port >= range.from && port <= range.to;
}

export function intersectRanges(a: PortRange, b: PortRange): PortRange | undefined {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from <= to ? { from, to } : undefined;
}
