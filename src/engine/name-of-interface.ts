import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import { interfaceOwner } from './interface-owner.ts';

/** Its own name, its instance's or its service's, as people gave it: escape before showing. */
export function nameOfInterface(snapshot: Snapshot, own: NetworkInterface): string | undefined {
  const instance = own.instanceId === undefined ? undefined : snapshot.instances.get(own.instanceId);
  const name = own.name ?? instance?.name ?? interfaceOwner(own, snapshot).name;
  return name === own.instanceId ? undefined : name;
}
