import type { TimeWindow } from '../lang/time.ts';
import type { FlowFilter } from '../engine/question.ts';
import type { Address } from '../net/address.ts';
import type { AccountId, InstanceId, NetworkInterfaceId, Region } from '../vpc/ids.ts';

/** What can be asked, in Slack and in a terminal alike. */
export type Command = { readonly kind: 'help'; readonly topic?: string } | WhyRejectedCommand;

export interface WhyRejectedCommand {
  readonly kind: 'why-rejected';
  readonly target: Target;
  readonly scope: Scope;
  readonly filter: FlowFilter;
  readonly window: TimeWindow;
}

export type Target =
  | { readonly kind: 'network-interface'; readonly id: NetworkInterfaceId }
  | { readonly kind: 'instance'; readonly id: InstanceId }
  | { readonly kind: 'address'; readonly address: Address };

/** Narrows where to look; absent means everywhere the configuration names. */
export interface Scope {
  readonly accountId?: AccountId;
  readonly region?: Region;
}
