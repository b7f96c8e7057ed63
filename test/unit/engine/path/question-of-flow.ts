import type { PathEnd, PathQuestion } from '../../../../src/engine/path/path.ts';
import { parseAddress } from '../../../../src/net/address.ts';
import { parseNetworkInterfaceId } from '../../../../src/vpc/ids.ts';
import type { NaiveFlow } from '../naive/naive-path-network.ts';

/** What the naive walk is asked, as the engine is asked it. */
export function questionOf({ from, to, ...body }: NaiveFlow): PathQuestion {
  return { ...body, from: endOf(from), to: endOf(to) };
}

function endOf(end: NaiveFlow['from']): PathEnd {
  if ('interface' in end) return { kind: 'interface', id: parseNetworkInterfaceId(end.interface)! };
  const { address, via } = end;
  return { kind: 'address', address: parseAddress(address)!, ...(via !== undefined && { via }) };
}
