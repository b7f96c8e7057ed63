/** The VPCs, subnets and network ACLs in which the stories happen. */
export interface VpcPlan {
  readonly name: string;
  readonly cidr: string;
  readonly ipv6?: string;
  readonly flowLog?: FlowLogPlan;
}

export interface FlowLogPlan {
  readonly format: 'default' | 'rich';
  readonly to: 'cloud-watch-logs' | 's3';
  /** Why nothing is delivered (FLOW-88). */
  readonly error?: string;
}

export interface SubnetPlan {
  readonly name: string;
  readonly vpc: string;
  readonly cidr: string;
  readonly ipv6?: string;
  readonly acl: AclPlan;
  /** Let through the internet gateway in spite of Block Public Access. */
  readonly isPublic?: boolean;
}

export interface AclPlan {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly ingress: readonly EntryPlan[];
  readonly egress: readonly EntryPlan[];
}

/** `[100, 'allow', 6, [5432, 5432], '10.20.0.0/16']`; -1 is every protocol, and has no ports. */
export type EntryPlan = readonly [
  ruleNumber: number,
  action: 'allow' | 'deny',
  protocol: -1 | 1 | 6 | 17 | 58,
  ports: readonly [from: number, to: number] | 'all',
  cidr: string,
];

const EVERYTHING: readonly EntryPlan[] = [
  [100, 'allow', -1, 'all', '0.0.0.0/0'],
  [101, 'allow', -1, 'all', '::/0'],
];

const OPEN: AclPlan = { name: 'open', ingress: EVERYTHING, egress: EVERYTHING };

const EPHEMERAL: readonly [number, number] = [1024, 65_535];

export const VPCS: readonly VpcPlan[] = [
  { name: 'prod', cidr: '10.20.0.0/16', ipv6: '2001:db8:20::/56', flowLog: { format: 'rich', to: 'cloud-watch-logs' } },
  { name: 'staging', cidr: '10.40.0.0/16', flowLog: { format: 'default', to: 'cloud-watch-logs' } },
  { name: 'analytics', cidr: '10.60.0.0/16', flowLog: { format: 'rich', to: 's3' } },
  {
    name: 'partners',
    cidr: '10.70.0.0/16',
    flowLog: { format: 'rich', to: 'cloud-watch-logs', error: 'Access error' },
  },
  { name: 'sandbox', cidr: '10.99.0.0/16' },
];

export const SUBNETS: readonly SubnetPlan[] = [
  { name: 'prod-public-a', vpc: 'prod', cidr: '10.20.0.0/24', ipv6: '2001:db8:20::/64', acl: OPEN, isPublic: true },
  { name: 'prod-bastion-a', vpc: 'prod', cidr: '10.20.2.0/24', acl: OPEN },
  { name: 'prod-app-a', vpc: 'prod', cidr: '10.20.4.0/24', ipv6: '2001:db8:20:4::/64', acl: OPEN },
  { name: 'prod-app-b', vpc: 'prod', cidr: '10.20.5.0/24', ipv6: '2001:db8:20:5::/64', acl: OPEN },
  {
    name: 'prod-reports-a',
    vpc: 'prod',
    cidr: '10.20.7.0/24',
    acl: {
      name: 'reports',
      ingress: [[100, 'allow', 6, [443, 443], '10.20.0.0/16']],
      // Whoever wrote this took network ACLs for stateful: answers go to the clients' ports (NACL-17).
      egress: [[100, 'allow', 6, [443, 443], '10.20.0.0/16']],
    },
  },
  {
    name: 'prod-data-a',
    vpc: 'prod',
    cidr: '10.20.9.0/24',
    acl: {
      name: 'data',
      tags: { 'change-note': 'incident-221 containment, ask #netsec' },
      ingress: [
        [90, 'deny', 6, [5432, 5432], '10.20.4.0/24'],
        [100, 'allow', 6, [5432, 5432], '10.20.0.0/16'],
        [110, 'allow', 6, [6379, 6379], '10.20.0.0/16'],
      ],
      egress: [[100, 'allow', 6, EPHEMERAL, '10.20.0.0/16']],
    },
  },
  {
    name: 'staging-app-a',
    vpc: 'staging',
    cidr: '10.40.1.0/24',
    acl: {
      name: 'staging-app',
      ingress: [
        [100, 'allow', 6, [443, 443], '0.0.0.0/0'],
        [110, 'allow', 6, [22, 22], '10.40.0.0/16'],
        [120, 'allow', 6, [32_768, 65_535], '0.0.0.0/0'],
      ],
      egress: EVERYTHING,
    },
  },
  { name: 'staging-web-a', vpc: 'staging', cidr: '10.40.2.0/24', acl: OPEN },
  { name: 'analytics-a', vpc: 'analytics', cidr: '10.60.2.0/24', acl: OPEN },
  { name: 'partners-a', vpc: 'partners', cidr: '10.70.1.0/24', acl: OPEN },
  { name: 'sandbox-a', vpc: 'sandbox', cidr: '10.99.1.0/24', acl: OPEN },
];

/** Lists that rules name as `pl/<name>`. */
export const PREFIX_LISTS: readonly { readonly name: string; readonly blocks: Readonly<Record<string, string>> }[] = [
  {
    name: 'ci-runners',
    blocks: { '10.20.5.64/28': 'runners in prod-app-b', '10.20.4.96/28': 'new runners, added by automation' },
  },
];
