import type { Change } from '../changes/change.ts';
import type { EpochSeconds } from '../lang/time.ts';
import type { Address } from '../net/address.ts';
import type { Direction } from '../net/direction.ts';
import type { Protocol } from '../net/protocol.ts';
import type { FlowGroup } from '../flowlog/observations.ts';
import type { Gap } from '../vpc/gap.ts';
import type { NetworkInterfaceId, RouteTableId, VpcEndpointId } from '../vpc/ids.ts';
import type { NetworkAclEntry } from '../vpc/network-acl.ts';
import type { SecurityGroupRule } from '../vpc/security-group.ts';
import type { Answer } from './decision.ts';
import type { FilterBlocker } from './filter-blocker.ts';
import type { ProvenFix } from './fix/radius.ts';
import type { Obstacle } from './path/path.ts';

/** A row of the decision table in `docs/decision-table.md` (facts §12.2). */
export type RowId = `T-${number}`;

/** What is said about one group of equal flows, or about the silence where one was asked for. */
export interface Finding {
  readonly row: RowId;
  /** Other rows whose conditions hold too, in the table's order (DEC-1 step 8). */
  readonly alternatives: readonly RowId[];
  readonly verdict: FindingVerdict;
  readonly confidence: Confidence;
  readonly flow: FlowKey;
  /** The records it rests on; absent for findings from silence or configuration. */
  readonly group?: FlowGroup;
  /** Groups of other remote addresses with the same row, service and blockers, which it stands for as well. */
  readonly alike?: readonly FlowGroup[];
  /** Every obstacle in the order the packet meets it (DEC-5). */
  readonly blockedBy: readonly Blocker[];
  /** What today's rules say of such packets; absent for findings from silence that are about no packet. */
  readonly filters?: FiltersToday;
  /** Why this row and this confidence, as coded facts. */
  readonly reasons: readonly Reason[];
  readonly gaps: readonly Gap[];
  readonly fix?: ProvenFix;
}

/** The filters of the interface in the flow's direction, each asked as if the packet opened a flow. */
export interface FiltersToday {
  readonly securityGroups: Answer;
  /** Packets that stay in their subnet meet no ACL (EVAL-4). */
  readonly networkAcl: Answer | 'not-consulted';
}

export type FindingVerdict = 'blocked' | 'was-blocked' | 'not-a-rule' | 'no-evidence' | 'undetermined';

/** DEC-4: `certain` = the configuration denies and a record shows it; `likely` = one of the two; `possible` = a pattern only. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** The rejected (or asked-for) packet: its direction on the interface and its leg of the conversation. */
export interface FlowKey {
  readonly direction: Direction;
  readonly leg: 'forward' | 'return';
  readonly protocol: Protocol;
  readonly source: Address;
  readonly destination: Address;
  /** Absent where protocols have none or nobody told. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

/** What stops a packet: a filter of this interface, or something further on the way that the path analysis found. */
export type Blocker = FilterBlocker | { readonly kind: 'path'; readonly obstacle: Obstacle };

/** Facts behind a finding. Words for each are chosen in `src/explain/explain-reason.ts`. */
export type Reason =
  | { readonly kind: 'configuration-denies' }
  | { readonly kind: 'configuration-allows'; readonly today: true }
  | { readonly kind: 'same-subnet' }
  | { readonly kind: 'accepted-before'; readonly idleSeconds?: number }
  | { readonly kind: 'accepted-after'; readonly at?: EpochSeconds }
  | { readonly kind: 'accept-and-reject-overlap' }
  | { readonly kind: 'flags'; readonly values: readonly number[] }
  | { readonly kind: 'flags-not-logged' }
  | { readonly kind: 'opener-guessed'; readonly because: 'order' | 'port' | 'nothing' }
  | { readonly kind: 'reject-reason'; readonly value: string }
  | { readonly kind: 'reject-reason-not-logged' }
  | { readonly kind: 'public-source' }
  | { readonly kind: 'scan-pattern'; readonly portsTriedByRemote: number; readonly remotesTryingPort: number }
  | { readonly kind: 'client-changed-address'; readonly allowed: readonly SecurityGroupRule[] }
  | { readonly kind: 'idle-timeout'; readonly seconds: number; readonly source: 'interface' | 'default' }
  | { readonly kind: 'untracked' }
  | { readonly kind: 'tracked' }
  | { readonly kind: 'sender-in-referenced-group'; readonly rule: SecurityGroupRule; readonly interfaceId: string }
  | { readonly kind: 'own-public-address'; readonly interfaceId: string }
  | { readonly kind: 'owner'; readonly side: 'local' | 'remote'; readonly owner: InterfaceOwner }
  | { readonly kind: 'no-security-groups' }
  | { readonly kind: 'icmp-type-not-logged' }
  | { readonly kind: 'other-family-rule'; readonly rule: SecurityGroupRule | NetworkAclEntry }
  | { readonly kind: 'reply-came-to-other-interface' }
  /** The answer is in the records of another interface of the instance (CT-21). */
  | {
      readonly kind: 'answered-by-other-interface';
      readonly interfaceId: NetworkInterfaceId;
      readonly action: 'ACCEPT' | 'REJECT';
      /** It carries an address that is not that interface's own, whose check lets no such packet out (EVAL-13). */
      readonly isChecked: boolean;
    }
  | { readonly kind: 'host-reset' }
  | { readonly kind: 'no-answer-from-host' }
  | { readonly kind: 'port-25' }
  /** By configuration the way there and back is open. */
  | { readonly kind: 'way-is-open' }
  | {
      readonly kind: 'endpoint-not-used';
      readonly endpointId: VpcEndpointId;
      readonly routeTableId: RouteTableId;
    }
  /** The interface that a load balancer hands clients' own addresses to (ENI-6). */
  | { readonly kind: 'client-addresses-preserved'; readonly targetGroup: string }
  | { readonly kind: 'policies-are-not-network' }
  /** The ACL keeps out the messages by which senders learn that packets are too big (NACL-21). */
  | { readonly kind: 'too-big-is-not-told' }
  | { readonly kind: 'limit-may-be-reached' }
  | { readonly kind: 'not-loggable'; readonly service: string }
  | { readonly kind: 'not-delivered-yet'; readonly retryAt: EpochSeconds }
  | { readonly kind: 'rests-on-inference'; readonly facts: readonly string[] }
  | {
      readonly kind: 'changed';
      readonly change: Change;
      /** From this change on, the rules denied the packet or let it pass. Absent: that is not known. */
      readonly effect?: 'closed' | 'opened';
      readonly firstReject?: EpochSeconds;
    };

/** Who stands behind an interface (ENI-22..39): `{kind: 'load-balancer', name: 'app/web/50dc…'}`. */
export interface InterfaceOwner {
  readonly kind: OwnerKind;
  readonly name?: string;
  readonly interfaceId: string;
}

export type OwnerKind =
  | 'instance'
  | 'application-load-balancer'
  | 'network-load-balancer'
  | 'gateway-load-balancer'
  | 'classic-load-balancer'
  | 'nat-gateway'
  | 'vpc-endpoint'
  | 'resource-gateway'
  | 'transit-gateway-attachment'
  | 'lambda'
  | 'rds'
  | 'ecs-task'
  | 'eks'
  | 'elasticache'
  | 'efs'
  | 'redshift'
  | 'other-service'
  | 'unattached';
