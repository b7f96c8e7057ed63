import type { Direction } from '../net/direction.ts';
import type { NetworkAclId, SecurityGroupId, VpcId } from '../vpc/ids.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { NearMiss } from './decision.ts';

/** What filters an interface's traffic and lets this packet not through. */
export type FilterBlocker =
  | {
      readonly kind: 'security-group';
      readonly direction: Direction;
      /** All groups of the interface, the first being the one named where one must be. */
      readonly ids: readonly SecurityGroupId[];
      readonly nearMisses: readonly NearMiss<SecurityGroupRule>[];
    }
  | {
      readonly kind: 'network-acl';
      readonly direction: Direction;
      readonly id: NetworkAclId;
      readonly entry: NetworkAclEntry;
      readonly nearMisses: readonly NearMiss<NetworkAclEntry>[];
      /** Client ports this entry denies, where the packet's destination is the client (NACL-17). */
      readonly clientPorts?: readonly number[];
    }
  | { readonly kind: 'block-public-access'; readonly id: VpcId; readonly mode?: string; readonly managedBy?: string }
  | { readonly kind: 'encryption-control'; readonly id: VpcId; readonly mode?: string };
