import { addressKey } from '../flowlog/address-key.ts';
import type { FlowGroup } from '../flowlog/observations.ts';
import { once } from '../lang/once.ts';

/** Equal for groups of one flow, whatever became of their packets. */
export function sameFlowKey({ protocol, servicePort, serviceSide, opener, local, remote }: FlowGroup): string {
  return [protocol, servicePort, serviceSide, opener.side, addressKey(local), addressKey(remote)].join(' ');
}

/** All groups of one flow. They are laid side by side when the first is asked for: many questions ask for none. */
export function sameFlowIn(groups: readonly FlowGroup[]): (group: FlowGroup) => readonly FlowGroup[] {
  const byFlow = once(() => laidSideBySide(groups));
  return (group) => byFlow().get(sameFlowKey(group)) ?? [];
}

function laidSideBySide(groups: readonly FlowGroup[]): ReadonlyMap<string, readonly FlowGroup[]> {
  const byFlow = new Map<string, FlowGroup[]>();
  for (const group of groups) {
    const key = sameFlowKey(group);
    const known = byFlow.get(key);
    if (known === undefined) byFlow.set(key, [group]);
    else known.push(group);
  }
  return byFlow;
}
