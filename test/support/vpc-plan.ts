import type { FlowLog } from '../../src/vpc/flow-log.ts';
import type { RawRefusal } from '../../src/vpc/raw-snapshot.ts';
import type { RoutePlan } from './routes.ts';
import type { AclEntry, GroupRule } from './rules.ts';

export const ACCOUNT = '123456789012';
export const PEER_ACCOUNT = '210987654321';
export const REGION = 'eu-west-1';

export interface InterfacePlan {
  readonly subnet: string;
  readonly groups?: readonly string[];
  readonly address?: string;
  readonly publicAddress?: string;
  /** Further private IPv4 addresses. */
  readonly secondary?: readonly string[];
  readonly ipv6?: readonly string[] | string;
  /** Delegated prefixes. */
  readonly prefixes?: readonly string[];
  /** The instance it is attached to: one of its own unless named; `false` for none. */
  readonly instance?: string | false;
  /** Among the interfaces of its instance. */
  readonly deviceIndex?: number;
  readonly description?: string;
  readonly type?: string;
  readonly requesterManaged?: boolean;
  readonly sourceDestCheck?: boolean;
  readonly idleTimeouts?: { readonly tcpEstablished?: number; readonly udpStream?: number; readonly udp?: number };
}

export interface FlowLogPlan {
  /** `vpc`, or the name of an interface or subnet. */
  readonly on?: { readonly interface: string } | { readonly subnet: string } | 'vpc';
  readonly trafficType?: FlowLog['trafficType'];
  /** Field names with blanks between; AWS's default format unless given. */
  readonly fields?: string;
  readonly logGroup?: string;
  /** `arn:aws:s3:::bucket/prefix`; wins over the log group. */
  readonly s3?: string;
  readonly options?: object;
  readonly interval?: 60 | 600;
  readonly failure?: string;
  readonly createdAt?: string;
}

export interface PeeringPlan {
  readonly cidrs: readonly string[];
  readonly status?: string;
  readonly region?: string;
  readonly accountId?: string;
  /** The name of the peer's VPC, where the connection is called otherwise. */
  readonly vpc?: string;
  readonly statusMessage?: string;
  /** ISO 8601. */
  readonly expiresAt?: string;
  /** `AllowDnsResolutionFromRemoteVpc` of this side and the other. */
  readonly dns?: { readonly requester: boolean; readonly accepter: boolean };
}

export interface RouteTablePlan {
  /** Subnets that name it: the one of the same name unless told, none for a main table. */
  readonly on?: readonly string[];
  readonly main?: boolean;
  /** The internet or virtual private gateway whose incoming traffic it routes: `igw('main')`. */
  readonly gateway?: string;
}

/** With a public address it is a public one, else a private one (RT-25). */
export interface NatGatewayPlan {
  readonly in: string;
  readonly address: string;
  readonly publicAddress?: string;
  readonly state?: string;
  readonly failureCode?: string;
}

/** It ends at a virtual private gateway or at a transit gateway. Routes make it a static one, else it speaks BGP. */
export interface VpnConnectionPlan {
  readonly gateway?: string;
  readonly transitGateway?: string;
  readonly routes?: readonly string[];
  readonly state?: string;
}

/** An interface endpoint unless told otherwise. */
export interface EndpointPlan {
  /** `s3`: what follows the region in the service's name. */
  readonly service: string;
  readonly type?: string;
  readonly state?: string;
  readonly error?: string;
  readonly tables?: readonly string[];
  readonly subnets?: readonly string[];
  readonly interfaces?: readonly string[];
  readonly groups?: readonly string[];
  readonly privateDns?: boolean;
  readonly privateDnsForResolverOnly?: boolean;
  readonly policy?: object;
}

export interface TransitGatewayPlan {
  readonly groupReferencing?: boolean;
  /** Named as the VPC they lead to, or, of another `type`, as one likes. */
  readonly attachments: readonly {
    readonly name: string;
    readonly type?: string;
    /** The id at the other side, where it is not the VPC of that name. */
    readonly resource?: string;
    readonly state?: string;
    /** The table it uses, of the gateway's name unless told; `false` for none. */
    readonly table?: string | false;
    readonly subnets?: readonly string[];
    readonly applianceMode?: boolean;
    readonly ipv6?: boolean;
    readonly groupReferencing?: boolean;
  }[];
  readonly routes: readonly {
    readonly destination: string | { readonly prefixList: string };
    /** An attachment; without one the route drops. */
    readonly to?: string;
    readonly type?: 'static' | 'propagated';
    readonly table?: string;
  }[];
}

/** Where a VPC is, and what it is called. */
export interface VpcPlace {
  readonly account: string;
  readonly region: string;
}

type Named<Plan> = readonly { readonly name: string; readonly plan: Plan }[];

interface AttachedGateway {
  readonly name: string;
  readonly isAttached: boolean;
}

/** What a test asked for, before it becomes JSON. */
export interface VpcPlan extends VpcPlace {
  readonly name: string;
  readonly cidrs: readonly string[];
  readonly subnets: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
  readonly acls: readonly {
    readonly name: string;
    readonly entries: readonly AclEntry[];
    readonly on: readonly string[];
  }[];
  readonly groups: readonly {
    readonly name: string;
    readonly ingress: readonly GroupRule[];
    readonly egress: readonly GroupRule[] | undefined;
  }[];
  readonly interfaces: Named<InterfacePlan>;
  readonly instanceTypes: ReadonlyMap<string, string>;
  readonly prefixLists: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
  readonly peerings: Named<PeeringPlan>;
  readonly flowLogs: Named<FlowLogPlan>;
  /** Subnets in another zone than `a`: the zone's letter. */
  readonly zones: ReadonlyMap<string, string>;
  /** Whether routes and gateways were asked for. */
  readonly paths: boolean;
  readonly routeTables: readonly {
    readonly name: string;
    readonly routes: readonly RoutePlan[];
    readonly plan: RouteTablePlan;
  }[];
  readonly internetGateways: readonly AttachedGateway[];
  readonly egressOnlyInternetGateways: readonly string[];
  readonly natGateways: Named<NatGatewayPlan>;
  readonly vpnGateways: readonly AttachedGateway[];
  readonly vpnConnections: Named<VpnConnectionPlan>;
  readonly endpoints: Named<EndpointPlan>;
  readonly transitGateways: Named<TransitGatewayPlan>;
  readonly ruleIds: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly refusals: readonly RawRefusal[];
}

export const EMPTY_VPC: VpcPlan = {
  name: 'main',
  account: ACCOUNT,
  region: REGION,
  cidrs: ['10.0.0.0/16'],
  subnets: [],
  acls: [],
  groups: [],
  interfaces: [],
  instanceTypes: new Map(),
  prefixLists: [],
  peerings: [],
  flowLogs: [],
  zones: new Map(),
  paths: false,
  routeTables: [],
  internetGateways: [],
  egressOnlyInternetGateways: [],
  natGateways: [],
  vpnGateways: [],
  vpnConnections: [],
  endpoints: [],
  transitGateways: [],
  ruleIds: true,
  extra: {},
  refusals: [],
};
