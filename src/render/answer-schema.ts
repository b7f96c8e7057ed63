import * as z from 'zod';
import { GapAnswer } from './gap-schema.ts';

/**
 * What `--format json` prints. Published as `docs/schema/why-rejected.schema.json`, which is made from this.
 * Fields may be added under version 1; none is renamed, removed or given another meaning.
 */
const time = z
  .string()
  .describe('UTC, such as 2026-11-23T14:03:10Z')
  .regex(/^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
const direction = z.enum(['ingress', 'egress']);
const sentences = z.array(z.string());
const countOf = z.number().int().nonnegative();
const row = z
  .string()
  .describe('Row of the decision table')
  .regex(/^T-\d+$/);

const FlowLog = z.strictObject({
  id: z.string(),
  resourceId: z.string(),
  trafficType: z.enum(['ACCEPT', 'REJECT', 'ALL']),
  destination: z.string(),
  format: z.string(),
  aggregationInterval: z.number().int().positive(),
  reading: z.string().describe('What became of reading it: read, delivery-failed, destination-missing, …'),
  records: countOf.optional(),
  query: z
    .strictObject({
      service: z.enum(['logs-insights', 'athena']),
      sizeBytes: countOf.describe('What there was to read. Absent: logs of this class can only be queried').optional(),
      scannedBytes: countOf,
      cost: z.number().nonnegative().describe('Estimated'),
      price: z.strictObject({ amount: z.number().nonnegative(), currency: z.string(), per: z.enum(['GB', 'TB']) }),
    })
    .describe('The query that was asked in place of reading')
    .optional(),
});

export const NearestMiss = z.strictObject({
  ruleId: z.string().optional(),
  ruleNumber: z.number().int().optional(),
  failedOn: z.array(z.string()).min(1),
  sentence: z.string(),
});

const Blocker = z.strictObject({
  kind: z.string().describe('security-group, network-acl, block-public-access, encryption-control, …'),
  id: z.string(),
  ids: z.array(z.string()).describe('All groups of the interface, where it has several').optional(),
  leg: z.enum(['forward', 'return']),
  direction: direction.optional(),
  ruleNumber: z.number().int().describe('32767 is the final deny').optional(),
  ruleId: z.string().optional(),
  nearestMiss: NearestMiss.optional(),
  reason: z.string().describe('no-route, blackhole, not-active, …: of what stands further on the way').optional(),
  code: z.string().describe("Reachability Analyzer's explanation code").optional(),
  mode: z.string().optional(),
  managedBy: z.string().optional(),
  clientPorts: z.array(z.number().int()).optional(),
});

const Change = z.strictObject({
  kind: z.enum(['add-security-group-rule', 'add-network-acl-entry']),
  id: z.string(),
  direction,
  ruleNumber: z.number().int().optional(),
  protocol: z.number().int(),
  ports: z.strictObject({ from: z.number().int(), to: z.number().int() }).optional(),
  cidr: z.string(),
  command: z.string().describe('AWS CLI. vpc-why never runs it'),
  terraform: z.string().describe('The same as a resource of the AWS provider'),
});

const Reach = z.strictObject({
  id: z.string().describe('The group or ACL that is changed'),
  interfaces: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().optional(),
        effect: z
          .enum(['opens', 'stops', 'unknown', 'none'])
          .describe('Newly passes there; another filter stops it; could not be told; it passed before'),
      }),
    )
    .max(100)
    .describe('Others where the change is in force'),
  count: countOf.describe('Of all of them; no more than 100 are listed'),
  subnets: z.array(z.string()).describe('Of an ACL: those that use it'),
  complete: z.boolean().describe('false: some interfaces where it is in force were not read'),
  sentence: z.string(),
});

const RecordedRadius = z.strictObject({
  of: z.enum(['question', 'day']).describe('Whose records were held against the fix'),
  window: z.strictObject({ start: time, end: time }),
  cut: z.boolean().describe('Reading stopped before the end of them'),
  others: countOf.describe('Other rejected flows'),
  passing: z
    .array(
      z.strictObject({
        direction,
        protocol: z.number().int(),
        remoteAddr: z.string(),
        localAddr: z.string(),
        port: z.number().int().optional(),
        records: countOf,
        looksLikeScan: z.boolean(),
      }),
    )
    .max(100)
    .describe('Those that would newly pass'),
  count: countOf.describe('Of all of them; no more than 100 are listed'),
  sentence: z.string(),
});

const Fix = z.strictObject({
  changes: z.array(Change),
  passes: countOf.describe('Rejected records that would pass with all changes'),
  of: countOf,
  alone: z.array(countOf).describe('The same for each change alone; empty when there is only one'),
  cautions: sentences,
  blastRadius: z
    .strictObject({ reaches: z.array(Reach), recorded: RecordedRadius.optional() })
    .describe('What it would let through besides'),
});

const ChangeMade = z.strictObject({
  event: z.string().describe('Of CloudTrail: RevokeSecurityGroupIngress'),
  at: time,
  objects: z.array(z.string()),
  by: z
    .strictObject({
      kind: z.enum(['role', 'user', 'root', 'service', 'account']),
      name: z.string().optional(),
      session: z.string().optional(),
    })
    .optional(),
  effect: z
    .enum(['closed', 'opened'])
    .describe('From then on the rules denied the packet, or let it pass. Absent: not known')
    .optional(),
});

const Finding = z.strictObject({
  row,
  alternatives: z.array(row),
  verdict: z.enum(['blocked', 'was-blocked', 'not-a-rule', 'no-evidence', 'undetermined']),
  summary: z.string(),
  flow: z.strictObject({
    direction,
    leg: z.enum(['forward', 'return']),
    srcAddr: z.string(),
    dstAddr: z.string(),
    protocol: z.number().int().min(0).max(255),
    dstPort: z.number().int().optional(),
    srcPort: z.number().int().optional(),
  }),
  alsoRemote: z.array(z.string()).describe('Other remote addresses that met the same fate; counts include them'),
  records: z.strictObject({
    rejected: countOf,
    accepted: countOf,
    firstSeen: time.optional(),
    lastSeen: time.optional(),
    samples: z.array(z.string()).max(5),
  }),
  blockedBy: z.array(Blocker),
  confidence: z.enum(['certain', 'likely', 'possible']),
  changes: z.array(ChangeMade).describe('Who changed what filters the packet, oldest first'),
  why: sentences,
  couldNotSee: sentences,
  fix: Fix.optional(),
});

export const WhyRejectedAnswer = z.strictObject({
  schemaVersion: z.literal(1),
  target: z.strictObject({
    eniId: z.string(),
    accountId: z.string(),
    region: z.string(),
    vpcId: z.string(),
    subnetId: z.string().optional(),
    name: z.string().optional(),
    owner: z.string().describe('Who stands behind the interface: instance, nat-gateway, …'),
    addresses: z.array(z.string()),
    securityGroups: z.array(z.string()),
  }),
  window: z.strictObject({ start: time, end: time }),
  configReadAt: time.optional(),
  coverage: z.strictObject({
    flowLogs: z.array(FlowLog),
    sees: z.strictObject({ accept: z.boolean(), reject: z.boolean() }),
    freshUntil: time.optional(),
    missingFields: z.array(z.string()),
    gaps: z.array(GapAnswer),
  }),
  reading: z.strictObject({
    records: countOf,
    accepted: countOf,
    rejected: countOf,
    malformed: countOf,
    undirected: countOf,
    bytes: countOf,
    stoppedEarly: z.string().optional(),
  }),
  findings: z.array(Finding),
  omitted: z.strictObject({ findings: countOf, rejected: countOf }).describe('Findings beyond those listed').optional(),
  unjudged: z
    .strictObject({ flows: countOf, rejected: countOf })
    .describe('Flows that were only counted, because there were too many')
    .optional(),
  noise: z.strictObject({
    records: countOf,
    sources: countOf,
    ports: z.array(z.strictObject({ port: z.number().int(), records: countOf })),
  }),
  couldNotSee: sentences,
});
export type WhyRejectedAnswer = z.infer<typeof WhyRejectedAnswer>;
