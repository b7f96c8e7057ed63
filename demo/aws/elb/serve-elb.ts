import * as elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { serveQuery } from '../serve-query.ts';
import { describeAll, describeOf } from './describe-balancers.ts';

/** Elastic Load Balancing, version 2. */
export const elbService = serveQuery({
  prefix: 'elasticloadbalancing',
  namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  version: '2015-12-01',
  sdk: elb,
  operations: {
    DescribeLoadBalancers: describeAll('LoadBalancers', 'LoadBalancerArn'),
    DescribeTargetGroups: describeAll('TargetGroups', 'TargetGroupArn'),
    DescribeListeners: describeOf('LoadBalancerListeners', 'LoadBalancerArn', 'Listeners'),
    DescribeLoadBalancerAttributes: describeOf('LoadBalancerAttributes', 'LoadBalancerArn', 'Attributes'),
    DescribeTargetGroupAttributes: describeOf('TargetGroupAttributes', 'TargetGroupArn', 'Attributes'),
    DescribeTargetHealth: describeOf('LoadBalancerTargetHealth', 'TargetGroupArn', 'TargetHealthDescriptions'),
  },
});
