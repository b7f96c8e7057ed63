import type { TimeWindow } from '../lang/time.ts';
import type { NatGatewayId, SubnetId } from '../vpc/ids.ts';

/** The services that a gateway endpoint leads to (VPCE-3). */
export type GatewayService = 's3' | 'dynamodb';

/** What flow logs showed of AWS services in a window. An entry with no bytes was measured and showed none. */
export interface ServiceTraffic {
  readonly window: TimeWindow;
  /** Both ways, by the subnet that it came from or the NAT gateway that it went through. */
  readonly throughNat: readonly NatTraffic[];
}

export interface NatTraffic {
  readonly at: SubnetId | NatGatewayId;
  readonly service: GatewayService;
  readonly bytes: number;
}
