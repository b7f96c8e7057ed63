import type { EpochSeconds } from '../lang/time.ts';
import type { Gap } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { AuditFamily, AuditFault } from './audit-fault.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { Expectation } from './expectations/expectation.ts';
import type { NeededMember } from './needed-members.ts';
import type { EndpointUses } from './endpoint-use.ts';
import type { Prices } from './prices.ts';
import type { ServiceTraffic } from './traffic.ts';

/** Everything that a rule may look at. */
export interface AuditWorld {
  readonly snapshot: Snapshot;
  readonly now: EpochSeconds;
  /** Absent: findings about traffic rest on routes alone, and say so. */
  readonly traffic?: ServiceTraffic;
  /** Absent: nobody looked, and no endpoint is called idle. */
  readonly endpointUses?: EndpointUses;
  /** Absent: `DEFAULT_PRICES`. */
  readonly prices?: Prices;
  /** What people wrote that must be reachable, and what must not. */
  readonly expectations?: readonly Expectation[];
}

/** Looks for one kind of fault. */
export interface AuditRule {
  readonly kind: AuditFault['kind'];
  readonly family: AuditFamily;
  /** What must have been read before its silence means that all is well. */
  readonly needs: readonly NeededMember[];
  readonly check: (world: AuditWorld) => readonly AuditFinding[];
  /** What it could not judge besides what nobody read: the far side of a peering in an account without a role. */
  readonly gaps?: (world: AuditWorld) => readonly Gap[];
  /** What it rests on besides members of the snapshot: with such a gap it judges nothing. */
  readonly restsOn?: Gap['fact'];
}
