import * as z from 'zod';
import { GapAnswer } from './gap-schema.ts';

/**
 * What `vpc-why audit --format json` prints. Published as `docs/schema/audit.schema.json`, which is made from this.
 * Fields may be added under version 1; none is renamed, removed or given another meaning.
 */
const family = z.enum(['peering', 'endpoints', 'flow-logs', 'expectations']);

const AuditObject = z.strictObject({
  id: z.string().describe('As AWS writes it: an id, an ARN, the name of a log group'),
  name: z.string().describe('The Name tag, or a name of AWS').optional(),
  accountId: z.string().optional(),
  region: z.string().optional(),
  vpcId: z.string().optional(),
});

const Finding = z.strictObject({
  id: z.string().describe('The same for the same fault of the same objects, in every run'),
  family,
  kind: z.string().describe('peering-routed-on-one-side, endpoint-groups-refuse, flow-log-missing, …'),
  severity: z.enum(['high', 'medium', 'low']),
  objects: z.array(AuditObject).min(1).describe('What it is about, the thing to change first'),
  measure: z.number().describe('How bad, in the unit of the kind: more in a later run is worse').optional(),
  title: z.string(),
  evidence: z.array(z.string()),
  why: z.string().describe('Why it matters'),
  fix: z.strictObject({
    sentences: z.array(z.string()),
    commands: z.array(z.string()).describe('AWS CLI. vpc-why never runs them'),
  }),
  gaps: z.array(GapAnswer).describe('It holds unless one of these says otherwise'),
});
export type FindingAnswer = z.infer<typeof Finding>;

export const AuditAnswer = z.strictObject({
  schemaVersion: z.literal(1),
  judgedAt: z.string().describe('UTC. Of a recorded network: when it was read'),
  families: z.array(family).describe('What was looked for: silence about another family means nothing'),
  findings: z.array(Finding).describe('The worst first'),
  gaps: z.array(GapAnswer).describe('What could not be judged'),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;
