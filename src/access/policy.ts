import type { NonEmpty } from '../lang/non-empty.ts';
import type { AccountId } from '../vpc/ids.ts';

/** Who may ask about which accounts, and what those may read who belong to others. */
export interface AccessPolicy {
  /** Absent: every member of the workspace may ask about every account and manage audits. */
  readonly rules?: NonEmpty<AccessRule>;
  /** Whom a refusal names: `#netsec`. */
  readonly askInstead?: string;
  /** In channels that people of other organisations read, too. */
  readonly sharedChannels: 'refuse' | 'redact' | 'allow';
  /** Shared channels in which everything may be said all the same. */
  readonly openChannels: readonly string[];
  /** What guests of the workspace get. People of other organisations get nothing. */
  readonly guests: 'refuse' | 'redact';
}

/** Holds for whoever is named by at least one member. */
export interface AccessRule {
  readonly everybody?: true;
  readonly channels?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly users?: readonly string[];
  readonly accounts: Accounts;
  readonly manageAudits: boolean;
}

export type Accounts = 'all' | readonly AccountId[];

/** Answers for everybody of the workspace, and nothing of the network to others. */
export const DEFAULT_POLICY: AccessPolicy = {
  sharedChannels: 'redact',
  openChannels: [],
  guests: 'refuse',
};
