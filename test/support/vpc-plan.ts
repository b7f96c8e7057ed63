import type { FlowLog } from '../../src/vpc/flow-log.ts';
import type { RawRefusal } from '../../src/vpc/raw-snapshot.ts';
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
}

/** What a test asked for, before it becomes JSON. */
export interface VpcPlan {
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
  readonly interfaces: readonly { readonly name: string; readonly plan: InterfacePlan }[];
  readonly instanceTypes: ReadonlyMap<string, string>;
  readonly prefixLists: readonly { readonly name: string; readonly cidrs: readonly string[] }[];
  readonly peerings: readonly { readonly name: string; readonly plan: PeeringPlan }[];
  readonly flowLogs: readonly { readonly name: string; readonly plan: FlowLogPlan }[];
  readonly ruleIds: boolean;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly refusals: readonly RawRefusal[];
}

export const EMPTY_VPC: VpcPlan = {
  cidrs: ['10.0.0.0/16'],
  subnets: [],
  acls: [],
  groups: [],
  interfaces: [],
  instanceTypes: new Map(),
  prefixLists: [],
  peerings: [],
  flowLogs: [],
  ruleIds: true,
  extra: {},
  refusals: [],
};
