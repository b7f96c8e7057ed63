import type { AuditHistory, Mute } from '../../src/audit/audit-history.ts';
import type { PlannedAudit } from '../../src/audit/planned-audit.ts';
import type { Thread } from '../../src/explain/document.ts';
import type { RawSnapshot } from '../../src/vpc/raw-snapshot.ts';
import { editAudit, runAudit, type AuditEdition, type AuditSources } from '../../src/workflow/run-audit.ts';
import { buildWorld, type VpcBuilder } from './build-vpc.ts';
import { NOON } from './peered-vpcs.ts';

export const DAY = 86_400;

export const PROD: PlannedAudit = {
  name: 'prod',
  origin: 'slack',
  channelId: 'C0NETSEC',
  teamId: 'T0ACME',
  userId: 'U0DANA',
  scope: { families: ['peering'] },
};

/** The networks as they were read at this time. */
export function readAt(now: number, ...vpcs: readonly VpcBuilder[]): readonly RawSnapshot[] {
  const takenAt = new Date(now * 1_000).toISOString();
  return buildWorld(...vpcs).raws.map((raw) => Object.assign({}, raw, { takenAt }));
}

/** Sources that read these networks. */
export function sourcesOf(snapshots: () => readonly RawSnapshot[]): AuditSources {
  return {
    collectNetwork: async () => ({ snapshots: snapshots(), cost: { calls: 3, rounds: 1, milliseconds: 20 } }),
    readExpectations: async () => undefined,
    now: () => NOON,
  };
}

interface RunParts {
  readonly now?: number;
  readonly audit?: PlannedAudit;
  readonly history?: AuditHistory | undefined;
  readonly mutes?: readonly Mute[];
  readonly isAsked?: boolean;
}

/** One run of `prod` over these networks. */
export async function runOver(vpcs: readonly VpcBuilder[], parts: RunParts = {}): Promise<AuditEdition> {
  const { now = NOON, audit = PROD, history, mutes = [], isAsked = false } = parts;
  const sources = sourcesOf(() => readAt(now, ...vpcs));
  const result = await runAudit(audit, sources, new AbortController().signal);
  return editAudit(audit, result, { history, mutes, isAsked });
}

/** The first line of the digest; `undefined` when the run was silent. */
export const headOf = ({ thread }: { readonly thread?: Thread }): string | undefined => thread?.parent.summary;
