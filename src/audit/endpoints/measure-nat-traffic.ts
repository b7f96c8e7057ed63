import type { AuditWorld } from '../audit-rule.ts';
import { DEFAULT_PRICES } from '../prices.ts';
import type { GatewayService, NatTraffic } from '../traffic.ts';
import type { MeasuredTraffic, TableThroughNat } from './endpoint-fault.ts';

/**
 * What the subnets of these tables sent through NAT; where no subnet was measured, what their NAT gateways carried.
 * `none` when all were measured and nothing was seen, `undefined` when nobody measured.
 */
export function measureNatTraffic(
  tables: readonly TableThroughNat[],
  service: GatewayService,
  { traffic, prices = DEFAULT_PRICES }: AuditWorld,
): MeasuredTraffic | 'none' | undefined {
  if (traffic === undefined) return undefined;
  const ofService = traffic.throughNat.filter((each) => each.service === service);
  const bySubnet = among(ofService, new Set(tables.flatMap(({ subnetIds }) => subnetIds)));
  const byGateway = among(ofService, new Set(tables.map(({ natGatewayId }) => natGatewayId)));
  const { bytes, isWhole } = bySubnet.bytes > 0 || bySubnet.isWhole ? bySubnet : byGateway;
  if (bytes === 0) return isWhole ? 'none' : undefined;
  return {
    bytes,
    window: traffic.window,
    cost: (bytes / GIGABYTE) * prices.natGatewayPerGb,
    price: { amount: prices.natGatewayPerGb, currency: prices.currency, per: 'GB' },
  };
}

const GIGABYTE = 1e9;
const DAY = 86_400;

/** How often the gigabytes of a day have doubled: a busy week is no news, twice the traffic is. */
export function growthOf({ bytes, window }: MeasuredTraffic): number {
  const days = Math.max((window.end - window.start) / DAY, 1 / 24);
  return Math.floor(Math.log2(1 + bytes / GIGABYTE / days));
}

interface Sum {
  readonly bytes: number;
  /** Each of the places was measured. */
  readonly isWhole: boolean;
}

function among(measured: readonly NatTraffic[], places: ReadonlySet<string>): Sum {
  const there = measured.filter(({ at }) => places.has(at));
  const seen = new Set<string>(there.map(({ at }) => at));
  return {
    bytes: there.reduce((sum, { bytes }) => sum + bytes, 0),
    isWhole: [...places].every((place) => seen.has(place)),
  };
}
