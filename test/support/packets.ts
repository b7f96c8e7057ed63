import { parseAddress, type Address } from '../../src/net/address.ts';
import type { IcmpType, Packet } from '../../src/net/packet.ts';
import { parseProtocol } from '../../src/net/protocol.ts';

/**
 * A packet as people write it: `tcp 198.51.100.7:50000 > 10.0.0.10:443`, `udp [2001:db8::1]:53 > [2001:db8::10]:4000`,
 * `icmp 8/0 10.0.0.1 > 10.0.0.2`, `icmp 10.0.0.1 > 10.0.0.2` when nobody told the type, `50 10.0.0.1 > 10.0.0.2`.
 */
export function packet(text: string): Packet {
  const [, protocol, type, code, source, destination] = WRITTEN.exec(text)!;
  const [from, to] = [endOf(source!), endOf(destination!)];
  return {
    protocol: parseProtocol(protocol!)!,
    source: from.address,
    destination: to.address,
    ...(from.port !== undefined && { sourcePort: from.port }),
    ...(to.port !== undefined && { destinationPort: to.port }),
    ...(type !== undefined && { icmp: icmpOf(type, code!) }),
  };
}

const WRITTEN = /^(\S+) (?:(\d+)\/(\d+) )?(\S+) > (\S+)$/;
const END = /^\[?([0-9a-f.:]+?)\]?(?::(\d+))?$/;
const BARE_IPV6 = /^[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*$/;

function endOf(text: string): { readonly address: Address; readonly port: number | undefined } {
  if (BARE_IPV6.test(text)) return { address: parseAddress(text)!, port: undefined };
  const [, address, port] = END.exec(text)!;
  return { address: parseAddress(address!)!, port: port === undefined ? undefined : Number(port) };
}

function icmpOf(type: string, code: string): IcmpType {
  return { type: Number(type), code: Number(code) };
}
