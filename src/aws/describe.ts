import {
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribePrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSecurityGroupVpcAssociationsCommand,
  DescribeSubnetsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2';
import { callAws, type Asking, type SendOptions } from './call-aws.ts';
import type { CallName } from './calls.ts';
import { keepMatching, type Narrowing } from './keep-matching.ts';
import { readPages, type Listing } from './read-pages.ts';

/** All items of one EC2 listing as AWS sent them, dates as ISO 8601 text, in the form of a snapshot file. */
export async function describe(asking: Asking, call: DescribeName, narrow: Narrowing = {}): Promise<Listing<unknown>> {
  const { send, member, pageSize } = DESCRIBES[call];
  const filters = Object.entries(narrow).map(([Name, values]) => ({ Name, Values: [...values] }));
  const listing = await readPages<unknown>(asking, async (page, nextToken) => {
    const output = await callAws(page, call, (options) =>
      send(page.clients.ec2(), {
        page: { MaxResults: pageSize, NextToken: nextToken },
        filters: filters.length === 0 ? undefined : filters,
        options,
      }),
    );
    return { items: itemsOf(output, member), nextToken: textOf(Reflect.get(output, 'NextToken')) };
  });
  return { ...listing, items: keepMatching(listing.items, narrow) };
}

/** Asks whether the call would be allowed, without making it: AWS answers with an error either way (API-37). */
export function describeDryRun(asking: Asking, call: DescribeName): Promise<object> {
  return callAws(asking, call, (options) =>
    DESCRIBES[call].send(asking.clients.ec2(), { page: { DryRun: true }, filters: undefined, options }),
  );
}

export function isDescribeName(call: string): call is DescribeName {
  return Object.hasOwn(DESCRIBES, call);
}

interface Ask {
  readonly page: PageInput;
  readonly filters: Filter[] | undefined;
  readonly options: SendOptions;
}

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string | undefined;
  readonly DryRun?: boolean;
}

interface Description {
  /** The member of the answer, and of the snapshot. */
  readonly member: string;
  readonly pageSize: number;
  readonly send: (ec2: EC2Client, ask: Ask) => Promise<object>;
}

/** Page sizes are the largest AWS takes (API-1 to API-29); a page size keeps a call out of the small bucket (API-32). */
const DESCRIBES = {
  DescribeNetworkInterfaces: {
    member: 'NetworkInterfaces',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeNetworkInterfacesCommand({ ...page, Filters: filters }), options),
  },
  DescribeSecurityGroups: {
    member: 'SecurityGroups',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeSecurityGroupsCommand({ ...page, Filters: filters }), options),
  },
  DescribeSecurityGroupRules: {
    member: 'SecurityGroupRules',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeSecurityGroupRulesCommand({ ...page, Filters: filters }), options),
  },
  DescribeNetworkAcls: {
    member: 'NetworkAcls',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeNetworkAclsCommand({ ...page, Filters: filters }), options),
  },
  DescribeSubnets: {
    member: 'Subnets',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeSubnetsCommand({ ...page, Filters: filters }), options),
  },
  DescribeVpcs: {
    member: 'Vpcs',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeVpcsCommand({ ...page, Filters: filters }), options),
  },
  DescribeFlowLogs: {
    member: 'FlowLogs',
    pageSize: 1000,
    // `Filter`, not `Filters`: API-22.
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeFlowLogsCommand({ ...page, Filter: filters }), options),
  },
  DescribeInstances: {
    member: 'Reservations',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeInstancesCommand({ ...page, Filters: filters }), options),
  },
  DescribeVpcPeeringConnections: {
    member: 'VpcPeeringConnections',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeVpcPeeringConnectionsCommand({ ...page, Filters: filters }), options),
  },
  DescribeVpcBlockPublicAccessOptions: {
    member: 'VpcBlockPublicAccessOptions',
    pageSize: 1,
    // One answer for the account and region: no pages, no filters (API-27).
    send: (ec2, { page: { DryRun }, options }) =>
      ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand({ DryRun }), options),
  },
  DescribeSecurityGroupVpcAssociations: {
    member: 'SecurityGroupVpcAssociations',
    pageSize: 1000,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribeSecurityGroupVpcAssociationsCommand({ ...page, Filters: filters }), options),
  },
  DescribePrefixLists: {
    member: 'PrefixLists',
    pageSize: 100,
    send: (ec2, { page, filters, options }) =>
      ec2.send(new DescribePrefixListsCommand({ ...page, Filters: filters }), options),
  },
} as const satisfies Partial<Record<CallName, Description>>;

export type DescribeName = keyof typeof DESCRIBES;

/** The member of a snapshot that holds what this call returned. */
export function memberOf(call: DescribeName): string {
  return DESCRIBES[call].member;
}

/** Most members are lists; the account's Block Public Access options are one object. */
function itemsOf(output: object, member: string): unknown[] {
  const value: unknown = Reflect.get(output, member);
  if (value === undefined || value === null) return [];
  const items: unknown = JSON.parse(JSON.stringify(Array.isArray(value) ? value : [value]));
  return Array.isArray(items) ? items : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
