import type { TimeWindow } from '../lang/time.ts';
import type { PathEnd, PathQuestion } from '../engine/path/path.ts';
import type { FlowFilter } from '../engine/question.ts';
import type { Address } from '../net/address.ts';
import type { AccountId, InstanceId, NetworkInterfaceId, Region } from '../vpc/ids.ts';
import type { AuditCommand } from './audit-command.ts';

/** What can be asked, in Slack and in a terminal alike. */
export type Command = { readonly kind: 'help'; readonly topic?: string } | QuestionCommand | AuditCommand;

/** What is answered by a job, in a thread of its own. */
export type QuestionCommand = WhyRejectedCommand | PathCommand;

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

export interface PathCommand {
  readonly kind: 'path';
  readonly asked: AskedPath;
  readonly scope: Scope;
}

/** A path question as it is typed, before anybody has looked whether its ends exist. */
export interface AskedPath extends Omit<PathQuestion, 'from' | 'to'> {
  readonly from: AskedEnd;
  readonly to: AskedEnd;
}

/** Behind `s3` and `dynamodb` stands a prefix list that every region has of its own. */
export type AskedEnd = PathEnd | { readonly kind: 'named-service'; readonly name: ServiceName };

export type ServiceName = 's3' | 'dynamodb';

/** Narrows where to look; absent means everywhere the configuration names. */
export interface Scope {
  readonly accountId?: AccountId;
  readonly region?: Region;
  /** Nothing of another account is looked at or told, whatever is named. Absent: no account is withheld from the asker. */
  readonly onlyAccounts?: readonly AccountId[];
}
