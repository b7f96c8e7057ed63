import * as z from 'zod';
import { parseLoadBalancerArn, parseSecurityGroupId, parseSubnetId, parseTargetGroupArn, parseVpcId } from '../ids.ts';
import type { Listener, LoadBalancer } from '../load-balancer.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { listOf, switchesField, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * Load balancers with the listeners and attributes that were asked for one by one (API-30).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html
 */
export function parseLoadBalancers(raw: RawSnapshot): Parsed<LoadBalancer> {
  const kind = { idField: 'LoadBalancerArn', fact: 'load-balancer' } as const;
  const balancers = parseItems(raw, { ...kind, member: 'LoadBalancers', schema: RawLoadBalancer });
  const listening = parseItems(raw, { ...kind, member: 'LoadBalancerListeners', schema: RawListeners });
  const attributes = parseItems(raw, { ...kind, member: 'LoadBalancerAttributes', schema: RawAttributes });
  const listeners = new Map(listening.items.map((told) => [told.arn, told.listeners]));
  const crossZone = new Map(attributes.items.map((told) => [told.arn, told.crossZone]));
  return {
    items: balancers.items.map((balancer) =>
      present({ ...balancer, crossZone: crossZone.get(balancer.arn), listeners: listeners.get(balancer.arn) }),
    ),
    gaps: [...balancers.gaps, ...listening.gaps, ...attributes.gaps],
  };
}

const arn = { LoadBalancerArn: textOf(parseLoadBalancerArn) };

const RawLoadBalancer = z
  .object({
    ...arn,
    LoadBalancerName: z.string(),
    DNSName: z.string().optional(),
    Type: z.enum(['application', 'network', 'gateway']),
    Scheme: z.enum(['internet-facing', 'internal']).optional(),
    State: z.object({ Code: z.string() }),
    VpcId: textOf(parseVpcId),
    SecurityGroups: listOf(textOf(parseSecurityGroupId)),
    AvailabilityZones: listOf(z.object({ ZoneName: z.string(), SubnetId: textOf(parseSubnetId) })),
  })
  .transform((balancer) =>
    present({
      arn: balancer.LoadBalancerArn,
      name: balancer.LoadBalancerName,
      dnsName: balancer.DNSName,
      type: balancer.Type,
      scheme: balancer.Scheme,
      state: balancer.State.Code,
      vpcId: balancer.VpcId,
      groups: balancer.SecurityGroups,
      zones: balancer.AvailabilityZones.map((zone) => ({ zone: zone.ZoneName, subnetId: zone.SubnetId })),
    }),
  );

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html */
const DefaultAction = z
  .object({
    TargetGroupArn: textOf(parseTargetGroupArn).optional(),
    ForwardConfig: z
      .object({ TargetGroups: listOf(z.object({ TargetGroupArn: textOf(parseTargetGroupArn) })) })
      .nullish(),
  })
  .transform(({ TargetGroupArn: single, ForwardConfig: forward }) => [
    ...(single === undefined ? [] : [single]),
    ...(forward?.TargetGroups ?? []).map((group) => group.TargetGroupArn),
  ]);

const RawListener: z.ZodType<Listener> = z
  .object({ Protocol: z.string(), Port: z.number().int().optional(), DefaultActions: listOf(DefaultAction) })
  .transform((listener) =>
    present({
      protocol: listener.Protocol,
      port: listener.Port,
      targetGroups: [...new Set(listener.DefaultActions.flat())],
    }),
  );

const RawListeners = z
  .object({ ...arn, Listeners: listOf(RawListener) })
  .transform((told) => ({ arn: told.LoadBalancerArn, listeners: told.Listeners }));

const RawAttributes = z
  .object({ ...arn, Attributes: switchesField })
  .transform((told) => ({ arn: told.LoadBalancerArn, crossZone: told.Attributes.get(CROSS_ZONE) }));

const CROSS_ZONE = 'load_balancing.cross_zone.enabled';
