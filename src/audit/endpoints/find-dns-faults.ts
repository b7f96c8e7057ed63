import { isNonEmpty } from '../../lang/non-empty.ts';
import type { Vpc } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { AuditWorld } from '../audit-rule.ts';
import { DEFAULT_PRICES } from '../prices.ts';
import { objectIn, vpcInventories } from '../vpc-inventory.ts';
import { awsServiceOf, gatewayServiceOf, isAvailable } from './endpoint-service.ts';
import { findInEndpoints } from './find-in-endpoints.ts';

/**
 * Without private DNS the service's usual name leads to its public addresses, past the endpoint. For S3 and DynamoDB that
 * may be meant, beside a gateway endpoint; and a private hosted zone, which the snapshot does not hold, does the same.
 * VPCE-22, VPCE-39. https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export function findPrivateDnsOff({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return findInEndpoints(snapshot, (endpoint) => {
    const isMeant = endpoint.privateDnsEnabled || gatewayServiceOf(endpoint) !== undefined;
    const isOfAws = endpoint.type === 'Interface' && awsServiceOf(endpoint) !== undefined;
    if (!isOfAws || isMeant || !isAvailable(endpoint)) return [];
    const fault = { family: 'endpoints', kind: 'endpoint-private-dns-off', endpoint } as const;
    return [{ fault, severity: 'low', gaps: [{ fact: 'private-hosted-zones', because: 'not-collected' }] }];
  });
}

/**
 * Private DNS, and gateway endpoints asked through the Amazon resolver, need both DNS attributes of the VPC.
 * VPCE-16, VPCE-22. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export function findVpcDnsOff({ snapshot }: AuditWorld): readonly AuditFinding[] {
  return vpcInventories(snapshot).flatMap((inventory): readonly AuditFinding[] => {
    const { vpc } = inventory;
    const off = attributesOff(vpc);
    const concerned = inventory.endpoints.filter((each) => isAvailable(each) && needsDns(each));
    const endpoints = concerned.map(({ id }) => id);
    if (!isNonEmpty(off) || !isNonEmpty(endpoints)) return [];
    return [
      {
        id: `endpoint-vpc-dns-off:${vpc.id}`,
        severity: concerned.some(({ type }) => type === 'Interface') ? 'high' : 'medium',
        fault: { family: 'endpoints', kind: 'endpoint-vpc-dns-off', vpcId: vpc.id, off, endpoints },
        objects: [objectIn(inventory, vpc), ...concerned.map((each) => objectIn(inventory, each))],
        gaps: [],
      },
    ];
  });
}

type DnsAttribute = 'enableDnsSupport' | 'enableDnsHostnames';

/** Attributes that nobody asked for are not off. */
function attributesOff({ dns }: Vpc): readonly DnsAttribute[] {
  return [
    ...(dns?.support === false ? (['enableDnsSupport'] as const) : []),
    ...(dns?.hostnames === false ? (['enableDnsHostnames'] as const) : []),
  ];
}

function needsDns({ type, privateDnsEnabled }: VpcEndpoint): boolean {
  return type === 'Gateway' || (type === 'Interface' && privateDnsEnabled);
}

/**
 * An S3 or DynamoDB interface endpoint with private DNS for everybody draws the traffic of the VPC away from the
 * gateway endpoint, which costs nothing.
 * VPCE-24, VPCE-43. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
 */
export function findHiddenGateways({ snapshot, prices = DEFAULT_PRICES }: AuditWorld): readonly AuditFinding[] {
  const price = { amount: prices.interfaceEndpointPerGb, currency: prices.currency, per: 'GB' } as const;
  return findInEndpoints(snapshot, (endpoint, inventory) => {
    const service = gatewayServiceOf(endpoint);
    const isForAll = endpoint.privateDnsEnabled && !endpoint.privateDnsOnlyForInboundResolver;
    if (endpoint.type !== 'Interface' || service === undefined || !isForAll || !isAvailable(endpoint)) return [];
    const gateway = inventory.endpoints.find(
      (each) => each.type === 'Gateway' && isAvailable(each) && gatewayServiceOf(each) === service,
    );
    if (gateway === undefined) return [];
    const fault = {
      family: 'endpoints',
      kind: 'endpoint-hides-gateway',
      endpoint,
      gatewayEndpointId: gateway.id,
      service,
      price,
    } as const;
    return [{ fault, severity: 'low', others: [objectIn(inventory, gateway)] }];
  });
}
