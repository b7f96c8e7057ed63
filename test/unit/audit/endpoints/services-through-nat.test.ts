import { DEFAULT_PRICES } from '../../../../src/audit/prices.ts';
import { describe, expect, it } from 'vitest';
import {
  findMissingGateways,
  findUnassociatedTables,
} from '../../../../src/audit/endpoints/find-services-through-nat.ts';
import type { ServiceTraffic } from '../../../../src/audit/traffic.ts';
import { auditOf, idsOf } from '../../../support/audits.ts';
import { buildVpc, type VpcBuilder } from '../../../support/build-vpc.ts';
import { nat, rtb, subnet, vpc, vpce } from '../../../support/ids.ts';
import { route, viaEndpoint, viaInternetGateway, viaNatGateway } from '../../../support/routes.ts';

const S3 = 'com.amazonaws.eu-west-1.s3';
const DYNAMODB = 'com.amazonaws.eu-west-1.dynamodb';
const WEEK = { start: 1_794_830_400, end: 1_795_435_200 };

/** One private subnet that reaches the internet through a NAT gateway. DynamoDB has its endpoint everywhere. */
const network = (): VpcBuilder =>
  buildVpc()
    .subnet('public', '10.0.0.0/24')
    .subnet('app', '10.0.1.0/24')
    .internetGateway()
    .natGateway('nat', { in: 'public', address: '10.0.0.5', publicAddress: '203.0.113.5' })
    .routeTable('public', [route('0.0.0.0/0', viaInternetGateway())])
    .prefixList(S3, '3.5.64.0/21', '52.218.0.0/17')
    .prefixList(DYNAMODB, '52.94.24.0/23')
    .endpoint('dynamodb', { service: 'dynamodb', type: 'Gateway', tables: ['app'] });

const TO_NAT = [route('0.0.0.0/0', viaNatGateway('nat')), route({ prefixList: DYNAMODB }, viaEndpoint('dynamodb'))];
const withoutEndpoint = (): VpcBuilder => network().routeTable('app', TO_NAT);
const healthy = (): VpcBuilder =>
  network()
    .endpoint('s3', { service: 's3', type: 'Gateway', tables: ['app'] })
    .routeTable('app', [...TO_NAT, route({ prefixList: S3 }, viaEndpoint('s3'))]);

const traffic = (bytes: number, at: ServiceTraffic['throughNat'][number]['at'] = subnet('app')): ServiceTraffic => ({
  window: WEEK,
  throughNat: [{ at, service: 's3', bytes }],
});

const measureOf = (bytes: number) =>
  findMissingGateways(auditOf(withoutEndpoint(), { traffic: traffic(bytes) }))[0]?.measure;

describe('a VPC that sends a service through NAT and has no gateway endpoint (VPCE-34)', () => {
  it('is found by its routes alone, and says so', () => {
    expect(findMissingGateways(auditOf(withoutEndpoint()))).toEqual([
      expect.objectContaining({
        id: `gateway-endpoint-missing:${vpc('main')}:s3`,
        severity: 'low',
        fault: {
          family: 'endpoints',
          kind: 'gateway-endpoint-missing',
          vpcId: vpc('main'),
          service: 's3',
          serviceName: S3,
          tables: [{ id: rtb('app'), natGatewayId: nat('nat'), subnetIds: [subnet('app')] }],
        },
        gaps: [{ fact: 'flow-log-records', because: 'not-collected' }],
      }),
    ]);
  });

  it('is told with bytes and their price where they were measured', () => {
    const [finding] = findMissingGateways(auditOf(withoutEndpoint(), { traffic: traffic(1.9e12) }));

    expect(finding).toMatchObject({
      severity: 'medium',
      fault: { measured: { bytes: 1.9e12, window: WEEK, price: { amount: 0.045, currency: 'USD', per: 'GB' } } },
      gaps: [],
    });
    expect(finding?.fault).toHaveProperty('measured.cost', expect.closeTo(85.5));
  });

  it('is priced by the operator', () => {
    const prices = { ...DEFAULT_PRICES, currency: 'EUR', natGatewayPerGb: 0.1 };
    const [finding] = findMissingGateways(auditOf(withoutEndpoint(), { traffic: traffic(1e9), prices }));

    expect(finding?.fault).toMatchObject({ measured: { cost: 0.1, price: { currency: 'EUR' } } });
  });

  it('is measured at the NAT gateway where no subnet was', () => {
    const [finding] = findMissingGateways(auditOf(withoutEndpoint(), { traffic: traffic(5e9, nat('nat')) }));

    expect(finding?.fault).toMatchObject({ measured: { bytes: 5e9 } });
  });

  it('is worse when the traffic has doubled, and not when it has grown a little', () => {
    expect(measureOf(1.1e12)).toBe(measureOf(1e12));
    expect(measureOf(2.2e12)).toBeGreaterThan(measureOf(1e12) ?? Infinity);
  });

  it('is no matter when the measurement shows that nothing uses the service', () => {
    expect(findMissingGateways(auditOf(withoutEndpoint(), { traffic: traffic(0) }))).toEqual([]);
  });

  it.each([
    { why: 'the table is associated', world: healthy() },
    { why: 'there is no way out', world: network().routeTable('app') },
    {
      why: 'private DNS leads everybody to an interface endpoint (VPCE-24)',
      world: withoutEndpoint().endpoint('s3', { service: 's3', privateDns: true }),
    },
    {
      why: 'the NAT gateway is a private one (RT-25)',
      world: network()
        .natGateway('inner', { in: 'public', address: '10.0.0.6' })
        .routeTable('app', [route('0.0.0.0/0', viaNatGateway('inner')), ...TO_NAT.slice(1)]),
    },
    { why: 'endpoints were not read', world: withoutEndpoint().raw({ VpcEndpoints: undefined }) },
  ])('is not one where $why', ({ world }) => {
    expect(findMissingGateways(auditOf(world))).toEqual([]);
  });

  it('is found without the prefix lists, by the default route', () => {
    const world = withoutEndpoint().raw({ PrefixLists: undefined });

    expect(idsOf(findMissingGateways(auditOf(world)))).toEqual([`gateway-endpoint-missing:${vpc('main')}:s3`]);
  });

  it('is found where only the on-premises side was given the interface endpoint', () => {
    const plan = { service: 's3', privateDns: true, privateDnsForResolverOnly: true };

    expect(findMissingGateways(auditOf(withoutEndpoint().endpoint('s3', plan)))).toHaveLength(1);
  });
});

describe('a route table that the gateway endpoint is not associated with (VPCE-35)', () => {
  it('is named, with its subnets', () => {
    const world = healthy().subnet('batch', '10.0.2.0/24').routeTable('batch', TO_NAT);

    expect(findUnassociatedTables(auditOf(world))).toMatchObject([
      {
        id: `gateway-endpoint-not-associated:${vpce('s3')}`,
        objects: [{ id: vpce('s3'), name: 's3' }, { id: rtb('batch') }],
        fault: { tables: [{ id: rtb('batch'), subnetIds: [subnet('batch')] }] },
      },
    ]);
  });

  it('is none when all tables with subnets are associated', () => {
    expect(findUnassociatedTables(auditOf(healthy()))).toEqual([]);
    expect(findMissingGateways(auditOf(healthy()))).toEqual([]);
  });
});
