import * as z from 'zod';
import { parseLoadBalancerArn, parseTargetGroupArn, parseVpcId } from '../ids.ts';
import type { Target, TargetGroup } from '../load-balancer.ts';
import type { RawSnapshot } from '../raw-snapshot.ts';
import { listOf, switchesField, textOf } from './fields.ts';
import { parseItems, type Parsed } from './parse-items.ts';
import { present } from './present.ts';

/**
 * Target groups with the targets and attributes that were asked for one by one (API-30, ENI-5).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html
 */
export function parseTargetGroups(raw: RawSnapshot): Parsed<TargetGroup> {
  const kind = { idField: 'TargetGroupArn', fact: 'load-balancer' } as const;
  const groups = parseItems(raw, { ...kind, member: 'TargetGroups', schema: RawTargetGroup });
  const attributes = parseItems(raw, { ...kind, member: 'TargetGroupAttributes', schema: RawAttributes });
  const health = parseItems(raw, { ...kind, member: 'LoadBalancerTargetHealth', schema: RawTargets });
  const preserve = new Map(attributes.items.map((told) => [told.arn, told.preserveClientIp]));
  const targets = new Map(health.items.map((told) => [told.arn, told.targets]));
  return {
    items: groups.items.map((group) =>
      present({ ...group, preserveClientIp: preserve.get(group.arn), targets: targets.get(group.arn) }),
    ),
    gaps: [...groups.gaps, ...attributes.gaps, ...health.gaps],
  };
}

const arn = { TargetGroupArn: textOf(parseTargetGroupArn) };

const RawTargetGroup = z
  .object({
    ...arn,
    TargetGroupName: z.string(),
    TargetType: z.enum(['instance', 'ip', 'lambda', 'alb']).default('instance'),
    Protocol: z.string().optional(),
    Port: z.number().int().optional(),
    VpcId: textOf(parseVpcId).optional(),
    HealthCheckPort: z.string().optional(),
    LoadBalancerArns: listOf(textOf(parseLoadBalancerArn)),
  })
  .transform((group) =>
    present({
      arn: group.TargetGroupArn,
      name: group.TargetGroupName,
      targetType: group.TargetType,
      protocol: group.Protocol,
      port: group.Port,
      vpcId: group.VpcId,
      healthCheckPort: group.HealthCheckPort,
      loadBalancers: group.LoadBalancerArns,
    }),
  );

const RawAttributes = z
  .object({ ...arn, Attributes: switchesField })
  .transform((told) => ({ arn: told.TargetGroupArn, preserveClientIp: told.Attributes.get(PRESERVE_CLIENT_IP) }));

const PRESERVE_CLIENT_IP = 'preserve_client_ip.enabled';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealthDescription.html */
const RawTarget: z.ZodType<Target> = z
  .object({
    Target: z.object({
      Id: z.string(),
      Port: z.number().int().optional(),
      AvailabilityZone: z.string().optional(),
    }),
    TargetHealth: z.object({ State: z.string().optional(), Reason: z.string().optional() }).nullish(),
  })
  .transform(({ Target: target, TargetHealth: health }) =>
    present({
      id: target.Id,
      port: target.Port,
      availabilityZone: target.AvailabilityZone,
      health: health?.State ?? 'unknown',
      reason: health?.Reason,
    }),
  );

const RawTargets = z
  .object({ ...arn, TargetHealthDescriptions: listOf(RawTarget) })
  .transform((told) => ({ arn: told.TargetGroupArn, targets: told.TargetHealthDescriptions }));
