import { assertNever } from '../lang/exhaustive.ts';
import { formatAddress, parseAddress } from '../net/address.ts';
import { parseInstanceId, parseNetworkInterfaceId, parsePrefixListId } from '../vpc/ids.ts';
import type { AskedEnd } from './command.ts';

/** What an end of a path may be, for whoever typed something else. */
export const PATH_ENDS =
  'a network interface (eni-…), an instance (i-…), an IP address, an address behind a gateway (192.168.1.9@vgw-…), internet, s3, dynamodb or a prefix list (pl-…)';

/** `undefined` for what is no end of a path. */
export function parsePathEnd(text: string): AskedEnd | undefined {
  const lower = text.toLowerCase();
  if (lower === 'internet') return { kind: 'internet' };
  if (lower === 's3' || lower === 'dynamodb') return { kind: 'named-service', name: lower };
  return resourceEnd(lower) ?? addressEnd(lower);
}

/** The end as it would be typed. */
export function formatPathEnd(end: AskedEnd): string {
  switch (end.kind) {
    case 'interface':
    case 'instance':
      return end.id;
    case 'address':
      return end.via === undefined ? formatAddress(end.address) : `${formatAddress(end.address)}@${end.via}`;
    case 'internet':
      return 'internet';
    case 'service':
      return end.prefixListId;
    case 'named-service':
      return end.name;
    default:
      return assertNever(end);
  }
}

function resourceEnd(text: string): AskedEnd | undefined {
  const eni = parseNetworkInterfaceId(text);
  if (eni !== undefined) return { kind: 'interface', id: eni };
  const instance = parseInstanceId(text);
  if (instance !== undefined) return { kind: 'instance', id: instance };
  const prefixListId = parsePrefixListId(text);
  return prefixListId === undefined ? undefined : { kind: 'service', prefixListId };
}

function addressEnd(text: string): AskedEnd | undefined {
  const [host = '', via, more] = text.split('@');
  const address = parseAddress(host);
  if (address === undefined || more !== undefined) return undefined;
  if (via === undefined) return { kind: 'address', address };
  const gateway = parseGatewayId(via);
  return gateway === undefined ? undefined : { kind: 'address', address, via: gateway };
}

/** `vgw-…`, `tgw-attach-…`, or the UUID of a Direct Connect gateway. */
export function parseGatewayId(text: string): string | undefined {
  return text.length <= LONGEST_GATEWAY_ID && /^[a-z0-9]+(?:-[a-z0-9]+){1,6}$/.test(text) ? text : undefined;
}

const LONGEST_GATEWAY_ID = 64;
