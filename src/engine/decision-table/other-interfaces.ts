import type { FlowSituation } from './situation.ts';

/** Whether the instance is known to have another interface, by which the other leg may have gone (CT-20, CT-21). */
export function hasOtherInterfaces({ scene }: FlowSituation): boolean {
  const { instanceId, id } = scene.interface;
  if (instanceId === undefined) return false;
  return [...scene.snapshot.interfaces.values()].some((other) => other.instanceId === instanceId && other.id !== id);
}
