import type { EpochSeconds } from '../lang/time.ts';
import type { StoredFinding } from './compare-audits.ts';

/** What is kept of a scheduled audit between two runs. */
export interface AuditHistory {
  readonly ranAt: EpochSeconds;
  /** When a run last came to a result. Absent: never. */
  readonly judgedAt?: EpochSeconds;
  /** When the channel last heard of it. Absent: never. */
  readonly postedAt?: EpochSeconds;
  readonly findings: readonly RememberedFinding[];
  /** Where AWS denied access, as `blindSpotsOf` names it: what is new here is news too. */
  readonly blindSpots: readonly string[];
  /** The last run came to nothing, for this reason. */
  readonly trouble?: string;
}

export interface RememberedFinding extends StoredFinding {
  /** One line, for the day when it is resolved and nobody can word it any more. */
  readonly title: string;
  readonly firstSeen: EpochSeconds;
  readonly lastSeen: EpochSeconds;
  /** Whether a mute kept it quiet at the last run. */
  readonly muted: boolean;
}

/** Keeps a finding quiet, for a reason and not for ever. */
export interface Mute {
  readonly findingId: string;
  readonly reason: string;
  /** The Slack user who asked for it. */
  readonly by: string;
  readonly until: EpochSeconds;
}
