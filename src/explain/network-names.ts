import { nameOfInterface } from '../engine/name-of-interface.ts';
import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { resource } from './console-link.ts';
import type { Span } from './document.ts';
import type { Reader } from './meeting.ts';
import { shortName } from './phrase.ts';

/** From where something of this VPC is read; without a VPC the first place that was read. */
export function readerOf({ vpcs, scopes: [scope] }: Snapshot, vpcId?: string): Reader {
  const vpc = [...vpcs.values()].find(({ id }) => id === vpcId);
  const region = vpc?.region ?? scope?.region;
  const accountId = vpc?.accountId ?? scope?.accountId;
  return { ...(region !== undefined && { region }), ...(accountId !== undefined && { accountId }) };
}

/** An interface by its own name, its instance's or its service's; else by its id. */
export function interfaceName(snapshot: Snapshot, id: string, { region }: Reader): Span {
  const own = [...snapshot.interfaces.values()].find((each) => each.id === id);
  return resource(region, id, own === undefined ? undefined : givenName(snapshot, own));
}

function givenName(snapshot: Snapshot, own: NetworkInterface): string | undefined {
  const name = nameOfInterface(snapshot, own);
  return name === undefined ? undefined : shortName(name);
}
