import type { AuditFinding } from '../audit/audit-finding.ts';
import type { GatewayService } from '../audit/traffic.ts';
import type { MeasuredTraffic, ThroughNat } from '../audit/endpoints/endpoint-fault.ts';
import { formatBytes, formatMoney } from './amounts.ts';
import { ec2Command } from './ec2-command.ts';
import { count } from './phrase.ts';
import { sentence, timeRange, type Sentence } from './sentence.ts';
import { doThis, formatPrice, modifyEndpoint, named, namedAll, regionOf, type TellingsOf } from './tell-endpoint.ts';

type Kind = 'gateway-endpoint-missing' | 'gateway-endpoint-not-associated' | 'endpoint-expected-by-peer';

/** Where S3 and DynamoDB are reached in another way than through a gateway endpoint. */
export const tellGatewayEndpoints: TellingsOf<Kind> = {
  'gateway-endpoint-missing': (fault, finding) => ({
    title: sentence`${named(fault.vpcId, finding)} has no ${SERVICE_NAME[fault.service]} gateway endpoint${trafficClause(fault, finding)}.`,
    evidence: evidenceOf(fault, finding),
    why: whyOf(fault.measured),
    fix: doThis(
      sentence`Create one for these route tables. ${CAUTION}`,
      ec2Command('create-vpc-endpoint', regionOf(finding), [
        ['--vpc-id', fault.vpcId, '--vpc-endpoint-type', 'Gateway'],
        ['--service-name', fault.serviceName],
        ['--route-table-ids', ...tableIds(fault)],
      ]),
    ),
  }),
  'gateway-endpoint-not-associated': (fault, finding) => ({
    title: sentence`${named(fault.endpointId, finding)} (${fault.service}) leaves out ${count(fault.tables.length, 'route table')}${trafficClause(fault, finding)}.`,
    evidence: evidenceOf(fault, finding),
    why: whyOf(fault.measured),
    fix: doThis(
      sentence`Associate it with these route tables. ${CAUTION}`,
      modifyEndpoint(fault.endpointId, finding, ['--add-route-table-ids', ...tableIds(fault)]),
    ),
  }),
  'endpoint-expected-by-peer': ({ service, tableId, peeringId, prefixListId }, finding) => ({
    title: sentence`${named(tableId, finding)} sends ${SERVICE_NAME[service]} traffic to ${named(peeringId, finding)}, where no gateway endpoint takes it.`,
    evidence: [sentence`Its route for prefix list ${named(prefixListId, finding)} leads to the peering connection.`],
    why: sentence`A gateway endpoint serves its own VPC only, and a peering connection carries traffic for its two VPCs only: these packets are dropped.`,
    fix: doThis(
      sentence`Create a gateway endpoint in this VPC, which costs nothing, and remove the route:`,
      ec2Command('delete-route', regionOf(finding), [
        ['--route-table-id', tableId, '--destination-prefix-list-id', prefixListId],
      ]),
    ),
  }),
};

export const SERVICE_NAME: Readonly<Record<GatewayService, string>> = { s3: 'S3', dynamodb: 'DynamoDB' };

/** VPCE-15. https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html */
const CAUTION =
  'Open connections to the service break at that moment, and policies that name public source addresses stop matching:';

function tableIds({ tables }: ThroughNat): readonly string[] {
  return tables.map(({ id }) => id);
}

function trafficClause({ measured, tables, service }: ThroughNat, finding: AuditFinding): Sentence {
  const through = named(tables[0].natGatewayId, finding);
  if (measured === undefined) return sentence`; its ${SERVICE_NAME[service]} traffic, if any, goes through ${through}`;
  const { bytes, cost, price } = measured;
  return sentence`: ${formatBytes(bytes)} to ${SERVICE_NAME[service]} went through ${through}, about ${formatMoney(cost)} ${price.currency}`;
}

function evidenceOf({ tables, measured }: ThroughNat, finding: AuditFinding): readonly Sentence[] {
  return [
    ...tables
      .slice(0, MOST_TABLES)
      .map(
        ({ id, natGatewayId, subnetIds }) =>
          sentence`${named(id, finding)} of ${namedAll(subnetIds, finding)} leads to ${named(natGatewayId, finding)}.`,
      ),
    ...(tables.length > MOST_TABLES ? [sentence`and ${tables.length - MOST_TABLES} more route tables`] : []),
    measured === undefined
      ? sentence`This rests on routes alone: flow logs were not asked how much traffic there is.`
      : sentence`Flow logs of ${timeRange(measured.window.start, measured.window.end)}: ${formatBytes(measured.bytes)}, at ${formatPrice(measured.price)}.`,
  ];
}

const MOST_TABLES = 5;

function whyOf(measured: MeasuredTraffic | undefined): Sentence {
  return measured === undefined
    ? sentence`A NAT gateway charges for every gigabyte, a gateway endpoint does not; and the traffic leaves the private network for nothing.`
    : sentence`A NAT gateway charges for every gigabyte, a gateway endpoint costs nothing: this bill need not be.`;
}
