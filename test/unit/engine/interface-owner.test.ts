import { expect, it } from 'vitest';
import { interfaceOwner } from '../../../src/engine/interface-owner.ts';
import { buildVpc } from '../../support/build-vpc.ts';
import { eni, instance } from '../../support/ids.ts';
import type { InterfacePlan } from '../../support/vpc-plan.ts';

function ownerOf(plan: Omit<InterfacePlan, 'subnet'>): object {
  const built = buildVpc()
    .subnet('app', '10.0.0.0/24')
    .interface('it', { subnet: 'app', instance: false, ...plan });
  const { kind, name } = interfaceOwner(built.build().interface('it'));
  return name === undefined ? { kind } : { kind, name };
}

/** The rows of the owner table, in its order. */
it.each([
  ['ENI-23', 'ELB app/web/50dc6c495c0c9188', { kind: 'application-load-balancer', name: 'app/web/50dc6c495c0c9188' }],
  ['ENI-24', 'ELB net/tcp/50dc6c495c0c9188', { kind: 'network-load-balancer', name: 'net/tcp/50dc6c495c0c9188' }],
  ['ENI-25', 'ELB gwy/fw/50dc6c495c0c9188', { kind: 'gateway-load-balancer', name: 'gwy/fw/50dc6c495c0c9188' }],
  ['ENI-26', 'ELB classic', { kind: 'classic-load-balancer', name: 'classic' }],
  ['ENI-27', 'Interface for NAT Gateway nat-0123abcd', { kind: 'nat-gateway', name: 'nat-0123abcd' }],
  ['ENI-28', 'VPC Endpoint Interface vpce-0123abcd', { kind: 'vpc-endpoint', name: 'vpce-0123abcd' }],
  ['ENI-28', 'VPC Endpoint Interface: vpce-0123abcd', { kind: 'vpc-endpoint', name: 'vpce-0123abcd' }],
  ['ENI-29', 'Resource Gateway Interface rgw-0123abcd', { kind: 'resource-gateway', name: 'rgw-0123abcd' }],
  [
    'ENI-30',
    'Network Interface for Transit Gateway Attachment tgw-attach-0123abcd',
    { kind: 'transit-gateway-attachment', name: 'tgw-attach-0123abcd' },
  ],
  ['ENI-31', 'AWS Lambda VPC ENI-orders-1c0f2c40', { kind: 'lambda' }],
  ['ENI-32', 'RDSNetworkInterface', { kind: 'rds' }],
  ['ENI-32', 'Network interface for DBProxy orders', { kind: 'rds' }],
  [
    'ENI-33',
    'arn:aws:ecs:eu-west-1:123456789012:attachment/1c0f',
    { kind: 'ecs-task', name: 'arn:aws:ecs:eu-west-1:123456789012:attachment/1c0f' },
  ],
  [
    'ENI-33',
    'arn:aws-us-gov:ecs:us-gov-west-1:1:attachment/1c0f',
    { kind: 'ecs-task', name: 'arn:aws-us-gov:ecs:us-gov-west-1:1:attachment/1c0f' },
  ],
  ['ENI-34', 'aws-K8S-i-0123abcd', { kind: 'eks' }],
  ['ENI-34', 'aws-k8s-branch-eni', { kind: 'eks' }],
  ['ENI-34', 'Amazon EKS shop', { kind: 'eks', name: 'shop' }],
  ['ENI-35', 'ElastiCache orders-001', { kind: 'elasticache', name: 'orders-001' }],
  ['ENI-36', 'EFS mount target for fs-0123abcd (fsmt-0123abcd)', { kind: 'efs', name: 'fs-0123abcd' }],
  ['ENI-37', 'RedshiftNetworkInterface', { kind: 'redshift' }],
  ['ENI-38', 'DMSNetworkInterface', { kind: 'other-service', name: 'Database Migration Service' }],
  ['ENI-38', 'AWS created network interface for directory d-0123abcd', { kind: 'other-service', name: 'd-0123abcd' }],
  ['ENI-38', 'AWS ElasticMapReduce - cluster', { kind: 'other-service', name: 'EMR' }],
  ['ENI-38', 'CloudHSM Managed Interface', { kind: 'other-service', name: 'CloudHSM' }],
  ['ENI-38', 'ENI managed by APIGateway', { kind: 'other-service', name: 'API Gateway' }],
])('%s: %s', (_row, description, owner) => {
  expect(ownerOf({ description })).toEqual(owner);
});

it.each([
  ['nat_gateway', 'nat-gateway'],
  ['natGateway', 'nat-gateway'],
  ['network_load_balancer', 'network-load-balancer'],
  ['gateway_load_balancer', 'gateway-load-balancer'],
  ['vpc_endpoint', 'vpc-endpoint'],
  ['transit_gateway', 'transit-gateway-attachment'],
  ['lambda', 'lambda'],
  ['efs', 'efs'],
])('an interface of type %s without a description belongs to a %s', (type, kind) => {
  expect(ownerOf({ type })).toEqual({ kind });
});

it('ENI-22: an instance owns whatever is attached to it, by the name people know', () => {
  const built = buildVpc()
    .subnet('app', '10.0.0.0/24')
    .interface('pod', { subnet: 'app', instance: 'node', description: 'aws-K8S-i-0123abcd' })
    .build();

  const networkInterface = built.interface('pod');
  expect(interfaceOwner(networkInterface, built.snapshot)).toEqual({
    kind: 'instance',
    name: 'node',
    interfaceId: eni('pod'),
  });
  expect(interfaceOwner(networkInterface)).toMatchObject({ kind: 'instance', name: instance('node') });
});

it('ENI-39: a service that it does not know is a service all the same', () => {
  const built = buildVpc().subnet('app', '10.0.0.0/24').interface('it', { subnet: 'app', instance: false });
  const described = { ...built.build().interface('it'), description: 'New in 2030' };

  expect(interfaceOwner({ ...described, requesterManaged: true, requesterId: 'amazon-new' })).toMatchObject({
    kind: 'other-service',
    name: 'amazon-new',
  });
  expect(interfaceOwner({ ...described, status: 'in-use' }).kind).toBe('other-service');
});

it.each(['', 'ELBOW room', 'my RDSNetworkInterface', 'EFS', 'arn:aws:s3:::flows'])(
  'is unattached when nothing holds it, whatever people wrote: %j',
  (description) => {
    expect(ownerOf({ description })).toEqual({ kind: 'unattached' });
  },
);
