import * as z from 'zod';
import type { AuditFamily } from '../audit/audit-fault.ts';
import { AUDIT_FAMILIES } from '../audit/audit-snapshot.ts';
import { parseAccountId, parseRegion, parseVpcId, type AccountId, type Region, type VpcId } from '../vpc/ids.ts';
import { that } from './that.ts';

/**
 * Audits have a queue of their own: one reads whole networks for minutes, and nobody who asks a question should stand
 * behind it.
 */
export const AUDIT_QUEUE_NAME = 'vpc-why-audits';

/** The one kind of job in it. */
export const AUDIT_JOB = 'audit';

const Scope = z.object({
  families: z
    .array(that<AuditFamily>((text) => AUDIT_FAMILIES.find((family) => family === text)))
    .max(10)
    .exactOptional(),
  accounts: z.array(that<AccountId>(parseAccountId)).max(500).exactOptional(),
  regions: z.array(that<Region>(parseRegion)).max(50).exactOptional(),
  vpcs: z.array(that<VpcId>(parseVpcId)).max(500).exactOptional(),
});

/** What to audit and where to tell it. Small, clear text, no secrets: the template of a schedule, or one run. */
export const AuditPayload = z.object({
  version: z.literal(1),
  audit: z.object({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    origin: z.enum(['configuration', 'slack', 'once']),
    channelId: z.string().max(64),
    teamId: z.string().max(64),
    userId: z.string().max(64).exactOptional(),
    scope: Scope,
  }),
  /** Somebody waits for this run: it is told even when nothing changed. */
  isAsked: z.boolean(),
});
export type AuditPayload = z.infer<typeof AuditPayload>;
