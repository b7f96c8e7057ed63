import type { Address } from '../../net/address.ts';
import { withPorts, type IcmpType, type Packet } from '../../net/packet.ts';
import { ICMP, isIcmp } from '../../net/protocol.ts';
import type { PathQuestion } from './path.ts';

/** The request, between two addresses. Who asks about ICMP without a type means a ping. */
export function requestPacket(
  { protocol, destinationPort, icmp }: PathQuestion,
  sourcePort: number | undefined,
  { source, destination }: { readonly source: Address; readonly destination: Address },
): Packet {
  return {
    ...withPorts({ protocol, source, destination }, { sourcePort, destinationPort }),
    ...(isIcmp(protocol) && { icmp: icmp ?? ECHO_REQUEST[protocol === ICMP ? 'ipv4' : 'ipv6'] }),
  };
}

const ECHO_REQUEST = { ipv4: { type: 8, code: 0 }, ipv6: { type: 128, code: 0 } } as const;

/** Types that are answered, and by what. https://www.iana.org/assignments/icmp-parameters */
const ANSWER_OF: ReadonlyMap<number, IcmpType> = new Map([
  [8, { type: 0, code: 0 }],
  [13, { type: 14, code: 0 }],
  [128, { type: 129, code: 0 }],
]);

/** What comes back; `undefined` where nothing does. */
export function answerPacket(packet: Packet): Packet | undefined {
  const { source, destination, sourcePort, destinationPort, icmp, protocol } = packet;
  const turned = { protocol, source: destination, destination: source };
  if (isIcmp(protocol)) {
    const answer = icmp === undefined ? undefined : ANSWER_OF.get(icmp.type);
    return answer === undefined ? undefined : { ...turned, icmp: answer };
  }
  return {
    ...turned,
    ...(destinationPort !== undefined && { sourcePort: destinationPort }),
    ...(sourcePort !== undefined && { destinationPort: sourcePort }),
  };
}
