import type { Gap, GapFact } from '../vpc/gap.ts';
import type { Snapshot } from '../vpc/snapshot.ts';

/** Members of a raw snapshot that a rule rests upon, the fact each tells and the IAM action that reads it. */
const MEMBERS = {
  Vpcs: { fact: 'vpc', action: 'ec2:DescribeVpcs' },
  Subnets: { fact: 'subnet', action: 'ec2:DescribeSubnets' },
  RouteTables: { fact: 'route-table', action: 'ec2:DescribeRouteTables' },
  NetworkAcls: { fact: 'network-acl', action: 'ec2:DescribeNetworkAcls' },
  SecurityGroups: { fact: 'security-group', action: 'ec2:DescribeSecurityGroups' },
  NetworkInterfaces: { fact: 'network-interface', action: 'ec2:DescribeNetworkInterfaces' },
  NatGateways: { fact: 'nat-gateway', action: 'ec2:DescribeNatGateways' },
  VpcEndpoints: { fact: 'vpc-endpoint', action: 'ec2:DescribeVpcEndpoints' },
  PrefixLists: { fact: 'prefix-list', action: 'ec2:DescribePrefixLists' },
  FlowLogs: { fact: 'flow-logs', action: 'ec2:DescribeFlowLogs' },
  LogGroups: { fact: 'log-group', action: 'logs:DescribeLogGroups' },
  VpcPeeringConnections: { fact: 'peering-connection', action: 'ec2:DescribeVpcPeeringConnections' },
} as const satisfies Record<string, { readonly fact: GapFact; readonly action: string }>;

export type NeededMember = keyof typeof MEMBERS;

/** Whether a gap is about something of these members. */
export function isGapOf(needs: readonly NeededMember[], gap: Gap): boolean {
  return needs.some((member) => {
    const { fact, action } = MEMBERS[member];
    return gap.fact === fact || gap.action === action;
  });
}

/** What the snapshot says is missing of these members, and what nobody asked for. */
export function gapsOf(needs: readonly NeededMember[], snapshot: Snapshot): readonly Gap[] {
  return [...snapshot.gaps.filter((gap) => isGapOf(needs, gap)), ...membersNobodyAskedFor(needs, snapshot)];
}

function membersNobodyAskedFor(needs: readonly NeededMember[], { scopes, gaps }: Snapshot): readonly Gap[] {
  return scopes.flatMap(({ accountId, region, collected }) =>
    needs
      .filter((member) => !collected.has(member))
      .map((member): Gap => {
        const { fact, action } = MEMBERS[member];
        return { fact, action, because: 'not-collected', accountId, region };
      })
      .filter((gap) => !gaps.some((noted) => explains(noted, gap))),
  );
}

/** A refusal says more than that nobody asked. */
function explains(noted: Gap, gap: Gap): boolean {
  return noted.action === gap.action && noted.accountId === gap.accountId && noted.region === gap.region;
}
