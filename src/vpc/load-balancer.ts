import type { LoadBalancerArn, SecurityGroupId, SubnetId, TargetGroupArn, VpcId } from './ids.ts';

export interface LoadBalancer {
  readonly arn: LoadBalancerArn;
  readonly name: string;
  readonly dnsName?: string;
  readonly type: 'application' | 'network' | 'gateway';
  readonly scheme?: 'internet-facing' | 'internal';
  readonly state: string;
  readonly vpcId: VpcId;
  readonly groups: readonly SecurityGroupId[];
  readonly zones: readonly { readonly zone: string; readonly subnetId: SubnetId }[];
  /** Absent when it was not asked for. */
  readonly crossZone?: boolean;
  /** Absent when they were not asked for. */
  readonly listeners?: readonly Listener[];
}

export interface Listener {
  /** AWS's own word: `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `GENEVE`. */
  readonly protocol: string;
  readonly port?: number;
  /** Of the default action and its weights; rules of an Application Load Balancer may name others. */
  readonly targetGroups: readonly TargetGroupArn[];
}

export interface TargetGroup {
  readonly arn: TargetGroupArn;
  readonly name: string;
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  readonly protocol?: string;
  readonly port?: number;
  readonly vpcId?: VpcId;
  readonly healthCheckPort?: string;
  readonly loadBalancers: readonly LoadBalancerArn[];
  /** `preserve_client_ip.enabled`; absent when it was not asked for (ENI-5). */
  readonly preserveClientIp?: boolean;
  /** Absent when they were not asked for. */
  readonly targets?: readonly Target[];
}

export interface Target {
  /** An instance id, an address, a function's or a load balancer's ARN. */
  readonly id: string;
  readonly port?: number;
  readonly availabilityZone?: string;
  /** `healthy`, `unhealthy`, `unused`, `draining`, … */
  readonly health: string;
  /** `Target.Timeout`, … */
  readonly reason?: string;
}
