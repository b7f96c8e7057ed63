import type { NonEmpty } from '../../lang/non-empty.ts';
import type { Region } from '../../vpc/ids.ts';
import type { PrefixList, Snapshot } from '../../vpc/snapshot.ts';
import type { VpcEndpoint } from '../../vpc/vpc-endpoint.ts';
import type { GatewayService } from '../traffic.ts';

/** Made and kept by a service of AWS, so that nobody else can change it. */
export function isOurs({ requesterManaged }: VpcEndpoint): boolean {
  return !requesterManaged;
}

export function isAvailable({ state }: VpcEndpoint): boolean {
  return state === 'available';
}

/** `com.amazonaws.eu-west-1.s3`, in China `cn.com.amazonaws.…`: a service of AWS by its short name. */
export function awsServiceOf({ serviceName = '' }: VpcEndpoint): string | undefined {
  return AWS_SERVICE.exec(serviceName)?.groups?.['service'];
}

/** Services of others are `com.amazonaws.vpce.<region>.vpce-svc-…`. */
const AWS_SERVICE = /^(?:cn\.)?com\.amazonaws\.(?!vpce\.)[a-z]{2,4}(?:-[a-z]+)+-\d+\.(?<service>.+)$/;

/**
 * Only S3 and DynamoDB have gateway endpoints; both have interface endpoints too.
 * VPCE-3. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export function gatewayServiceOf(endpoint: VpcEndpoint): GatewayService | undefined {
  const service = awsServiceOf(endpoint);
  return service === 's3' || service === 'dynamodb' ? service : undefined;
}

/** The ports on which a service listens, any of which would do; `undefined` where only its provider knows. */
export function servicePortsOf(endpoint: VpcEndpoint): NonEmpty<number> | undefined {
  const service = awsServiceOf(endpoint);
  return service === undefined ? undefined : (OTHER_PORTS.get(service) ?? [HTTPS]);
}

export const HTTPS = 443;

/**
 * https://docs.aws.amazon.com/keyspaces/latest/devguide/vpc-endpoints.html
 * https://docs.aws.amazon.com/ses/latest/dg/send-email-set-up-vpc-endpoints.html
 * https://docs.aws.amazon.com/iot/latest/developerguide/IoTCore-VPC.html
 */
const OTHER_PORTS: ReadonlyMap<string, NonEmpty<number>> = new Map([
  ['cassandra', [9142]],
  ['cassandra-fips', [9142]],
  ['email-smtp', [587, 465, 2465, 2587, 25]],
  ['iot.data', [443, 8883]],
] as const);

/** AWS's own prefix list of the service in a region, which has the service's name. */
export function prefixListOf(serviceName: string, { prefixLists }: Snapshot): PrefixList | undefined {
  return [...prefixLists.values()].find(({ name }) => name === serviceName);
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
export function gatewayServiceName(service: GatewayService, region: Region): string {
  return `com.amazonaws.${region}.${service}`;
}
