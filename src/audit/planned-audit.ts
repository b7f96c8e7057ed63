import type { AccountId, Region, VpcId } from '../vpc/ids.ts';
import type { AuditFamily } from './audit-fault.ts';

/** What is audited, and where it is told. */
export interface PlannedAudit {
  /** Of its schedule; its history is kept under it. */
  readonly name: string;
  readonly origin: AuditOrigin;
  readonly channelId: string;
  readonly teamId: string;
  /** Who planned it, or asked for this run. Absent: the configuration file. */
  readonly userId?: string;
  readonly scope: AuditScope;
}

/** `once`: asked for without a schedule. */
type AuditOrigin = 'configuration' | 'slack' | 'once';

/** What to look at and for. Absent members mean all. */
export interface AuditScope {
  readonly families?: readonly AuditFamily[];
  readonly accounts?: readonly AccountId[];
  readonly regions?: readonly Region[];
  readonly vpcs?: readonly VpcId[];
}
