import type { Gap, GapFact } from '../vpc/gap.ts';
import { shortName } from './phrase.ts';
import { code, sentence, type Sentence } from './sentence.ts';

/** A fact we do not have, why, what that means, and which permission would bring it. */
export function explainGap(gap: Gap): Sentence {
  const { so } = FACTS[gap.fact];
  const why = NEVER_KNOWN.has(gap.fact) ? '' : `: ${BECAUSE[gap.because]}`;
  return sentence`${subjectOf(gap)}${placeOf(gap)}${why}${why === '' ? ': ' : '; '}${so}.${remedyOf(gap)}`;
}

/** The same without consequence and remedy, to stand inside another sentence. */
export function nameGap(gap: Gap): string {
  const subject = subjectOf(gap);
  const isName = /^[A-Z]{2}|^VPC /.test(subject);
  return `${isName ? subject : subject.charAt(0).toLowerCase() + subject.slice(1)}: ${BECAUSE[gap.because]}`;
}

function subjectOf({ fact, about }: Gap): string {
  const special = about === undefined ? undefined : ABOUT.get(`${fact} ${about}`);
  if (special !== undefined) return special;
  const { what } = FACTS[fact];
  if (about === undefined || about === '' || fact === 'endpoint-traffic') return what;
  return `${what}${fact === 'flow-log-records' ? ' of' : ''} ${shortName(about)}`;
}

/** What no permission and no second look would bring. */
const NEVER_KNOWN: ReadonlySet<GapFact> = new Set([
  'icmp-type',
  'client-port',
  'port-25',
  'target-health',
  'connection-tracking',
]);

/** Gaps about something that has no id. */
const ABOUT = new Map([
  ['flow-log-records SKIPDATA', 'Flow log records that AWS lost (SKIPDATA)'],
  ['flow-log-records dstport', 'The destination port in the records'],
  ['flow-log-records earlier', 'Earlier flow log records of these connections'],
  ['configuration-changes latest', 'Configuration changes of the last 15 minutes, which CloudTrail may not tell yet'],
  ['path way-back', 'The way back of the replies'],
  ['path health-check-port', "The load balancer's health-check port"],
  ['path other-interfaces', 'Other interfaces of the same host'],
  ['path routes', 'The routes on the way'],
  ['path more-targets', "More than 20 of the load balancer's targets"],
  ['path nat-gateway', 'The NAT gateway on the way'],
  ['path far-side', 'The other side'],
  ['path peering-routes', 'Routes and rules in the peer VPC'],
  ['path transit-gateway', 'The way to the other network'],
  ['path far-interface', 'The interface at the other end'],
  ['path gateway-endpoint', 'The gateway endpoint and its routes'],
  ['path policies', 'Policies of the endpoint and the service'],
  ['path mtu', 'The path MTU'],
  ['path conntrack_allowance_exceeded', "The host's connection limits (conntrack_allowance_exceeded)"],
  ['path preserve_client_ip.enabled', 'Whether the load balancer keeps client addresses'],
]);

function placeOf(gap: Gap): string {
  const parts = [gap.accountId === undefined ? '' : `account ${gap.accountId}`, gap.region ?? ''].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Only a refusal is mended by a permission; what was throttled is mended by asking again. */
function remedyOf(gap: Gap): Sentence | string {
  if (gap.because === 'throttled' || gap.because === 'unreachable') return ' Ask again in a minute.';
  if (gap.action === undefined || gap.because !== 'access-denied') return '';
  const role = gap.accountId === undefined ? "the bot's role" : `the bot's role in account ${gap.accountId}`;
  return sentence` Allow ${code(gap.action)} to ${role}; ${code('vpc-why iam-policy')} prints the whole policy.`;
}

const BECAUSE: Readonly<Record<Gap['because'], string>> = {
  'access-denied': 'AWS denied access',
  'not-found': 'not found',
  'not-collected': 'not read',
  'not-modelled': 'not analysed yet',
  incomplete: 'only a part of the time is on record',
  malformed: 'described by AWS in a way we could not read',
  throttled: 'AWS throttled the call',
  unreachable: 'AWS did not answer in time',
};

/** What is missing and what follows from that. */
const FACTS: Readonly<Record<GapFact, { readonly what: string; readonly so: string }>> = {
  'target-health': {
    what: 'Whether a target answers: every target is unhealthy in target group',
    so: 'a load balancer then tries them all the same',
  },
  'port-25': {
    what: 'Whether EC2 lets this account send mail on port 25',
    so: 'it does not unless AWS lifted the restriction, which no API tells',
  },
  'network-interface': { what: 'Network interface', so: 'its groups and subnet are unknown' },
  'security-group': { what: 'Security group', so: 'its rules may allow the traffic' },
  'security-group-members': {
    what: 'Members of security group',
    so: 'whether the other end is one of them is unknown',
  },
  'network-acl': { what: 'Network ACL', so: 'its rules may deny the traffic' },
  subnet: { what: 'Subnet', so: 'its address block and network ACL are unknown' },
  vpc: { what: 'VPC', so: 'its address blocks and modes are unknown' },
  'prefix-list': { what: 'Prefix list', so: 'whether it holds the address is unknown' },
  'peering-connection': { what: 'Peering connection', so: 'whether group references work across it is unknown' },
  'route-table': { what: 'Route table', so: 'where its subnets send traffic is unknown' },
  'internet-gateway': { what: 'Internet gateway', so: 'whether it is attached to the VPC is unknown' },
  'nat-gateway': { what: 'NAT gateway', so: 'whether it can carry the traffic is unknown' },
  'vpn-gateway': { what: 'VPN gateway or connection', so: 'what it reaches on the other side is unknown' },
  'vpc-endpoint': { what: 'VPC endpoint', so: 'whether it serves the traffic is unknown' },
  'endpoint-traffic': { what: 'Traffic of some interface endpoints', so: 'one of them may be paid for and not used' },
  'transit-gateway': { what: 'Transit gateway', so: 'its attachments and routes are unknown' },
  'load-balancer': { what: 'Load balancer', so: 'its listeners and targets are unknown' },
  'vpc-attribute': { what: 'DNS settings of VPC', so: 'whether private names resolve in it is unknown' },
  'block-public-access': { what: 'VPC Block Public Access', so: 'it may refuse internet traffic' },
  'encryption-control': { what: 'VPC Encryption Controls', so: 'they may refuse traffic to VPC endpoints' },
  'flow-logs': { what: 'Flow logs', so: 'whether the interface is covered is unknown' },
  'flow-log-records': { what: 'Flow log records', so: 'what is missing may show other traffic' },
  'log-group': { what: 'Log group', so: 'whether it is there and how long it keeps records is unknown' },
  'private-hosted-zones': {
    what: 'Private hosted zones',
    so: 'one of them may answer in place of the private DNS of the endpoint',
  },
  instance: { what: 'Instance', so: 'its name, state and type are unknown' },
  'service-interfaces': { what: 'Interfaces of the service', so: 'who stands behind an address is unknown' },
  'icmp-type': { what: 'ICMP type', so: 'flow logs never record it, so a rule for some types only cannot be judged' },
  'client-port': { what: "Client's port", so: 'the reply was judged for the whole range a client may use' },
  'configuration-changes': {
    what: 'Configuration changes',
    so: 'rules may have been different when the records were made',
  },
  'connection-tracking': { what: 'Connection tracking', so: 'AWS does not show which connections it remembers' },
  path: { what: 'The path beyond this interface', so: 'routes, gateways and the other end were not judged' },
};
