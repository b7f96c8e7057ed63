import type { AuditFinding } from '../audit/audit-finding.ts';
import type { AclRefusal, EndpointFault } from '../audit/endpoints/endpoint-fault.ts';
import { formatCidr, type Cidr } from '../net/cidr.ts';
import { ec2Command } from './ec2-command.ts';
import { entryName } from './explain-rule.ts';
import { cutItems } from './list-of.ts';
import { count, formatList, formatPorts } from './phrase.ts';
import { joinSpans, sentence, type Sentence } from './sentence.ts';
import { doThis, named, namedAll, nameEndpoint, paragraph, regionOf, type TellingsOf } from './tell-endpoint.ts';
import { SERVICE_NAME } from './tell-gateway-endpoints.ts';

type Kind =
  | 'endpoint-groups-refuse'
  | 'endpoint-acl-refuses'
  | 'endpoint-egress-closed'
  | 'endpoint-port-not-encrypted';

/** Groups, ACLs and modes that keep clients from an endpoint. */
export const tellEndpointFilters: TellingsOf<Kind> = {
  'endpoint-groups-refuse': (fault, finding) => ({
    title: sentence`${nameEndpoint(fault.endpoint, finding)}: its security groups refuse tcp/${portsOf(fault)} from ${fault.extent === 'everybody' ? 'everybody in the VPC' : whereRefused(fault)}.`,
    evidence: [
      sentence`No inbound rule of ${namedAll(fault.endpoint.groups, finding)} lets them in.`,
      ...fault.refused
        .slice(0, MOST_ITEMS)
        .map(
          ({ id, example, clients }) =>
            sentence`${named(id, finding)}: ${count(clients, 'client')} refused, ${named(example, finding)} for one.`,
        ),
      ...(fault.endpoint.privateDnsEnabled
        ? [
            sentence`Private DNS leads every client of the VPC here: those who are refused have no other way to the service.`,
          ]
        : []),
    ],
    why: sentence`Connections to the service time out; a missing permission would be refused with an error instead.`,
    fix: doThis(
      sentence`Let the VPC in; it suffices to do so in one of the groups. Narrow the block to those who need the service:`,
      ec2Command('authorize-security-group-ingress', regionOf(finding), [
        ['--group-id', fault.endpoint.groups[0] ?? 'YOUR-GROUP'],
        ['--ip-permissions', permissionOf(fault.ports[0], fault.vpcCidrs)],
      ]),
    ),
  }),
  'endpoint-acl-refuses': ({ endpoint, aclId, refusals }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)}: network ACL ${named(aclId, finding)} drops ${refusals.some(isAnswer) ? (refusals.every(isAnswer) ? 'the answers' : 'requests and answers') : 'requests'}.`,
    evidence: cutItems(
      refusals.map((refusal) => explainRefusal(refusal, finding)),
      MOST_ITEMS,
    ),
    why: sentence`Connections through the endpoint time out. ACLs keep no state: the way there and the way back must both be open.`,
    fix: [
      ...doThis(
        sentence`Allow it with a number below the one that denies; find out first whether the deny is meant:`,
        allowCommand(aclId, refusals[0], finding),
      ),
      ...(refusals.length > 1 ? [paragraph(sentence`The others need an entry each.`)] : []),
    ],
  }),
  'endpoint-egress-closed': ({ service, endpoint, prefixListId, groups, interfaces }, finding) => ({
    title: sentence`${namedAll(groups, finding)} ${groups.length === 1 ? 'lets' : 'let'} nothing out to ${SERVICE_NAME[service]}, though ${named(endpoint.id, finding)} leads there.`,
    evidence: [
      sentence`${count(interfaces.length, 'interface')}: ${namedAll(interfaces, finding)}.`,
      sentence`No outbound rule allows tcp/443 to prefix list ${named(prefixListId, finding)}: behind a gateway endpoint the service keeps its public addresses.`,
    ],
    why: sentence`If these hosts use ${SERVICE_NAME[service]}, their connections time out. If they don't, nothing is wrong: mute this.`,
    fix: doThis(
      sentence`Only if they need it:`,
      ec2Command('authorize-security-group-egress', regionOf(finding), [
        ['--group-id', groups[0]],
        ['--ip-permissions', `IpProtocol=tcp,FromPort=443,ToPort=443,PrefixListIds=[{PrefixListId=${prefixListId}}]`],
      ]),
    ),
  }),
  'endpoint-port-not-encrypted': ({ endpoint, ports }, finding) => ({
    title: sentence`${nameEndpoint(endpoint, finding)}: tcp/${formatList(ports.map(String))} is dropped, since the VPC enforces encryption.`,
    evidence: [
      sentence`VPC Encryption Controls are in mode enforce. Interface endpoints then take port 443 only; flow logs show the others with reject-reason EC.`,
    ],
    why: sentence`The service cannot be reached through this endpoint.`,
    fix: [
      paragraph(
        sentence`Use the service on port 443 if it listens there; else the VPC has to go back to mode monitor, which is a decision for its owner.`,
      ),
    ],
  }),
};

const MOST_ITEMS = 5;

type GroupsRefuse = Extract<EndpointFault, { readonly kind: 'endpoint-groups-refuse' }>;

function portsOf({ ports }: GroupsRefuse): string {
  return ports.length === 1
    ? String(ports[0])
    : `${ports[0]} (or ${formatList(ports.slice(1).map(String), ports.length)})`;
}

function whereRefused({ refused }: GroupsRefuse): string {
  const clients = refused.reduce((sum, each) => sum + each.clients, 0);
  return `${count(clients, 'client')} in ${count(refused.length, 'subnet')}`;
}

/** Shorthand syntax: https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html */
function permissionOf(port: number, cidrs: readonly Cidr[]): string {
  const [ipv4, ipv6] = (['ipv4', 'ipv6'] as const).map((family) => cidrs.filter((cidr) => cidr.family === family));
  const ranges = [...rangesOf('IpRanges', 'CidrIp', ipv4 ?? []), ...rangesOf('Ipv6Ranges', 'CidrIpv6', ipv6 ?? [])];
  return [`IpProtocol=tcp,FromPort=${port},ToPort=${port}`, ...ranges].join(',');
}

function rangesOf(list: string, field: string, cidrs: readonly Cidr[]): readonly string[] {
  return cidrs.length === 0 ? [] : [`${list}=[${cidrs.map((cidr) => `{${field}=${formatCidr(cidr)}}`).join(',')}]`];
}

/** Answers go to the ports of clients. */
function isAnswer({ ports }: AclRefusal): boolean {
  return ports.from !== ports.to;
}

function explainRefusal(refusal: AclRefusal, finding: AuditFinding): Sentence {
  const { subnetId, by, remote, ports, direction } = refusal;
  const what = isAnswer(refusal) ? 'answers to client ports' : 'requests to port';
  const between = direction === 'ingress' ? 'from' : 'to';
  return sentence`${named(subnetId, finding)}: ${joinSpans(entryName(by), '')} denies ${what} ${formatPorts(ports)} ${between} ${formatCidr(remote)}.`;
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
function allowCommand(aclId: string, refusal: AclRefusal, finding: AuditFinding): string {
  const { direction, freeNumber, remote, ports } = refusal;
  const block = remote.family === 'ipv4' ? '--cidr-block' : '--ipv6-cidr-block';
  const number = freeNumber === undefined ? 'YOUR-NUMBER' : String(freeNumber);
  return ec2Command('create-network-acl-entry', regionOf(finding), [
    ['--network-acl-id', aclId, `--${direction}`, '--rule-number', number],
    ['--protocol', 'tcp', '--port-range', `From=${ports.from},To=${ports.to}`],
    [block, formatCidr(remote), '--rule-action', 'allow'],
  ]);
}
