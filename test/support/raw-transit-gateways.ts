import { pl, subnet, tgw, tgwAttachment, tgwTable, vpc } from './ids.ts';
import type { TransitGatewayPlan, VpcPlan } from './vpc-plan.ts';

/** Each gateway has a route table of its own name, which every attachment uses unless told otherwise. */
export function rawTransitGateways({ transitGateways, account }: VpcPlan): object {
  const attachments = transitGateways.flatMap(({ name, plan }) =>
    plan.attachments.map((attachment): Attachment => Object.assign({ gateway: name, account }, attachment)),
  );
  const tables = transitGateways.flatMap(({ name, plan }) => tablesOf(name, plan));
  return {
    TransitGateways: transitGateways.map(({ name, plan }) => ({
      TransitGatewayId: tgw(name),
      OwnerId: account,
      State: 'available',
      Options: { SecurityGroupReferencingSupport: support(plan.groupReferencing) },
    })),
    TransitGatewayAttachments: attachments.map(rawAttachment),
    TransitGatewayVpcAttachments: attachments.filter(({ type = 'vpc' }) => type === 'vpc').map(rawVpcAttachment),
    TransitGatewayRouteTables: tables.map(({ gateway, table }) => ({
      TransitGatewayRouteTableId: tgwTable(table),
      TransitGatewayId: tgw(gateway),
      State: 'available',
    })),
    TransitGatewayRoutes: tables.map(({ table, routes }) => ({
      TransitGatewayRouteTableId: tgwTable(table),
      Routes: routes.map(rawRoute),
    })),
    TransitGatewayPropagations: tables.map(({ table, routes }) => ({
      TransitGatewayRouteTableId: tgwTable(table),
      TransitGatewayRouteTablePropagations: routes
        .map(({ type, to }) => (type === 'propagated' ? to : undefined))
        .filter((to) => to !== undefined)
        .map((to) => ({ TransitGatewayAttachmentId: tgwAttachment(to), State: 'enabled' })),
    })),
  };
}

const support = (isOn: boolean | undefined): string => (isOn === true ? 'enable' : 'disable');

type Attachment = TransitGatewayPlan['attachments'][number] & { readonly gateway: string; readonly account: string };

function rawAttachment(attachment: Attachment): object {
  const table = attachment.table ?? attachment.gateway;
  return {
    ...identity(attachment),
    ResourceType: attachment.type ?? 'vpc',
    ResourceId: attachment.resource ?? vpc(attachment.name),
    ResourceOwnerId: attachment.account,
    Association: table === false ? undefined : { TransitGatewayRouteTableId: tgwTable(table), State: 'associated' },
  };
}

function rawVpcAttachment(attachment: Attachment): object {
  return {
    ...identity(attachment),
    VpcId: attachment.resource ?? vpc(attachment.name),
    VpcOwnerId: attachment.account,
    SubnetIds: (attachment.subnets ?? []).map(subnet),
    Options: {
      Ipv6Support: support(attachment.ipv6),
      ApplianceModeSupport: support(attachment.applianceMode),
      SecurityGroupReferencingSupport: support(attachment.groupReferencing),
    },
  };
}

function identity({ name, gateway, state }: Attachment): object {
  return {
    TransitGatewayAttachmentId: tgwAttachment(name),
    TransitGatewayId: tgw(gateway),
    State: state ?? 'available',
  };
}

type TransitGatewayRoutePlan = TransitGatewayPlan['routes'][number];

interface Table {
  readonly gateway: string;
  readonly table: string;
  readonly routes: readonly TransitGatewayRoutePlan[];
}

function tablesOf(gateway: string, plan: TransitGatewayPlan): readonly Table[] {
  const tables = new Set([gateway, ...plan.routes.map(({ table = gateway }) => table)]);
  const routesOf = (name: string) => plan.routes.filter(({ table = gateway }) => table === name);
  return [...tables].map((table) => ({ gateway, table, routes: routesOf(table) }));
}

/** A route that leads to no attachment drops on purpose (RT-45). */
function rawRoute({ destination, to, type = 'static' }: TransitGatewayRoutePlan): object {
  const isBlock = typeof destination === 'string';
  return {
    ...(isBlock ? { DestinationCidrBlock: destination } : { PrefixListId: pl(destination.prefixList) }),
    Type: type,
    State: to === undefined ? 'blackhole' : 'active',
    TransitGatewayAttachments: to === undefined ? [] : [{ TransitGatewayAttachmentId: tgwAttachment(to) }],
  };
}
