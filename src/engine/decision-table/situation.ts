import type { FlowGroup, Observations, Tallies, Tally } from '../../flowlog/observations.ts';
import type { EpochSeconds } from '../../lang/time.ts';
import type { Packet } from '../../net/packet.ts';
import type { Gap } from '../../vpc/gap.ts';
import type { NetworkInterface } from '../../vpc/network-interface.ts';
import type { Snapshot } from '../../vpc/snapshot.ts';
import type { SecurityGroupRule } from '../../vpc/security-group.ts';
import type { Answer, SecurityGroupDecision } from '../decision.ts';
import type { Coverage } from '../diagnosis.ts';
import type { Change } from '../../changes/change.ts';
import type { History } from '../../changes/history.ts';
import type { Era } from '../eras.ts';
import type { Blocker, FlowKey, InterfaceOwner } from '../finding.ts';
import type { FlowFilter } from '../question.ts';
import type { InterfaceDecision } from '../evaluate-interface.ts';
import type { InterfaceFilters } from '../interface-filters.ts';
import type { OtherRecords } from '../other-records.ts';

/** What a row of the decision table is asked about. */
export type Situation = FlowSituation | SilentSituation;

/** Facts that hold for every flow of one question. */
export interface Scene {
  readonly snapshot: Snapshot;
  readonly interface: NetworkInterface;
  readonly owner: InterfaceOwner;
  readonly filters: InterfaceFilters;
  readonly filter: FlowFilter;
  readonly observations: Observations;
  /** All groups of the flow that this one is of. */
  readonly sameFlow: (group: FlowGroup) => readonly FlowGroup[];
  readonly coverage: Coverage;
  /** Absent: nobody looked. */
  readonly history?: History;
  /** Changes to what filters this interface, oldest first, as far as they are known. */
  readonly changes: readonly Change[];
  /** The filters as they were, down to today's; none where nobody looked. */
  readonly eras: readonly Era[];
  readonly now: EpochSeconds;
  readonly neighbours: Neighbours;
  readonly others: OtherRecords;
}

/** Interfaces of the snapshot by their addresses, in text. */
export interface Neighbours {
  readonly byAddress: ReadonlyMap<string, NetworkInterface>;
  readonly byPublicAddress: ReadonlyMap<string, NetworkInterface>;
}

/** One group of equal flows, seen from one of its legs: the rejected one, or the forward one when none was rejected. */
export interface FlowSituation {
  readonly kind: 'flow';
  readonly scene: Scene;
  readonly group: FlowGroup;
  readonly flow: FlowKey;
  /** Records in the direction of `flow`, and against it. */
  readonly along: Tallies;
  readonly against: Tallies;
  /** Shorthand for `along.rejected`. */
  readonly rejected?: Tally;
  readonly flags: FlagClass;
  readonly answers: FilterAnswers;
  readonly remote: Remote;
  readonly conversation: Conversation;
  /** Absent: nothing was rejected, or nobody looked at the changes since. */
  readonly past?: AnswersThen;
}

/** What the rejected `tcp-flags` say of the packets (FLOW-60..65). */
export type FlagClass =
  /** A SYN without ACK: somebody opens a connection. */
  | 'opening'
  /** A SYN-ACK: somebody answers. */
  | 'answering'
  /** Neither: data, FIN or RST of a connection that was opened earlier. */
  | 'middle'
  | 'not-logged'
  | 'not-tcp';

/** What today's configuration says of the packets of one leg. */
export interface FilterAnswers {
  readonly packet: Packet;
  /** As if the packet opened a flow; `not-applicable` counts as allow (SG-46). */
  readonly sg: Answer;
  readonly securityGroups: SecurityGroupDecision;
  /** Deny when any of the client's ports is denied; not consulted counts as allow (EVAL-4). */
  readonly acl: Answer;
  readonly aclConsulted: boolean;
  /** Whether the ACL denies every client port that the records show. */
  readonly aclDeniesAll: boolean;
  /** What denies, in the order the packet meets it (DEC-5); one entry of the ACL each, with its client ports on the way back. */
  readonly blockers: readonly Blocker[];
  readonly gaps: readonly Gap[];
}

/** What the rules said while the packets were rejected, rebuilt from the changes since. */
export interface AnswersThen {
  /** `deny`, `allow`: at every moment between the first reject and the last. */
  readonly answer: Answer;
  /** What denied, at the last reject. */
  readonly blockers: readonly Blocker[];
  /** Changes before the first reject that turned the answer to `deny`; none where it is not known. */
  readonly closedBy: readonly Change[];
  /** Changes that turned it to `allow` afterwards. */
  readonly openedBy: readonly Change[];
}

/** What is known of the other end. */
export interface Remote {
  readonly effectivePublic: boolean;
  readonly sameSubnet: boolean;
  /** The interface that has the address as one of its own. */
  readonly interface?: NetworkInterface;
  readonly owner?: InterfaceOwner;
  /** The interface whose public address it is. */
  readonly publicAddressOf?: NetworkInterface;
  /** What the filters of that interface say of the answer on its arrival there; only for accepted requests. */
  readonly arrival?: InterfaceDecision;
}

/** How the leg stands in its conversation. */
export interface Conversation {
  readonly acceptedBefore: boolean;
  readonly acceptedAfter: boolean;
  readonly idleSeconds?: number;
  /** The idle time after which the interface forgets this kind of flow (CT-11, CT-12). */
  readonly timeout: { readonly seconds: number; readonly source: 'interface' | 'default' };
  /** A FIN or RST was accepted: the connection was being closed. */
  readonly closing: boolean;
  readonly tracking: 'tracked' | 'untracked' | 'unknown';
  /** Rules that admit the first packet of the flow today. */
  readonly admittedBy: readonly SecurityGroupRule[];
  /** Changes to a filter of this interface that the last reject may not have seen yet (EVAL-23). */
  readonly changesSince: readonly Change[];
}

/** A question to which no record answers. */
export interface SilentSituation {
  readonly kind: 'silence';
  readonly scene: Scene;
  /** The packet asked about, where the question told enough to make one. */
  readonly asked?: { readonly flow: FlowKey; readonly answers: FilterAnswers };
  /** Set for traffic that flow logs never record (FLOW-76). */
  readonly notLoggable?: string;
}
