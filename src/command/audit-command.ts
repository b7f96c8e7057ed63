import type { AuditScope } from '../audit/planned-audit.ts';

/** What is done about audits, in Slack: answered at once, but for the runs. */
export interface AuditCommand {
  readonly kind: 'audit';
  readonly deed: AuditDeed;
}

export type AuditDeed =
  | { readonly kind: 'list' }
  | ScheduleDeed
  | { readonly kind: 'remove'; readonly name: string }
  /** Without a name: everything, once, told in this channel. */
  | { readonly kind: 'run'; readonly name?: string }
  | MuteDeed
  | { readonly kind: 'unmute'; readonly findingId: string };

export interface ScheduleDeed {
  readonly kind: 'schedule';
  readonly name: string;
  /** As it was typed: whether it can be read is for the queue to say. */
  readonly cron: string;
  readonly timezone: string;
  /** Absent: the channel in which it was asked. */
  readonly channelId?: string;
  readonly scope: AuditScope;
}

export interface MuteDeed {
  readonly kind: 'mute';
  readonly findingId: string;
  readonly seconds: number;
  readonly reason: string;
}
