const SYN = 2;
const SYN_ACK = 18;

/**
 * Flags are OR-ed over the interval, and an ACK shows only together with a SYN (FLOW-60, FLOW-63). So bit 2 without bit 16
 * means that the sender opened the connection, and both mean that it answered (FLOW-64).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export function isSyn(flags: number): boolean {
  return (flags & SYN_ACK) === SYN;
}

export function isSynAck(flags: number): boolean {
  return (flags & SYN_ACK) === SYN_ACK;
}
