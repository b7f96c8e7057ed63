import type {
  AccountId,
  NetworkInterfaceId,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from './ids.ts';

export interface VpcEndpoint {
  readonly id: VpcEndpointId;
  readonly vpcId: VpcId;
  readonly accountId?: AccountId;
  readonly name?: string;
  /** AWS's own word, unknown ones included: `Interface`, `Gateway`, `GatewayLoadBalancer`, `Resource`, … (VPCE-1). */
  readonly type: string;
  /** `com.amazonaws.eu-west-1.s3`; absent for resources and service networks. */
  readonly serviceName?: string;
  /** In lower case, since AWS spells it both ways (VPCE-2). */
  readonly state: string;
  readonly lastError?: { readonly code: string; readonly message?: string };
  /** Gateway endpoints only (VPCE-11). */
  readonly routeTableIds: readonly RouteTableId[];
  readonly subnetIds: readonly SubnetId[];
  readonly interfaceIds: readonly NetworkInterfaceId[];
  readonly groups: readonly SecurityGroupId[];
  readonly privateDnsEnabled: boolean;
  /** VPCE-24. */
  readonly privateDnsOnlyForInboundResolver: boolean;
  /** The policy as AWS returns it, JSON in a string. */
  readonly policyDocument?: string;
  readonly requesterManaged: boolean;
}
