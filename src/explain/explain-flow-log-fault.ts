import type { AuditFinding } from '../audit/audit-finding.ts';
import type { FlowLogFault } from '../audit/flow-logs/flow-log-fault.ts';
import type { FlowLog } from '../vpc/flow-log.ts';
import type { Region } from '../vpc/ids.ts';
import { resource } from './console-link.ts';
import type { Block } from './document.ts';
import { ec2Command } from './ec2-command.ts';
import type { FaultTelling } from './fault-telling.ts';
import { explainFieldUses } from './field-uses.ts';
import { createFlowLogCommand } from './flow-log-command.ts';
import { count, formatDuration, shortName } from './phrase.ts';
import { code, sentence, type Part, type Sentence } from './sentence.ts';
import { shellCommand } from './shell.ts';

/** A fault of flow logs, as a person reads it. */
export function explainFlowLogFault(fault: FlowLogFault, finding: AuditFinding): FaultTelling {
  return explainKind(fault.kind, fault, finding);
}

type Kind = FlowLogFault['kind'];
type FaultByKind = { readonly [K in Kind]: Extract<FlowLogFault, { readonly kind: K }> };

function explainKind<K extends Kind>(kind: K, fault: FaultByKind[K], finding: AuditFinding): FaultTelling {
  return TELLINGS[kind](fault, finding);
}

/** The compiler asks for every kind. */
const TELLINGS: { readonly [K in Kind]: (fault: FaultByKind[K], finding: AuditFinding) => FaultTelling } = {
  'flow-log-missing': ({ resource: what, interfaces }, finding) => ({
    title: sentence`${subjectOf(finding)} has no flow log in the accounts that were read.`,
    evidence: [
      interfaces === 0
        ? sentence`Nothing is attached to it at the moment.`
        : sentence`${count(interfaces, 'interface')} in use ${interfaces === 1 ? 'is' : 'are'} covered neither by a log of ${interfaces === 1 ? 'its' : 'their'} own nor by one of the subnet or VPC.`,
    ],
    why: sentence`Without records nobody can tell why traffic was rejected, or that it ever arrived. A log made after the incident shows nothing of it.`,
    fix: remake(finding, sentence`Make one for the whole ${RESOURCE_WORD[what]}:`),
  }),
  'flow-log-not-delivered': ({ log }, finding) => ({
    title: sentence`${subjectOf(finding)}: delivery fails${errorOf(log)}.`,
    evidence: [sentence`It monitors ${monitored(log, finding)} and should write to ${destinationOf(log)}.`],
    why: sentence`Its records are lost, and AWS goes on calling the flow log active.`,
    fix: [
      paragraph(
        sentence`Let the log's role write there (its trust policy must name vpc-flow-logs.amazonaws.com), or make the destination anew. A flow log cannot be changed: with another role or destination it must be made again.`,
      ),
    ],
  }),
  'flow-log-destination-gone': ({ log, logGroup }, finding) => ({
    title: sentence`${subjectOf(finding)} writes to log group ${code(shortName(logGroup))}, which does not exist.`,
    evidence: [
      sentence`It monitors ${monitored(log, finding)}, where interfaces are in use; delivery status: ${log.delivery.status}${errorOf(log)}.`,
    ],
    why: sentence`What was recorded is gone, and what is recorded now may be lost.`,
    fix: [
      { kind: 'command', shell: logsCommand('create-log-group', finding, ['--log-group-name', logGroup]) },
      paragraph(sentence`Or delete the flow log if another one took its place.`),
    ],
  }),
  'flow-log-one-action': ({ log, missing, interfaces }, finding) => ({
    title: sentence`${subjectOf(finding)} records ${ACTION_WORD[log.trafficType]} traffic only.`,
    evidence: [
      sentence`It monitors ${monitored(log, finding)}; for ${count(interfaces, 'interface')} no other log records ${ACTION_WORD[missing]} traffic.`,
    ],
    why: sentence`${MISSING_ACTION[missing]}`,
    fix: remake(finding, sentence`A flow log cannot be changed. Make one for all traffic, then delete this one:`, log),
  }),
  'flow-log-lacks-fields': ({ log, fields }, finding) => ({
    title: sentence`${subjectOf(finding)} leaves out ${count(fields.length, 'field')} that a diagnosis uses.`,
    evidence: explainFieldUses(fields),
    why: sentence`Without them some rejected traffic cannot be explained, or only guessed at.`,
    fix: remake(
      finding,
      sentence`A flow log cannot be changed. Make one with the useful fields, then delete this one:`,
      log,
    ),
  }),
  'flow-log-slow': ({ log }, finding) => ({
    title: sentence`${subjectOf(finding)} collects for ${formatDuration(log.aggregationInterval)} before it writes.`,
    evidence: [
      sentence`It monitors ${monitored(log, finding)}. Interfaces of Nitro instances report every minute all the same; others do not.`,
    ],
    why: sentence`Records arrive later, and their times are less exact, when somebody waits for an answer.`,
    fix: remake(
      finding,
      sentence`A flow log cannot be changed. Make one with an interval of 60 seconds, then delete this one:`,
      log,
    ),
  }),
  'flow-log-kept-for-ever': ({ logGroup, logs }, finding) => ({
    title: sentence`Log group ${code(shortName(logGroup))} keeps flow log records for ever.`,
    evidence: [
      sentence`${count(logs.length, 'flow log')} ${logs.length === 1 ? 'writes' : 'write'} to it, and it has no retention.`,
    ],
    why: sentence`Its storage costs more every month, and addresses of people are kept longer than anybody decided.`,
    fix: [
      paragraph(sentence`Choose for how long, in days:`),
      {
        kind: 'command',
        shell: logsCommand('put-retention-policy', finding, [
          '--log-group-name',
          logGroup,
          '--retention-in-days',
          '90',
        ]),
      },
    ],
  }),
};

const RESOURCE_WORD = { vpc: 'VPC', subnet: 'subnet', 'network-interface': 'network interface' } as const;
const ACTION_WORD = { ACCEPT: 'accepted', REJECT: 'rejected', ALL: 'all' } as const;
const MISSING_ACTION = {
  REJECT: 'A log of accepted traffic never shows what was blocked.',
  ACCEPT: 'A log of rejected traffic never shows whether a request arrived and was let in, nor whether an answer left.',
} as const;

function subjectOf({ objects: [first] }: AuditFinding): Part {
  const named = first.region === undefined ? code(first.id) : resource(first.region, first.id);
  return first.name === undefined ? named : sentence`${named} (${shortName(first.name)})`;
}

function monitored({ resourceId }: FlowLog, finding: AuditFinding): Part {
  const region = regionOf(finding);
  return region === undefined ? code(resourceId) : resource(region, resourceId);
}

function regionOf({ objects: [first] }: AuditFinding): Region | undefined {
  return first.region;
}

function errorOf({ delivery: { error } }: FlowLog): string {
  return error === undefined ? '' : ` with "${shortName(error)}"`;
}

function destinationOf({ destination }: FlowLog): Sentence {
  if (destination.kind === 'cloud-watch-logs') return sentence`log group ${code(shortName(destination.logGroup))}`;
  if (destination.kind === 's3') return sentence`bucket ${code(shortName(destination.bucket))}`;
  return sentence`${shortName(destination.type)}`;
}

/** The new log comes first, so that nothing is missed between the two. */
function remake({ objects: [first] }: AuditFinding, words: Sentence, old?: FlowLog): readonly Block[] {
  const { accountId, region } = first;
  const id = old?.resourceId ?? first.id;
  if (region === undefined) return [paragraph(words)];
  const create = createFlowLogCommand({ id, region, ...(accountId !== undefined && { accountId }) });
  const remove = old === undefined ? [] : [ec2Command('delete-flow-logs', region, [['--flow-log-ids', old.id]])];
  return [paragraph(words), { kind: 'command', shell: [create, ...remove].join('\n') }];
}

/** https://docs.aws.amazon.com/cli/latest/reference/logs/ */
function logsCommand(command: string, { objects: [{ region }] }: AuditFinding, options: readonly string[]): string {
  return shellCommand(['aws', 'logs', command], region === undefined ? [options] : [['--region', region], options]);
}

function paragraph(spans: Sentence): Block {
  return { kind: 'paragraph', spans };
}
