import * as z from 'zod';
import type { NatGateway, NatGatewayAddress } from '../gateway.ts';
import { parseNatGatewayId, parseNetworkInterfaceId, parseRouteTableId, parseSubnetId, parseVpcId } from '../ids.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { addressField, listOf, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html (RT-24, RT-25, RT-27) */
export function parseNatGateways(raw: RawSnapshot): Parsed<NatGateway> {
  return parseItems(raw, {
    member: 'NatGateways',
    idField: 'NatGatewayId',
    fact: 'nat-gateway',
    schema: RawNatGateway,
  });
}

/** An address still being assigned has no public one yet, and perhaps no interface. */
const NatAddress: z.ZodType<NatGatewayAddress> = z
  .object({
    PrivateIp: addressField.optional(),
    PublicIp: addressField.optional(),
    NetworkInterfaceId: textOf(parseNetworkInterfaceId).optional(),
    AvailabilityZone: z.string().optional(),
  })
  .transform((address) =>
    present({
      privateAddress: address.PrivateIp,
      publicAddress: address.PublicIp,
      interfaceId: address.NetworkInterfaceId,
      availabilityZone: address.AvailabilityZone,
    }),
  );

const RawNatGateway: z.ZodType<NatGateway> = z
  .object({
    NatGatewayId: textOf(parseNatGatewayId),
    VpcId: textOf(parseVpcId),
    SubnetId: textOf(parseSubnetId).optional(),
    State: z.string(),
    FailureCode: z.string().optional(),
    ConnectivityType: z.enum(['public', 'private']).default('public'),
    AvailabilityMode: z.enum(['zonal', 'regional']).default('zonal'),
    RouteTableId: textOf(parseRouteTableId).optional(),
    NatGatewayAddresses: listOf(NatAddress),
  })
  .transform((gateway) =>
    present({
      id: gateway.NatGatewayId,
      vpcId: gateway.VpcId,
      subnetId: gateway.SubnetId,
      state: gateway.State,
      failureCode: gateway.FailureCode,
      connectivity: gateway.ConnectivityType,
      availability: gateway.AvailabilityMode,
      routeTableId: gateway.RouteTableId,
      addresses: gateway.NatGatewayAddresses,
    }),
  );
