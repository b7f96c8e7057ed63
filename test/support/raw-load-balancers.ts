import { balancer, targetGroup, vpc } from './ids.ts';

/** A load balancer of the VPC `main`. */
export interface LoadBalancerPlan {
  readonly type?: 'network' | 'application';
  readonly crossZone?: boolean;
  /** To groups by name. */
  readonly listeners: readonly { readonly protocol?: string; readonly port: number; readonly to: readonly string[] }[];
}

/** Targets are told unless `targets` is left out. */
export interface TargetGroupPlan {
  readonly type?: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly port?: number;
  readonly preserves?: boolean;
  readonly targets?: readonly TargetPlan[];
}

interface TargetPlan {
  /** An instance id, an address, an ARN. */
  readonly id: string;
  readonly port?: number;
  readonly zone?: string;
  readonly health?: string;
}

type Named<Plan> = Readonly<Record<string, Plan>>;

/** What AWS tells of load balancers in six calls. */
export function rawLoadBalancers(
  balancers: Named<LoadBalancerPlan>,
  groups: Named<TargetGroupPlan>,
): Readonly<Record<string, readonly object[]>> {
  const told = Object.entries(groups).filter(([, { targets }]) => targets !== undefined);
  const plans = Object.entries(balancers);
  return {
    LoadBalancers: plans.map(([name, plan]) => rawLoadBalancer(name, plan)),
    LoadBalancerListeners: plans.map(([name, plan]) => ({
      LoadBalancerArn: balancerArn(name, plan),
      Listeners: plan.listeners.map(rawListener),
    })),
    LoadBalancerAttributes: plans.map(([name, plan]) => ({
      LoadBalancerArn: balancerArn(name, plan),
      Attributes: switches({ 'load_balancing.cross_zone.enabled': plan.crossZone }),
    })),
    TargetGroups: Object.entries(groups).map(([name, group]) => ({
      TargetGroupArn: targetGroup(name),
      TargetGroupName: name,
      TargetType: group.type ?? 'instance',
      Protocol: 'TCP',
      Port: group.port,
      LoadBalancerArns: [],
    })),
    TargetGroupAttributes: Object.entries(groups).map(([name, group]) => ({
      TargetGroupArn: targetGroup(name),
      Attributes: switches({ 'preserve_client_ip.enabled': group.preserves }),
    })),
    LoadBalancerTargetHealth: told.map(([name, { targets = [] }]) => ({
      TargetGroupArn: targetGroup(name),
      TargetHealthDescriptions: targets.map(rawTarget),
    })),
  };
}

/** As it stands in the descriptions of its interfaces: `ELB net/web/50dc6c495c0c9188`. */
export function balancerDescription(name: string, plan: LoadBalancerPlan): string {
  const arn = balancerArn(name, plan);
  return `ELB ${arn.slice(arn.indexOf('/') + 1)}`;
}

export function balancerArn(name: string, { type = 'network' }: LoadBalancerPlan): string {
  return type === 'network' ? balancer(name).replace('/app/', '/net/') : balancer(name);
}

function rawLoadBalancer(name: string, plan: LoadBalancerPlan): object {
  return {
    LoadBalancerArn: balancerArn(name, plan),
    LoadBalancerName: name,
    Type: plan.type ?? 'network',
    State: { Code: 'active' },
    VpcId: vpc('main'),
    SecurityGroups: [],
    AvailabilityZones: [],
  };
}

function rawListener({ protocol = 'TCP', port, to }: LoadBalancerPlan['listeners'][number]): object {
  const groups = to.map((name) => ({ TargetGroupArn: targetGroup(name) }));
  return {
    Protocol: protocol,
    Port: port,
    DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: groups } }],
  };
}

function rawTarget({ id, port, zone, health = 'healthy' }: TargetPlan): object {
  return { Target: { Id: id, Port: port, AvailabilityZone: zone }, TargetHealth: { State: health } };
}

function switches(values: Named<boolean | undefined>): readonly object[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ Key: key, Value: String(value) }));
}
