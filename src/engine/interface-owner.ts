import type { NetworkInterface } from '../vpc/network-interface.ts';
import type { Snapshot } from '../vpc/snapshot.ts';
import type { InterfaceOwner, OwnerKind } from './finding.ts';

/**
 * Who stands behind an interface; the first row that matches wins (ENI-22..39). AWS documents the descriptions of
 * endpoint interfaces only, the others are as observed.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 */
export function interfaceOwner(networkInterface: NetworkInterface, snapshot?: Snapshot): InterfaceOwner {
  const { id, instanceId } = networkInterface;
  if (instanceId !== undefined) {
    return { kind: 'instance', name: snapshot?.instances.get(instanceId)?.name ?? instanceId, interfaceId: id };
  }
  const row = ROWS.find((candidate) => matches(candidate, networkInterface));
  return row === undefined ? withoutDescription(networkInterface) : namedOwner(row, networkInterface);
}

interface Row {
  readonly kind: OwnerKind;
  /** What the description begins with; its group `name` is the owner's name. */
  readonly description: RegExp;
  readonly interfaceType?: string;
  /** Where the description names nothing that a reader could look up. */
  readonly service?: string;
}

const ROWS: readonly Row[] = [
  { kind: 'application-load-balancer', description: /^ELB (?<name>app\/\S+)/ },
  { kind: 'network-load-balancer', description: /^ELB (?<name>net\/\S+)/, interfaceType: 'network_load_balancer' },
  { kind: 'gateway-load-balancer', description: /^ELB (?<name>gwy\/\S+)/, interfaceType: 'gateway_load_balancer' },
  { kind: 'classic-load-balancer', description: /^ELB (?<name>\S+)/ },
  { kind: 'nat-gateway', description: /^Interface for NAT Gateway (?<name>nat-\w+)/, interfaceType: 'nat_gateway' },
  { kind: 'vpc-endpoint', description: /^VPC Endpoint Interface:? (?<name>vpce-\w+)/, interfaceType: 'vpc_endpoint' },
  { kind: 'resource-gateway', description: /^Resource Gateway Interface (?<name>rgw-\w+)/ },
  {
    kind: 'transit-gateway-attachment',
    description: /^Network Interface for Transit Gateway Attachment (?<name>tgw-attach-\w+)/,
    interfaceType: 'transit_gateway',
  },
  /** Shared by all functions with the same subnets and groups, so it bears the name of none (ENI-14). */
  { kind: 'lambda', description: /^AWS Lambda VPC ENI/, interfaceType: 'lambda' },
  { kind: 'rds', description: /^(?:RDSNetworkInterface$|Network interface for DBProxy)/ },
  { kind: 'ecs-task', description: /^(?<name>arn:aws[\w-]*:ecs:\S+)/ },
  { kind: 'eks', description: /^(?:aws-K8S-|aws-k8s-branch-eni|Amazon EKS (?<name>\S+))/ },
  { kind: 'elasticache', description: /^ElastiCache(?: (?<name>\S+))?/ },
  { kind: 'efs', description: /^EFS mount target for (?<name>fs-\w+)/, interfaceType: 'efs' },
  { kind: 'redshift', description: /^RedshiftNetworkInterface$/ },
  { kind: 'other-service', description: /^DMSNetworkInterface/, service: 'Database Migration Service' },
  { kind: 'other-service', description: /^AWS created network interface for directory (?<name>d-\w+)/ },
  { kind: 'other-service', description: /^AWS ElasticMapReduce/, service: 'EMR' },
  { kind: 'other-service', description: /^CloudHSM/, service: 'CloudHSM' },
  { kind: 'other-service', description: /^ENI managed by APIGateway/, service: 'API Gateway' },
];

function matches(row: Row, networkInterface: NetworkInterface): boolean {
  return row.description.test(networkInterface.description) || row.interfaceType === networkInterface.interfaceType;
}

function namedOwner(row: Row, networkInterface: NetworkInterface): InterfaceOwner {
  const name = row.description.exec(networkInterface.description)?.groups?.['name'] ?? row.service;
  return owner(row.kind, networkInterface, name);
}

/** A service that we do not know by its description still tells that it is one (ENI-39). */
function withoutDescription(networkInterface: NetworkInterface): InterfaceOwner {
  const { requesterManaged, requesterId, status } = networkInterface;
  if (requesterManaged || status === 'in-use') return owner('other-service', networkInterface, requesterId);
  return owner('unattached', networkInterface, undefined);
}

function owner(kind: OwnerKind, { id }: NetworkInterface, name: string | undefined): InterfaceOwner {
  return name === undefined ? { kind, interfaceId: id } : { kind, name, interfaceId: id };
}
