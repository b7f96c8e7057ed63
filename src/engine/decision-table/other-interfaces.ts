import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { FlowSituation } from './situation.ts';

/** Interfaces of the same instance, by which the other leg may have gone (CT-20, CT-21). */
export function otherInterfaces({ scene }: FlowSituation): readonly NetworkInterface[] {
  const { instanceId, id } = scene.interface;
  if (instanceId === undefined) return [];
  return [...scene.snapshot.interfaces.values()]
    .filter((other) => other.instanceId === instanceId && other.id !== id)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether the instance is known to have another interface. */
export function hasOtherInterfaces(situation: FlowSituation): boolean {
  return otherInterfaces(situation).length > 0;
}
