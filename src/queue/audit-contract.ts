import { z } from 'zod';

/**
 * Audits have a queue of their own: one reads whole networks for minutes, and nobody who asks a question should stand
 * behind it.
 */
export const AUDIT_QUEUE_NAME = 'vpc-why-audits';

/** The one kind of job in it. */
export const AUDIT_JOB = 'audit';

/** The name of a schedule; also what its history is kept under. */
export const AuditName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected a name of lower-case letters, digits and dashes, 40 at most');

/** What to audit and where to tell it. Small, clear text, no secrets: the template of a schedule, or one run. */
export const AuditPayload = z.object({
  version: z.literal(1),
  name: AuditName,
  channelId: z.string().max(64),
  teamId: z.string().max(64),
  /** Who scheduled it, or asked for this run. Absent: the configuration file. */
  userId: z.string().max(64).exactOptional(),
  /** `once`: asked for without a schedule. */
  origin: z.enum(['configuration', 'slack', 'once']),
  /** Somebody waits for this run: it is told even when nothing changed. */
  isAsked: z.boolean(),
  /** Absent: all. */
  families: z.array(z.string().max(40)).max(10).exactOptional(),
  /** Absent: everything that the configuration names. */
  accounts: z.array(z.string().max(12)).max(500).exactOptional(),
  regions: z.array(z.string().max(40)).max(50).exactOptional(),
  vpcs: z.array(z.string().max(40)).max(500).exactOptional(),
});
export type AuditPayload = z.infer<typeof AuditPayload>;
