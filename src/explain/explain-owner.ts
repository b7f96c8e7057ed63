import type { InterfaceOwner, OwnerKind } from '../engine/finding.ts';
import { shortName } from './phrase.ts';

/** `Application Load Balancer app/web/50dc…`, `instance orders-api`. */
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
