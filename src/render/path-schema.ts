import * as z from 'zod';
import { NearestMiss } from './answer-schema.ts';
import { GapAnswer } from './gap-schema.ts';

/**
 * What `vpc-why path --format json` prints, and each line that answers `--questions`. Published as
 * `docs/schema/path.schema.json`, which is made from this. Fields may be added under version 1; none is renamed,
 * removed or given another meaning.
 */
const direction = z.enum(['ingress', 'egress']);
const ports = z.strictObject({ from: z.number().int(), to: z.number().int() });

const Obstacle = z.strictObject({
  kind: z.string().describe('security-group, network-acl, route, gateway, peering, transit-gateway, …'),
  id: z.string().describe('Absent for ends that do not exist').optional(),
  ids: z.array(z.string()).describe('All groups of the interface, where it has several').optional(),
  leg: z.enum(['forward', 'return']),
  direction: direction.optional(),
  ruleNumber: z.number().int().describe('32767 is the final deny').optional(),
  reason: z.string().describe('no-route, blackhole, asymmetric, no-public-address, …').optional(),
  code: z.string().describe("Reachability Analyzer's explanation code").optional(),
  clientPorts: ports.describe('The client ports for which it holds; absent: for all that were asked about').optional(),
  nearestMiss: NearestMiss.describe('The rule that came closest to letting it through').optional(),
  sentence: z.string(),
});

const Passage = z.strictObject({
  kind: z.enum(['rules', 'entry', 'route', 'translated', 'tracked']),
  ids: z.array(z.string()).optional(),
  ruleNumber: z.number().int().optional(),
  route: z.strictObject({ destination: z.string(), target: z.string() }).optional(),
  what: z.enum(['source', 'destination']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});

const Hop = z.strictObject({
  kind: z.string().describe('interface, security-group, network-acl, route-table, internet-gateway, …'),
  id: z.string().optional(),
  vpcId: z.string().optional(),
  subnetId: z.string().optional(),
  direction: direction.optional(),
  outcome: z.enum(['passed', 'blocked', 'unknown']),
  by: Passage.describe('What let it through').optional(),
  sentence: z.string(),
});

const Trace = z.strictObject({ hops: z.array(Hop) });

const Change = z.strictObject({
  kind: z.enum(['add-security-group-rule', 'add-network-acl-entry', 'add-route']),
  id: z.string().describe('Of the group, the ACL or the route table'),
  direction: direction.optional(),
  ruleNumber: z.number().int().optional(),
  protocol: z.number().int().optional(),
  ports: ports.optional(),
  cidr: z.string(),
  target: z.string().describe('Of a route: the peering connection or transit gateway').optional(),
  accountId: z.string().describe('Where it is to be made').optional(),
  region: z.string().optional(),
  command: z.string().describe('AWS CLI. vpc-why never runs it'),
  terraform: z.string().describe('The same as a resource of the AWS provider'),
  alsoOpens: z
    .strictObject({
      interfaces: z.array(z.string()).describe('That carry the group').optional(),
      subnets: z.array(z.string()).describe('That use the ACL or the route table').optional(),
      count: z.number().int().describe('Of all of them; no more than 100 are listed'),
      sentence: z.string(),
    })
    .describe('Everywhere that the change is in force'),
});

const Fix = z.strictObject({
  changes: z.array(Change).describe('All are needed. Empty: no small change helps, and cautions say what would'),
  verdict: z.enum(['reachable', 'blocked', 'undetermined']).describe('Of the path with all changes'),
  cautions: z.array(z.string()),
});

export const PathAnswer = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().describe('Of the question, where it had one').optional(),
  verdict: z.enum(['reachable', 'blocked', 'undetermined']),
  reachable: z.boolean().nullable().describe('null: undetermined'),
  summary: z.string(),
  blockedBy: z.array(Obstacle).describe('Every obstacle in the order met, the way there first'),
  forward: Trace,
  return: Trace,
  gaps: z.array(GapAnswer),
  fix: Fix.describe('The smallest change that leads the path through, found by following it again').optional(),
});
export type PathAnswer = z.infer<typeof PathAnswer>;
