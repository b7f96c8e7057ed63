import {
  GetManagedPrefixListEntriesCommand,
  GetTransitGatewayRouteTableAssociationsCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
  SearchTransitGatewayRoutesCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SendOptions } from './call-aws.ts';
import type { CallName } from './calls.ts';
import type { PlaceClients } from './clients.ts';

interface Ask {
  /** The parent's id or ARN. */
  readonly id: string;
  readonly nextToken: string | undefined;
  readonly options: SendOptions;
  readonly DryRun?: true;
}

/** What is asked once for each parent, and gathered under a key of its own. */
interface Detail {
  /** Of the snapshot. */
  readonly member: string;
  /** Names the parent, in an element of the member and in `parents`. */
  readonly idField: string;
  /** Of the answer, and of an element of the member. */
  readonly list: string;
  readonly send: (clients: PlaceClients, ask: Ask) => Promise<object>;
}

const TABLE = 'TransitGatewayRouteTableId';
const BALANCER = 'LoadBalancerArn';
const TARGETS = 'TargetGroupArn';

/** Page sizes are the largest AWS takes: API-5, API-21, API-24, API-25, API-30. */
export const DETAILS = {
  GetManagedPrefixListEntries: {
    member: 'ManagedPrefixListEntries',
    idField: 'PrefixListId',
    list: 'Entries',
    send: (clients, { id, nextToken, options, ...dry }) =>
      clients
        .ec2()
        .send(
          new GetManagedPrefixListEntriesCommand({ PrefixListId: id, MaxResults: 100, NextToken: nextToken, ...dry }),
          options,
        ),
  },
  GetTransitGatewayRouteTableAssociations: {
    member: 'TransitGatewayAssociations',
    idField: TABLE,
    list: 'Associations',
    send: (clients, ask) =>
      clients.ec2().send(new GetTransitGatewayRouteTableAssociationsCommand(pageOfTable(ask)), ask.options),
  },
  GetTransitGatewayRouteTablePropagations: {
    member: 'TransitGatewayPropagations',
    idField: TABLE,
    list: 'TransitGatewayRouteTablePropagations',
    send: (clients, ask) =>
      clients.ec2().send(new GetTransitGatewayRouteTablePropagationsCommand(pageOfTable(ask)), ask.options),
  },
  SearchTransitGatewayRoutes: {
    member: 'TransitGatewayRoutes',
    idField: TABLE,
    list: 'Routes',
    send: (clients, ask) =>
      clients
        .ec2()
        .send(new SearchTransitGatewayRoutesCommand({ ...pageOfTable(ask), Filters: ROUTES_IN_FORCE }), ask.options),
  },
  DescribeListeners: {
    member: 'LoadBalancerListeners',
    idField: BALANCER,
    list: 'Listeners',
    send: (clients, { id, nextToken, options }) =>
      clients
        .elb()
        .send(new DescribeListenersCommand({ LoadBalancerArn: id, PageSize: 400, Marker: nextToken }), options),
  },
  DescribeLoadBalancerAttributes: {
    member: 'LoadBalancerAttributes',
    idField: BALANCER,
    list: 'Attributes',
    send: (clients, { id, options }) =>
      clients.elb().send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id }), options),
  },
  DescribeTargetGroupAttributes: {
    member: 'TargetGroupAttributes',
    idField: TARGETS,
    list: 'Attributes',
    send: (clients, { id, options }) =>
      clients.elb().send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: id }), options),
  },
  DescribeTargetHealth: {
    member: 'LoadBalancerTargetHealth',
    idField: TARGETS,
    list: 'TargetHealthDescriptions',
    send: (clients, { id, options }) =>
      clients.elb().send(new DescribeTargetHealthCommand({ TargetGroupArn: id }), options),
  },
} as const satisfies Partial<Record<CallName, Detail>>;

export type DetailName = keyof typeof DETAILS;

export function isDetailName(call: string): call is DetailName {
  return Object.hasOwn(DETAILS, call);
}

/** AWS wants a filter here (API-25); other states are on their way in or out. */
const ROUTES_IN_FORCE = [{ Name: 'state', Values: ['active', 'blackhole'] }];

function pageOfTable({ id, nextToken, DryRun }: Ask) {
  return {
    TransitGatewayRouteTableId: id,
    MaxResults: 1000,
    NextToken: nextToken,
    ...(DryRun === undefined ? {} : { DryRun }),
  };
}
