import * as z from 'zod';
import { AUDIT_FAMILIES } from '../audit/audit-snapshot.ts';
import { readCron } from '../queue/cron.ts';
import { parseAccountId, parseRegion, parseVpcId } from '../vpc/ids.ts';
import { that } from './that.ts';

/** An audit by schedule, told in a channel when something changed. */
const ConfiguredAudit = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and dashes, 40 at most'),
    cron: z.string('expected a cron expression in quotes, such as "0 7 * * 1"').max(100),
    timezone: z.string().max(64).default('UTC'),
    channel: z.string().regex(/^[CG][A-Z0-9]{2,20}$/, "expected a channel's id such as C0123456789, not its name"),
    families: z.array(z.enum(AUDIT_FAMILIES)).min(1).exactOptional(),
    accounts: z.array(that(parseAccountId, '12 digits in quotes')).min(1).max(500).exactOptional(),
    regions: z.array(that(parseRegion, 'a region such as eu-west-1')).min(1).max(50).exactOptional(),
    vpcs: z.array(that(parseVpcId, 'the id of a VPC')).min(1).max(500).exactOptional(),
    /** A file in which each line says what must be reachable, or must not. */
    expectations: z.string().min(1).exactOptional(),
  })
  .superRefine(({ cron, timezone }, context) => {
    const reading = readCron({ cron, timezone }, ANY_DAY);
    if (reading.kind === 'runs') return;
    context.addIssue({ code: 'custom', path: ['cron'], message: `expected a cron expression: ${reading.why}` });
  });

export const ConfiguredAudits = z
  .array(ConfiguredAudit)
  .max(100)
  .refine((audits) => new Set(audits.map(({ name }) => name)).size === audits.length, 'expected another name for each')
  .default([]);

/** Whether a cron expression can be read does not depend on the day. */
const ANY_DAY = 1_767_225_600;
