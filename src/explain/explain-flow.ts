import type { Diagnosis } from '../engine/diagnosis.ts';
import type { Finding, InterfaceOwner, OwnerKind } from '../engine/finding.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { resource } from './console-link.ts';
import type { Span } from './document.ts';
import { formatService, shortName } from './phrase.ts';
import { sentence, type Part, type Sentence } from './sentence.ts';
import type { Telling } from './telling.ts';

/** `tcp/5432 from 10.20.4.17 to payments-db`; for the way back `replies from payments-db (tcp/443) to 10.20.4.17`. */
export function explainFlow({ finding, diagnosis }: Telling): Sentence {
  const { direction, leg, protocol } = finding.flow;
  const service = formatService(protocol, servicePort(finding));
  const [local, remote]: readonly [Part, Part] = [targetName(diagnosis), remoteName(finding)];
  const [from, to] = direction === 'ingress' ? [remote, local] : [local, remote];
  return leg === 'forward'
    ? sentence`${service} from ${from} to ${to}`
    : sentence`replies from ${from} (${service}) to ${to}`;
}

/** The interface asked about, by its name where it has one. */
export function targetName({ target }: Diagnosis): Span {
  return resource(target.region, target.id, target.name === undefined ? undefined : shortName(target.name));
}

/** The port of the side that was called. */
export function servicePort(finding: Finding): number | undefined {
  const { leg, sourcePort, destinationPort } = finding.flow;
  return finding.group?.servicePort ?? (leg === 'forward' ? destinationPort : sourcePort);
}

export function remoteAddress({ flow }: Finding): Address {
  return flow.direction === 'ingress' ? flow.source : flow.destination;
}

function remoteName(finding: Finding): string {
  const address = formatAddress(remoteAddress(finding));
  const owner = finding.reasons.find((reason) => reason.kind === 'owner' && reason.side === 'remote');
  const name = owner?.kind === 'owner' ? formatOwner(owner.owner) : finding.group?.remoteService;
  return name === undefined ? address : `${address} (${shortName(name)})`;
}

/** `load balancer app/web/50dc…`, `instance orders-api`. */
export function formatOwner(owner: InterfaceOwner): string {
  const noun = OWNER_NOUN[owner.kind];
  return owner.name === undefined ? noun : `${noun} ${shortName(owner.name)}`;
}

const OWNER_NOUN: Readonly<Record<OwnerKind, string>> = {
  instance: 'instance',
  'application-load-balancer': 'Application Load Balancer',
  'network-load-balancer': 'Network Load Balancer',
  'gateway-load-balancer': 'Gateway Load Balancer',
  'classic-load-balancer': 'Classic Load Balancer',
  'nat-gateway': 'NAT gateway',
  'vpc-endpoint': 'VPC endpoint',
  'resource-gateway': 'resource gateway',
  'transit-gateway-attachment': 'transit gateway attachment',
  lambda: 'Lambda function',
  rds: 'RDS database',
  'ecs-task': 'ECS task',
  eks: 'EKS',
  elasticache: 'ElastiCache',
  efs: 'EFS mount target',
  redshift: 'Redshift',
  'other-service': 'AWS service',
  unattached: 'unattached interface',
};
