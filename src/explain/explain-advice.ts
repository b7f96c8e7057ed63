import type { LogReading } from '../engine/diagnosis.ts';
import type { FindingVerdict, RowId } from '../engine/finding.ts';
import { assertNever } from '../lang/exhaustive.ts';
import { formatAddress } from '../net/address.ts';
import { hasPorts, UDP } from '../net/protocol.ts';
import type { Block } from './document.ts';
import { remoteAddress, servicePort } from './explain-flow.ts';
import { createFlowLogCommand } from './flow-log-command.ts';
import { formatService } from './phrase.ts';
import { code, sentence, time, type Sentence } from './sentence.ts';
import { shellCommand } from './shell.ts';
import type { Telling } from './telling.ts';

/** What to do where no rule change helps. Empty where there is nothing to do. */
export function explainAdvice(telling: Telling): readonly Block[] {
  const { row, verdict } = telling.finding;
  return (ADVICE.get(row) ?? BY_VERDICT[verdict])(telling);
}

type Advice = (telling: Telling) => readonly Block[];

function says(spans: Sentence): Advice {
  return () => [{ kind: 'paragraph', spans }];
}

/** Nothing listens, or something on the host is in the way: only the host can tell. */
function lookAtHost({ finding }: Telling): readonly Block[] {
  const { protocol } = finding.flow;
  const port = servicePort(finding);
  const filter = port === undefined || !hasPorts(protocol) ? [] : [`sport = :${port}`];
  const sockets = shellCommand(['sudo', 'ss', protocol === UDP ? '-lnup' : '-lntp', ...filter], []);
  return [
    {
      kind: 'paragraph',
      spans: sentence`No group or ACL is in the way. Look on the host what listens, and what its own firewall does:`,
    },
    { kind: 'command', shell: `${sockets}\nsudo nft list ruleset` },
  ];
}

/** CT-11, CT-12. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html */
function keepAlive({ finding, diagnosis: { target } }: Telling): readonly Block[] {
  const timeout = finding.reasons.find((reason) => reason.kind === 'idle-timeout');
  const seconds = timeout?.kind === 'idle-timeout' ? ` (${timeout.seconds} s here)` : '';
  return [
    {
      kind: 'paragraph',
      spans: sentence`No rule is missing. Let the application send keepalives more often than the idle time-out${seconds}, or lengthen the time-out of the interface; an hour, for example:`,
    },
    {
      kind: 'command',
      shell: shellCommand(
        ['aws', 'ec2', 'modify-network-interface-attribute'],
        [
          ['--region', target.region, '--network-interface-id', target.id],
          ['--connection-tracking-specification', 'TcpEstablishedTimeout=3600'],
        ],
      ),
    },
  ];
}

/** RT-35. https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html */
function excludeFromBlock({ diagnosis: { target } }: Telling): readonly Block[] {
  const { subnetId, vpcId } = target.interface;
  const place = subnetId === undefined ? ['--vpc-id', vpcId] : ['--subnet-id', subnetId];
  return [
    {
      kind: 'paragraph',
      spans: sentence`No change of a group or ACL helps. Block Public Access is a decision of the account or its organization: ask there first. If they agree, an exclusion lets this ${subnetId === undefined ? 'VPC' : 'subnet'} use the internet:`,
    },
    {
      kind: 'command',
      shell: shellCommand(
        ['aws', 'ec2', 'create-vpc-block-public-access-exclusion'],
        [
          ['--region', target.region, ...place],
          ['--internet-gateway-exclusion-mode', 'allow-bidirectional'],
        ],
      ),
    },
  ];
}

/** A flow log can't be changed (FLOW-89): whatever is missing, a new one brings it. */
function newFlowLog(spans: Sentence): Advice {
  return ({ diagnosis }) => [
    { kind: 'paragraph', spans },
    { kind: 'command', shell: createFlowLogCommand(diagnosis.target) },
  ];
}

/** What ails the first flow log that cannot be read; the couldn't-see part tells of the others. */
function mendLog(telling: Telling): readonly Block[] {
  const { logs } = telling.diagnosis.coverage;
  const ailing = logs.map(({ reading }) => reading).find(({ kind }) => kind !== 'read' && kind !== 'not-needed');
  return ailing === undefined ? BY_VERDICT.undetermined(telling) : mendReading(ailing)(telling);
}

function mendReading(reading: LogReading): Advice {
  switch (reading.kind) {
    case 'delivery-failed':
      return says(DELIVERY_REMEDIES.get(reading.error ?? '') ?? MAKE_ANEW);
    case 'refused':
      return says(
        sentence`Allow ${code(reading.action)} to the bot's role; ${code('vpc-why iam-policy')} prints the whole policy.`,
      );
    case 'unreachable':
      return says(sentence`Ask again in a minute.`);
    case 'unreadable-destination':
      return logElsewhere(reading.type);
    case 'destination-missing':
    case 'read':
    case 'not-needed':
      return says(MAKE_ANEW);
    default:
      return assertNever(reading);
  }
}

/** A log group of the Infrequent Access class is read by Logs Insights alone (API-47). */
function logElsewhere(type: string): Advice {
  return newFlowLog(
    type.startsWith('INFREQUENT_ACCESS')
      ? sentence`Let the bot ask Logs Insights, which alone reads this class of log group (${code('aws.largeLogs.insights')} in its configuration), or log to one of the Standard class as well:`
      : sentence`Log to CloudWatch Logs or S3 as well, which can be read:`,
  );
}

const MAKE_ANEW = sentence`Make the destination again, or delete the flow log and create it anew.`;

/** FLOW-88. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html */
const DELIVERY_REMEDIES: ReadonlyMap<string, Sentence> = new Map([
  [
    'Access error',
    sentence`Let ${code('vpc-flow-logs.amazonaws.com')} assume the flow log's role, and let the role write to the log group.`,
  ],
  ['Rate limited', sentence`CloudWatch Logs limits this log group: raise its quota, or log to S3.`],
]);

function askLater({ finding }: Telling): readonly Block[] {
  const late = finding.reasons.find((reason) => reason.kind === 'not-delivered-yet');
  const spans =
    late?.kind === 'not-delivered-yet'
      ? sentence`Ask again after ${time(late.retryAt)}.`
      : sentence`Ask again in a few minutes, or for a longer time.`;
  return [{ kind: 'paragraph', spans }];
}

/** A fix of one's own rules is proven by records; what lies further on the way, by following it. */
function followTheWay({ finding, diagnosis: { target } }: Telling): readonly Block[] {
  if (finding.blockedBy.every(({ kind }) => kind !== 'path')) return [];
  const { protocol, direction, leg } = finding.flow;
  const ends = [target.id, formatAddress(remoteAddress(finding))];
  const isAsked = (direction === 'ingress') === (leg === 'forward');
  const port = servicePort(finding);
  const service = port === undefined || !hasPorts(protocol) ? '' : ` ${formatService(protocol, port)}`;
  const words = `path ${(isAsked ? ends.toReversed() : ends).join(' ')}${service}`;
  return [{ kind: 'paragraph', spans: sentence`${code(words)} shows every hop of the way, and the smallest fix.` }];
}

/** What CloudTrail has told of is no culprit; whom it could not be asked about may be one. */
function lookAtMembers(telling: Telling): readonly Block[] {
  const isUnread = telling.finding.gaps.some(
    ({ fact, about }) => fact === 'configuration-changes' && about !== 'latest',
  );
  return isUnread ? BY_VERDICT.undetermined(telling) : MEMBERS(telling);
}

const MEMBERS = says(
  sentence`Nothing to open: today's rules allow it. See who joined or left the groups about then, and what was changed in prefix lists; ask again if it is rejected anew.`,
);

const RETRY = says(sentence`Nothing to change: try again, and ask once more if it still fails.`);
const INTENDED = says(sentence`Nothing to do: this is what the rules are for.`);

const BY_VERDICT: Readonly<Record<FindingVerdict, Advice>> = {
  blocked: followTheWay,
  'was-blocked': RETRY,
  'not-a-rule': () => [],
  'no-evidence': () => [],
  undetermined: says(sentence`Close the gap below and ask again: a guess could open the wrong thing.`),
};

const ADVICE: ReadonlyMap<RowId, Advice> = new Map<RowId, Advice>([
  [
    'T-18',
    says(
      sentence`Ping needs echo request (ICMP type 8, ICMPv6 type 128); path MTU discovery needs ICMP type 3 code 4 (ICMPv6 type 2). See whether the rules allow the type you mean.`,
    ),
  ],
  ['T-5', says(sentence`Nothing to open: new connections are allowed. A few late packets do no harm.`)],
  ['T-6', lookAtMembers],
  ['T-7', excludeFromBlock],
  [
    'T-8',
    says(
      sentence`Let the client use TLS on port 443 of the endpoint, or ask who enforces encryption for an exclusion.`,
    ),
  ],
  ['T-9', newFlowLog(sentence`To be sure, record the reason of rejects with a new flow log:`)],
  ['T-11', INTENDED],
  [
    'T-20',
    says(
      sentence`Nothing to open: the answer came after UDP tracking had ended (30 s, or 180 s for a longer exchange).`,
    ),
  ],
  ['T-31', keepAlive],
  [
    'T-33',
    says(
      sentence`Make the host answer through the interface that was asked (policy routing), or use one interface only.`,
    ),
  ],
  ['T-34', keepAlive],
  ['T-36', lookAtHost],
  ['T-37', lookAtHost],
  ['T-38', lookAtHost],
  [
    'T-39',
    says(
      sentence`Make the host answer through the interface that was asked (policy routing), or use one interface only.`,
    ),
  ],
  ['T-45', says(sentence`Send mail through port 587 or 465 of a relay, or ask AWS to remove the restriction.`)],
  ['T-53', INTENDED],
  [
    'T-54',
    says(
      sentence`See which address the client resolves and uses, its route to here, and the targets of a load balancer between.`,
    ),
  ],
  [
    'T-56',
    says(
      sentence`See which address the client resolves and uses, its route to here, and the targets of a load balancer between.`,
    ),
  ],
  ['T-57', askLater],
  ['T-58', newFlowLog(sentence`Turn flow logs on, let the traffic happen again, and ask about 10 minutes later:`)],
  ['T-59', newFlowLog(sentence`Record rejects too, with a flow log of all traffic:`)],
  ['T-60', newFlowLog(sentence`Record accepted traffic too, with a flow log of all traffic:`)],
  ['T-61', mendLog],
  ['T-62', askLater],
]);
