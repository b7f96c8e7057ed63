import type { Region } from '../vpc/ids.ts';
import type { Span } from './document.ts';

/** An AWS object with its page in the console, where it has one. */
export function resource(region: Region | undefined, id: string, label?: string): Span {
  const url = consoleLink(region, id);
  return { kind: 'resource', id, ...(label !== undefined && { label }), ...(url !== undefined && { url }) };
}

/** A security group rule has no page of its own: it is shown on its group's. */
export function ruleOfGroup(region: Region | undefined, groupId: string, ruleId: string): Span {
  const url = consoleLink(region, groupId);
  return { kind: 'resource', id: ruleId, ...(url !== undefined && { url }) };
}

/**
 * The page of a resource in the regional console. The id's prefix says which; `undefined` for others.
 * The console's own address bar is the only documentation of these.
 */
export function consoleLink(region: Region | undefined, id: string): string | undefined {
  const [prefix = ''] = id.split('-');
  const page = PAGES.get(prefix);
  if (region === undefined || page === undefined || !/^[a-z]+-[0-9a-f]+$/.test(id)) return undefined;
  return `https://${consoleHost(region)}/${page.service}/home?region=${region}#${page.anchor}=${id}`;
}

/** China and GovCloud have consoles of their own: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function consoleHost(region: Region): string {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  if (region.startsWith('us-gov-')) return `${region}.console.amazonaws-us-gov.com`;
  return `${region}.console.aws.amazon.com`;
}

const PAGES: ReadonlyMap<string, { readonly service: 'ec2' | 'vpc'; readonly anchor: string }> = new Map([
  ['sg', { service: 'vpc', anchor: 'SecurityGroup:groupId' }],
  ['acl', { service: 'vpc', anchor: 'NetworkAclDetails:networkAclId' }],
  ['subnet', { service: 'vpc', anchor: 'SubnetDetails:subnetId' }],
  ['vpc', { service: 'vpc', anchor: 'VpcDetails:VpcId' }],
  ['pl', { service: 'vpc', anchor: 'ManagedPrefixListDetails:prefixListId' }],
  ['rtb', { service: 'vpc', anchor: 'RouteTableDetails:RouteTableId' }],
  ['igw', { service: 'vpc', anchor: 'InternetGateway:internetGatewayId' }],
  ['nat', { service: 'vpc', anchor: 'NatGatewayDetails:natGatewayId' }],
  ['vpce', { service: 'vpc', anchor: 'EndpointDetails:vpcEndpointId' }],
  ['tgw', { service: 'vpc', anchor: 'TransitGatewayDetails:transitGatewayId' }],
  ['pcx', { service: 'vpc', anchor: 'PeeringConnectionDetails:VpcPeeringConnectionId' }],
  ['eni', { service: 'ec2', anchor: 'NetworkInterface:networkInterfaceId' }],
  ['i', { service: 'ec2', anchor: 'InstanceDetails:instanceId' }],
]);
