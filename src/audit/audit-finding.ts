import type { NonEmpty } from '../lang/non-empty.ts';
import type { AccountId, Region, VpcId } from '../vpc/ids.ts';
import type { Gap } from '../vpc/gap.ts';
import type { AuditFamily, AuditFault } from './audit-fault.ts';

export type AuditSeverity = 'high' | 'medium' | 'low';

/** Something that is wrong though nobody asked. */
export interface AuditFinding {
  /** The same for the same fault of the same objects, in every run: `peering-expires-soon:pcx-0f2…`. */
  readonly id: string;
  readonly severity: AuditSeverity;
  readonly fault: AuditFault;
  /** What it is about, the thing to change first. Each was read: what lies in an unread account is told by the fault. */
  readonly objects: NonEmpty<AuditObject>;
  /** How bad, in the fault's own unit (bytes, days, zones): a later run with more is "worse". Absent: it is or it is not. */
  readonly measure?: number;
  /** It holds unless one of these says otherwise. */
  readonly gaps: readonly Gap[];
}

export interface AuditObject {
  /** As AWS writes it: `pcx-0f2…`, an ARN, a log group's name. */
  readonly id: string;
  /** The `Name` tag or AWS's own name. Written by people: escape before showing. */
  readonly name?: string;
  readonly accountId?: AccountId;
  readonly region?: Region;
  readonly vpcId?: VpcId;
}

/** All that an audit says of one snapshot. */
export interface AuditReport {
  /** What was looked for: silence about another family means nothing. */
  readonly families: readonly AuditFamily[];
  /** The worst first. */
  readonly findings: readonly AuditFinding[];
  /** What could not be judged, and why: a refused call, an account without a role. */
  readonly gaps: readonly Gap[];
}
